"""French text for people and for sorting; no collation of the system is trusted."""

import unicodedata

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


def search_key(text: str) -> str:
    """Return the text without accents, case or punctuation: what a search compares."""
    spelled = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    decomposed = unicodedata.normalize("NFKD", spelled)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def thousands(number: int) -> str:
    """Return 1234567 as 1 234 567, with narrow no-break spaces."""
    return f"{number:,}".replace(",", NARROW_SPACE)
