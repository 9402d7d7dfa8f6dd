"""A text made flat for reading: same length, no accent, no capital, plain signs."""

import re
import unicodedata

BLANK = "\0"
_SIGNS = {**dict.fromkeys("’ʼ`´", "'"), **dict.fromkeys("«»“”", '"'), "\n": "\n"}


def _flat_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "Pd" or letter == "−":
        return "-"
    if category in {"Zs", "Cf", "Cc"}:
        return " "
    if category[0] in "LPS":
        return (unicodedata.normalize("NFKD", letter)[:1].lower() or letter)[:1]
    return letter


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = _flat_letter(chr(code))
        return self[code]


_TABLE = _Table({ord(sign): plain for sign, plain in _SIGNS.items()})


def flatten(text: str) -> str:
    """Return the text letter for letter, without accents, capitals or typographic signs."""
    return text.translate(_TABLE)


def blank(flat: str, start: int, end: int) -> str:
    """Return the flat text with this place taken."""
    return flat[:start] + BLANK * (end - start) + flat[end:]


def is_near(flat: str, word: re.Pattern[str], start: int, *, within: int = 40) -> bool:
    """True when the word stands shortly before `start`, in letters."""
    return bool(word.search(flat, max(0, start - within), start))
