"""E-mail addresses, also said aloud or broken by spaces."""

import re
from collections.abc import Iterator

from entremise.foundation.guard.enums import Kind

Seen = tuple[Kind, int, int]

_AT = r"(?:@|[(\[{] ?(?:at|a|arobase|@) ?[)\]}]|\barr?ob+ase?\b|\barobas\b)"
_DOT = r"(?: ?(?:\.|,|\bpoint\b|\bdot\b|[(\[] ?(?:point|dot|\.) ?[)\]]) ?)"
_PROVIDER = (
    r"(?:gmail|google ?mail|hotmail|outlook|live|msn|yahoo|ymail|orange|wanadoo|free|sfr|neuf|"
    r"laposte|la poste|bbox|icloud|numericable|club-internet|proton(?:mail)?|gmx|aol|mail)"
)
_NAME = rf"[a-z0-9][\w.+\-']*(?:{_DOT}[\w+\-]+){{0,2}}?"
_WHOLE = re.compile(
    rf"{_NAME} {{0,2}}{_AT} {{0,2}}(?:{_PROVIDER}\b(?:{_DOT}[a-z]{{2,10}}\b)*"
    rf"|[a-z0-9][\w\-]*(?:{_DOT}[a-z0-9][\w\-]*){{0,3}}{_DOT}[a-z]{{2,10}}\b)"
)
_UNFINISHED = re.compile(r"[a-z0-9][\w.+\-]*@[a-z0-9][\w.\-]+")


def emails(flat: str) -> Iterator[Seen]:
    """Yield whole e-mail addresses: a name, an at sign however written, a domain."""
    if "@" in flat or "rob" in flat or "at" in flat:
        for match in _WHOLE.finditer(flat):
            yield Kind.EMAIL, match.start(), match.end()


def unfinished_emails(flat: str) -> Iterator[Seen]:
    """Yield e-mail addresses without their last part, once passwords are out of the way."""
    for match in _UNFINISHED.finditer(flat):
        yield Kind.EMAIL, match.start(), match.end()
