"""The words that the guard knows: first names, frequent surnames, common words, heads of places.

Written by us, one file a list, in `words/`; lines starting with # say what follows.
"""

import re
from pathlib import Path

from entremise.foundation.guard.engine.flat import flatten

_FOLDER = Path(__file__).resolve().parent / "words"


def _read(name: str, between: str = r"\s") -> frozenset[str]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    return frozenset(filter(None, (key.strip() for key in re.split(between, flatten(text)))))


WORD_NAMES = _read("word_names")
FIRST_NAMES = _read("first_names") - WORD_NAMES
SURNAMES = _read("surnames")
NAMESAKES = _read("namesakes", between=";")
PLACE_HEADS = _read("place_heads")
PLACE_LINKS = _read("place_links")
TITLES = _read("titles")
LATE_TITLES = _read("late_titles")
PARTICLES = _read("particles")
STATES = _read("states")
ROLES = _read("roles")
COMMON = _read("common")

# Endings of French nouns, adjectives and verbs; a surname has them too, so frequent ones win.
_ENDING = re.compile(
    r"..(?:tions?|sions?|ments?|ites?|ages?|eurs?|euses?|iques?|ables?|ibles?|ances?|ences?|ismes?|"
    r"istes?|ations?|aires?|eux|ures?|ives?|ifs?|elles?|ees?|er|ez|ait|aient|ants?|antes?|era|"
    r"eront|erait|ir|irait|issent|ant|logie|logue|graphie|phone|teurs?|trices?|ations?|oires?)$"
)


def is_common(word: str) -> bool:
    """True when this flat word is an ordinary French word, as far as we know."""
    if word in COMMON or (word[-1:] in "sxe" and word[:-1] in COMMON):
        return True
    return word not in SURNAMES and word not in FIRST_NAMES and bool(_ENDING.search(word))
