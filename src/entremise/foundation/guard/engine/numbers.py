"""Numbers that name a person by themselves: NIR, phones, bank accounts.

NIR: 13 digits (sex, year, month, département, commune, order) and a key of 2, here never asked to
be right: a number mistyped by one digit still singles someone out.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from stdnum import iban, luhn, numdb

from entremise.foundation.guard.engine.flat import is_near
from entremise.foundation.guard.engine.mail import Seen
from entremise.foundation.guard.enums import Kind

_GAP = r"(?:[ \n./_()·•|*\-]{1,4}|,(?=\d))?"
_RUN = re.compile(rf"\d(?:{_GAP}\d|(?<=2){_GAP}[ab](?={_GAP}\d))*")
_SECURITY = re.compile(r"\bnir\b|\bsecu|\bn(?:um|umero|°|o)? ?ss\b|vitale|immatricul|\binsee\b")
_PHONE = re.compile(r"\btel|phone|portable|mobile|\bappel|joign|joindre|\bsms|whats|numero|\bnum\b")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])([/.\- ])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\d)")
_HOURS = re.compile(r"\d\d\.(?:00|15|30|45) ?- ?\d\d\.(?:00|15|30|45)(?!\d)")
_MINUTES = re.compile(r"\d[.:,h]$")
_LETTER_O = re.compile(r"(?<![a-z0-9])o(?=[ .\-]?[1-9](?:[ .\-/]{0,3}\d){8}(?!\d))")
_OVERSEAS = {"262", "269", "508", "590", "594", "596", "681", "687", "689"}
_SPOKEN = (
    "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    "vingts?|trente|quarante|cinquante|soixante|cents?|zero|et"
)
_SPOKEN_PHONE = re.compile(
    rf"\b(?:zero|0|plus trente[ -]trois)(?:[ ,.\-]{{1,3}}(?:(?:{_SPOKEN})\b|\d{{1,2}}\b)){{4,}}"
)


class _Run(NamedTuple):
    """Digits that follow one another, and where each stands in the text."""

    digits: str
    at: list[int]

    def starts(self, rank: int) -> bool:
        return rank == 0 or self.at[rank] > self.at[rank - 1] + 1

    def ends(self, rank: int) -> bool:
        """True when `rank` digits end where a group of the run ends."""
        return rank == len(self.at) or (
            rank < len(self.at) and self.at[rank] > self.at[rank - 1] + 1
        )


def runs(flat: str) -> Iterator[Seen]:
    """Yield NIR and phones: both are found in the same runs, so read together, left to right."""
    flat = _LETTER_O.sub("0", flat)
    for match in _RUN.finditer(flat):
        if match.end() - match.start() >= 8:
            places = [at for at in range(*match.span()) if flat[at].isalnum()]
            yield from _read(flat, _Run("".join(flat[at] for at in places), places))


def spoken_phones(flat: str) -> Iterator[Seen]:
    """Yield phones written in words, « zéro six douze… », or half in words."""
    for match in _SPOKEN_PHONE.finditer(flat):
        if any(word.isalpha() and word != "et" for word in match.group().split()):
            yield Kind.PHONE, match.start(), match.end()


def _read(flat: str, run: _Run) -> Iterator[Seen]:
    rank = 0
    while rank < len(run.at):
        kind, size = Kind.NIR, _nir_at(flat, run, rank)
        if not size:
            kind, size = Kind.PHONE, _phone_at(flat, run, rank)
            # Digits of a NIR may look like a phone after a stray number: a right key decides.
            for later in range(rank + 1, rank + size):
                its_size = _nir_at(flat, run, later)
                if its_size == 15 and _key_is_right(run.digits[later : later + 15]):
                    size = 0
        if size:
            start = run.at[rank]
            is_plus = kind is Kind.PHONE and start and flat[start - 1] == "+"
            yield kind, start - is_plus, run.at[rank + size - 1] + 1
        rank += size or 1


def _nir_at(flat: str, run: _Run, rank: int) -> int:
    """Return how many signs of a NIR start here: 15, 13, or 0."""
    first = run.digits[rank]
    if not run.starts(rank) or first == "0" or flat[run.at[rank] - 1 : run.at[rank]] == "+":
        return 0
    sizes = [size for size in (15, 14, 13) if run.ends(rank + size)]
    for size in sizes:
        if size != 14 and _has_shape(run.digits[rank : rank + size]):
            return size
    is_said = bool(sizes) and is_near(flat, _SECURITY, run.at[rank])
    return sizes[0] if is_said else 0


def _has_shape(digits: str) -> bool:
    """True when sex, month and département are possible (months 20 and above: unknown birth)."""
    month, departement = digits[3:5], digits[5:7]
    others = digits[:5] + digits[7:]
    if digits[0] not in "123478" or not others.isdigit():
        return False
    is_month = "01" <= month <= "12" or month == "20" or "30" <= month <= "42" or month >= "50"
    return is_month and (
        departement in {"2a", "2b"} or (departement.isdigit() and departement > "00")
    )


def _key_is_right(digits: str) -> bool:
    number = int(digits[:13].replace("2a", "19").replace("2b", "18"))
    return digits[13:].isdigit() and 97 - number % 97 == int(digits[13:])


def _phone_at(flat: str, run: _Run, rank: int) -> int:
    """Return how many digits of a phone start here, or 0."""
    if not run.starts(rank):
        return 0
    digits, start = re.split("[ab]", run.digits[rank:])[0], run.at[rank]
    if flat[start - 1 : start] == "+" or flat[max(0, start - 2) : start] == "+ ":
        return _abroad(run, rank, 0, digits, 8)
    if re.match("00[1-9]", digits) and not _MINUTES.search(flat, max(0, start - 2), start):
        return _abroad(run, rank, 2, digits, 9)
    if digits[:1] == "0" and digits[1:2] > "0" and run.ends(rank + 10) and len(digits) >= 10:
        return 0 if _DATE.match(flat, start) or _HOURS.match(flat, start) else 10
    if flat[start - 1 : start].isalpha():
        return 0
    if digits[:3] in {"336", "337"} and run.ends(rank + 11) and len(digits) >= 11:
        return 11
    return _without_its_zero(flat, run, rank, digits)


def _abroad(run: _Run, rank: int, prefix: int, digits: str, least: int) -> int:
    """Read a country code, then the number; French ones may keep their (0)."""
    number = digits[prefix:]
    code = 2 if number.startswith("33") else 3 if number[:3] in _OVERSEAS else 0
    if code:
        size = prefix + code + (number[code : code + 1] == "0") + 9
        if len(digits) >= size and run.ends(rank + size):
            return size
    sizes = range(prefix + 14, prefix + least - 1, -1)
    return next((n for n in sizes if n <= len(digits) and run.ends(rank + n)), 0)


def _without_its_zero(flat: str, run: _Run, rank: int, digits: str) -> int:
    if len(digits) < 9 or digits[0] == "0" or not run.ends(rank + 9):
        return 0
    groups = [run.starts(rank + place) for place in range(9)]
    in_pairs = groups == [True, True, False, True, False, True, False, True, False]
    if in_pairs and (digits[0] in "67" or len(run.at) == 9):
        return 9
    return 9 if digits[0] in "67" and is_near(flat, _PHONE, run.at[rank], within=25) else 0


_IBAN = re.compile(r"(?:(?<![a-z0-9])|(?<=iban))([a-z]{2})[ .\-]{0,2}\d[ .\-]{0,2}\d")
_FRENCH_NEARLY = re.compile(r"(?<![a-z])fr[ .\-]{0,2}\d(?:[ .\-/]{0,2}\d){15,}")
_RIB = re.compile(r"(?<!\d)\d{5}[ .\-]\d{5}[ .\-][0-9a-z]{11}[ .\-]\d{2}(?!\d)")
_ACCOUNT = re.compile(
    r"\b(?:iban|rib|bic|compte bancaire|numero de compte|n° ?(?:de )?compte)\b[^\d\n]{0,20}?"
    r"((?:[a-z]{2} ?)?\d(?:[ .\-]{0,2}[0-9a-z]?\d){8,})"
)
_CARD = re.compile(r"(?<!\d)[2-6]\d{3}(?:[ .\-]?\d{4}){3}(?!\d)")
_LETTERS = {"n": r"\d", "a": "[a-z]", "c": "[0-9a-z]"}


@cache
def _rest_of_iban(country: str) -> re.Pattern[str] | None:
    """Return what follows the two check digits in this country; None outside IBAN."""
    facts = numdb.get("iban").info(country.upper())[0][1]
    parts = re.findall(r"(\d+)!([nac])", facts.get("bban", ""))
    if not parts:
        return None
    return re.compile("".join(rf"(?:[ .\-/\n]{{0,2}}{_LETTERS[k]}){{{n}}}" for n, k in parts))


def _is_account(number: str) -> bool:
    """Tell an account from words that have its shape: many digits, or a right key."""
    digits = sum(sign.isdigit() for sign in number)
    return digits >= 10 or iban.is_valid(number, check_country=False)


def bank_accounts(flat: str) -> Iterator[Seen]:
    """Yield IBAN of every country whatever their key, French RIB, and bank cards."""
    for match in _IBAN.finditer(flat):
        rest = _rest_of_iban(match.group(1))
        found = rest.match(flat, match.end()) if rest else None
        if found and _is_account(flat[match.start(1) : found.end()]):
            yield Kind.IBAN, match.start(1), found.end()
    for pattern in (_FRENCH_NEARLY, _RIB):
        for match in pattern.finditer(flat):
            yield Kind.IBAN, *match.span()
    for match in _ACCOUNT.finditer(flat):
        yield Kind.IBAN, *match.span(1)
    for match in _CARD.finditer(flat):
        if luhn.is_valid(re.sub(r"\D", "", match.group())):
            yield Kind.CREDENTIALS, *match.span()
