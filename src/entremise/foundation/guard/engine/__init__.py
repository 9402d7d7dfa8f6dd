"""The engine of the guard: a text in, what it says of a person out. No database, no memory.

`look` alone is called from outside. It prefers to see too much: what is seen by mistake is let
through with a reason, what is missed stays in the base.
"""

from dataclasses import dataclass

from entremise.foundation.guard.engine import announced, mail, names, numbers
from entremise.foundation.guard.engine.flat import BLANK, blank, flatten
from entremise.foundation.guard.enums import NEVER_KEPT, Kind, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of text, from `start` (included) to `end` (excluded), and what it looks like."""

    kind: Kind
    start: int
    end: int

    @property
    def severity(self) -> Severity:
        """Refused outright, or kept when a reason is given."""
        return Severity.REFUSED if self.kind in NEVER_KEPT else Severity.ASK


# What is surest first: an IBAN holds no phone, and a phone is no password.
STEPS = (
    mail.emails,
    numbers.bank_accounts,
    numbers.runs,
    numbers.spoken_phones,
    announced.credentials,
    mail.unfinished_emails,
    announced.birth_dates,
    announced.case_numbers,
)


def look(text: str) -> tuple[Finding, ...]:
    """Return what the text says of a person, in the order of the text, without overlap.

    What is sure blanks its place before the next step looks: an IBAN holds no phone, an e-mail
    no name.
    """
    flat = flatten(text)
    found: list[Finding] = []
    for step in STEPS:
        for kind, start, end in list(step(flat)):
            if BLANK not in flat[start:end]:
                found.append(Finding(kind, start, end))
                flat = blank(flat, start, end)
    found += [Finding(kind, start, end) for kind, start, end in names.people(text, flat)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))
