"""The shapes of the standard: what a register, a principle, a chapter and an edition hold."""

from dataclasses import dataclass
from datetime import date

from entremise.ground.standard.enums import Chapter, EditionStatus, PrincipleFamily


@dataclass(frozen=True, slots=True)
class Worded:
    """A French label with its English twin."""

    label: str
    label_en: str

    def name(self, language: str) -> str:
        """Return the label in the language (`fr`, `en`, `en-gb`…), French by default."""
        return self.label_en if language.startswith("en") else self.label


@dataclass(frozen=True, slots=True)
class Register(Worded):
    """One of the eight registers of intervention; `unit` says what is counted in it."""

    number: int
    code: str
    colour: str
    description: str
    description_en: str
    unit: str
    unit_en: str


@dataclass(frozen=True, slots=True)
class Principle(Worded):
    """One of the nine principles: P1 to P4 for the process, Q1 to Q5 for the posture."""

    code: str
    family: PrincipleFamily
    description: str
    description_en: str


@dataclass(frozen=True, slots=True)
class ChapterTitle(Worded):
    """One of the four chapters of requirements."""

    code: Chapter


@dataclass(frozen=True, slots=True)
class Edition(Worded):
    """An edition of the standard, in force from a day to another (None: still in force).

    `set_by`, `set_on` and `note` sign the date: it is a parameter, not a fact of the network.
    """

    code: str
    status: EditionStatus
    in_force_from: date
    in_force_until: date | None
    set_by: str
    set_on: date
    note: str
    chapters: tuple[ChapterTitle, ...]

    def is_in_force(self, day: date) -> bool:
        """True from its first day to the eve of the next edition."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day < self.in_force_until
        )
