"""Names of people: after « M. » or « Mme », after a word that names, first name and name.

A name of a street, a school or a stop passes; an initial alone (« Mme D. ») is a pseudonym.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from entremise.foundation.guard.engine.flat import BLANK
from entremise.foundation.guard.engine.lexicon import (
    COMMON,
    FIRST_NAMES,
    LATE_TITLES,
    NAMESAKES,
    PARTICLES,
    PLACE_HEADS,
    PLACE_LINKS,
    ROLES,
    SURNAMES,
    TITLES,
    WORD_NAMES,
    is_common,
)
from entremise.foundation.guard.engine.mail import Seen
from entremise.foundation.guard.enums import Kind

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[dlnsjmtc]|qu)['’](?=..)", re.IGNORECASE)
_NOBLE = frozenset({"de", "du", "d", "des", "la", "le"})
_DOTTED = frozenset({"m", "mm", "mme", "mr", "mlle", "me", "dr", "pr"})
_NAMING = re.compile(
    r"(?:\bs'appell?e(?:nt|rait)?|\bprenom(?:mee?)?|\bnommee?|\bnom(?: de (?:famille|jeune fille|"
    r"naissance))?|\bau nom de|\bdenommee?|\bpatronyme|\bsurnommee?|\bnee)"
    r"\b[ ]*(?:[:=]|est\b)?[ ]*\"?[ ]*"
)


_NAMESAKE = re.compile(
    "(?:" + "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in sorted(NAMESAKES)) + r")\b"
)


class _Word(NamedTuple):
    key: str
    start: int
    end: int
    form: str
    follows: bool  # only a space parts it from the word before
    opens: bool  # it opens a sentence

    @property
    def is_capital(self) -> bool:
        return self.form[0].isupper()

    @property
    def is_upper(self) -> bool:
        return len(self.form) > 1 and self.form.isupper()


def _words(text: str, flat: str) -> list[_Word]:
    words: list[_Word] = []
    before = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if elided := _ELISION.match(match.group()):
            start += elided.end()
        if BLANK in flat[start:end]:
            continue
        gap = flat[before:start]
        opens = not words or any(sign in ".!?\n:" for sign in gap)
        follows = bool(words) and gap.strip(" ") == "" and "\n" not in gap
        words.append(_Word(flat[start:end], start, end, text[start:end], follows, opens))
        before = end
    return words


def people(text: str, flat: str) -> Iterator[Seen]:
    """Yield names of people in what the other steps have left."""
    words = _words(text, flat)
    named = {match.end() for match in _NAMING.finditer(flat)}
    shouted = sum(word.is_upper for word in words) > len(words) / 2
    done = 0
    for rank in range(len(words)):
        if rank < done:
            continue
        kind, last = Kind.PERSON_NAME, _titled(words, rank, flat, shouted)
        if not last and words[rank].start in named:
            last = _named(words, rank, shouted)
        if not last:
            kind, last = Kind.FULL_NAME, _full(words, rank, flat, shouted)
        if last > rank:
            yield kind, words[rank].start, words[last - 1].end
            done = last


def _titled(words: list[_Word], rank: int, flat: str, shouted: bool) -> int:
    """Return the rank after the name that a title at `rank` announces, else 0.

    In « M. et Mme X » the second title announces it.
    """
    title = words[rank]
    is_late = title.key in LATE_TITLES
    if title.key not in TITLES and not is_late:
        return 0
    if is_late and (not title.is_capital and title.key not in {"dr", "docteur", "m", "famille"}):
        return 0
    if _in_a_place(words, rank):
        return 0
    at = rank + 1
    while at < len(words) and words[at].key in PARTICLES | _NOBLE and at < rank + 4:
        at += 1
    if at >= len(words) or not _is_near(flat, words[at - 1], words[at], title.key in _DOTTED):
        return 0
    name = words[at]
    if len(name.key) < 2 or name.key in ROLES or name.key in TITLES | LATE_TITLES:
        return 0
    is_sure = name.key in SURNAMES or name.key in FIRST_NAMES
    if name.is_capital and not shouted:
        is_name = title.key not in {"me", "famille"} or is_sure or not is_common(name.key)
        is_name = is_name and not (at > rank + 1 and name.key in COMMON)
    else:
        is_name = is_sure or not is_common(name.key)
        is_name = is_name and (is_sure or title.key not in {"m", "docteur", "famille"} or shouted)
    return _to_the_end(words, at + 1) if is_name else 0


def _named(words: list[_Word], rank: int, shouted: bool) -> int:
    """Return the rank after the name at `rank`, which a word such as « prénommé » announces."""
    word = words[rank]
    if len(word.key) < 2 or word.key in ROLES or word.key in TITLES or _in_a_place(words, rank):
        return 0
    is_sure = word.key in FIRST_NAMES or word.key in SURNAMES
    is_capital = word.is_capital and not shouted
    is_name = is_sure or (not is_common(word.key) and is_capital)
    return _to_the_end(words, rank + 1) if is_name else 0


def _full(words: list[_Word], rank: int, flat: str, shouted: bool) -> int:
    """Return the rank after « first name + name », or « NAME first name », at `rank`; else 0."""
    if rank + 1 >= len(words):
        return 0
    first, second = words[rank], words[rank + 1]
    if not second.follows:
        return _initial(words, rank, flat)
    is_first = _is_first_name(first)
    if not is_first and (first.key in COMMON or not (first.is_capital or first.key in SURNAMES)):
        return 0
    if _NAMESAKE.match(flat, first.start) or _in_a_place(words, rank):
        return 0
    if is_first:
        last = _after_particles(words, rank + 1)
        if last < len(words) and words[last].follows:
            if _is_surname(first, words[last], shouted):
                return _to_the_end(words, last + 1)
            if last == rank + 1 and len(second.key) == 1:
                return _initial(words, rank, flat)
        return 0
    return _reversed(words, rank, shouted)


def _is_first_name(word: _Word) -> bool:
    if word.key in FIRST_NAMES or word.key in WORD_NAMES:
        return True
    parts = word.key.split("-")
    return len(parts) > 1 and all(part in FIRST_NAMES | WORD_NAMES for part in parts)


def _is_surname(first: _Word, name: _Word, shouted: bool) -> bool:
    """Tell whether the word after a first name is a surname, given how both are written."""
    if len(name.key) < 2 or name.key in PLACE_HEADS:
        return False
    is_known, is_word = name.key in SURNAMES, first.key in WORD_NAMES
    if is_known:
        return not (is_word or shouted) or name.key not in COMMON
    if name.is_capital and not shouted:
        return name.key not in COMMON
    return not is_word and not is_common(name.key)


def _reversed(words: list[_Word], rank: int, shouted: bool) -> int:
    """Return the rank after « BENALI Mohamed », « Nguyen Thi Lan » or « Zorica PETKOVIC »."""
    name, first = words[rank], words[rank + 1]
    if len(name.key) < 2 or name.key in COMMON or name.key in PLACE_HEADS | PLACE_LINKS:
        return 0
    known = name.key in SURNAMES
    if first.key in FIRST_NAMES:
        is_name = known or (name.is_capital and first.is_capital and not is_common(name.key)
                            and (name.is_upper != first.is_upper or not name.opens))  # fmt: skip
        return _to_the_end(words, rank + 2) if is_name and (not shouted or known) else 0
    if shouted or is_common(first.key) or is_common(name.key) or len(first.key) < 3:
        return 0
    if known and name.is_capital and first.is_capital and first.key not in PLACE_HEADS:
        return _to_the_end(words, rank + 2)
    mixed = name.is_capital and first.is_capital and name.is_upper != first.is_upper
    upper = name if name.is_upper else first
    if mixed and len(upper.key) > 4 and first.key not in PLACE_HEADS | PLACE_LINKS:
        return _to_the_end(words, rank + 2)
    return 0


def _initial(words: list[_Word], rank: int, flat: str) -> int:
    """Return the rank after « Mohamed B. », else 0."""
    if rank + 1 >= len(words) or not words[rank + 1].follows:
        return 0
    first, letter = words[rank], words[rank + 1]
    is_dotted = flat[letter.end : letter.end + 1] == "."
    is_initial = (
        len(letter.key) == 1 and letter.key not in "ya" and (letter.is_capital or is_dotted)
    )
    is_sure = first.key in FIRST_NAMES and not _in_a_place(words, rank)
    return rank + 2 if is_initial and is_sure else 0


def _after_particles(words: list[_Word], rank: int) -> int:
    at = rank
    while at < len(words) and at < rank + 2 and words[at].follows and words[at].key in PARTICLES:
        at += 1
    if at == rank and at + 1 < len(words) and words[at].key in _NOBLE and words[at].follows:
        is_name = words[at].is_capital or words[at + 1].key in SURNAMES
        return at + 1 if is_name and words[at + 1].is_capital else at
    return at


def _to_the_end(words: list[_Word], rank: int) -> int:
    """Take in the other capitalised words of a compound name."""
    while rank < len(words) and words[rank].follows and words[rank].is_capital:
        if words[rank].key in COMMON or words[rank].key in PLACE_HEADS:
            break
        rank += 1
    return rank


def _is_near(flat: str, before: _Word, after: _Word, dot: bool) -> bool:
    gap = flat[before.end : after.start].replace(" ", "")
    return gap == "" or (gap == "." and dot) or gap in {":", '"'} or after.follows


def _in_a_place(words: list[_Word], rank: int) -> bool:
    """True when the word belongs to the name of a street, a school, a stop, a town (Saint-…)."""
    if rank and words[rank].follows and words[rank - 1].key in {"saint", "sainte", "st", "ste"}:
        return True
    at = rank
    while at > 0 and at > rank - 5 and words[at].follows:
        at -= 1
        key = words[at].key
        if key in PLACE_HEADS:
            return True
        if key not in PLACE_LINKS and not (words[at].is_capital and key not in COMMON | TITLES):
            return False
    return False
