"""What the reference refuses."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class BrokenNationalList(ValueError):
    """A data file of the national lists cannot be trusted; the text gives the file and the line."""


class BrokenTerritory(ValueError):
    """The folder of the territory lacks a file, or a file is not what it should be."""


class UnknownCommune(LookupError):
    """No commune, district or former commune carries this INSEE code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.message = _("Aucune commune ne porte le code INSEE « %(code)s ».") % {"code": code}


class UnknownDepartement(LookupError):
    """No département can be read from this INSEE code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.message = _("Aucun département ne se lit dans le code « %(code)s ».") % {"code": code}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is refused: its number in the file (the header is row 1), its field, the reason."""

    row: int
    field: str
    message: str


class BrokenQpvFile(ValueError):
    """The list of priority neighbourhoods has wrong rows; nothing was imported."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(f"{len(refusals)} rows refused, the first being {refusals[0]}")
        self.refusals = refusals
        self.message = _("Liste refusée, rien n’a été importé ; lignes en cause : %(rows)s.") % {
            "rows": ", ".join(str(row) for row in sorted({r.row for r in refusals}))
        }
