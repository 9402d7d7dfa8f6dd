"""The part of the desk's form that tells the public: a grid of one click, then further lines.

Sex and age are told or estimated, never asked for a name. An untouched part is « non renseigné »;
« non demandé » is an answer of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.ground.reference.models import AgeBand
from entremise.practice.activity.engine import ParticipantContent
from entremise.practice.activity.enums import NOT_ASKED, UNDISCLOSED, Sex

SEPARATOR = ":"
ASKED_SEX = [choice for choice in Sex.choices if choice[0] != Sex.NOT_ASKED]
SHORT_SEX = {Sex.WOMAN: _("F"), Sex.MAN: _("H"), Sex.OTHER: _("A"), Sex.UNDISCLOSED: _("nc")}
KEYS = "123456789"
UNSET = [("", "—")]


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the grid: an age band, in full and in short, and its key."""

    code: str
    name: str
    short: str
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """A sex in full and in short, its key, and its cells: value, full name, column key, chosen."""

    name: str
    short: str
    key: str
    cells: list[tuple[str, str, str, bool]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid as the page draws it. `beside` is a pair recorded before that no cell tells."""

    columns: list[Column]
    rows: list[Row]
    not_asked: bool
    beside: tuple[str, str] | None


class GridForm(forms.Form):
    """People told by one cell of the grid; usually one person."""

    cell = forms.CharField(label=_("public"), required=False, max_length=12)
    count = forms.IntegerField(
        label=_("combien"), required=False, min_value=1, max_value=99, initial=1
    )

    def __init__(self, *args: Any, bands: tuple[AgeBand, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bands = bands

    def clean_cell(self) -> str:
        """Refuse a pair that is not of the lists in force."""
        cell = self.cleaned_data["cell"]
        if cell in ("", NOT_ASKED) or cell == self.initial.get("cell"):
            return cell
        sex, _separator, band = cell.partition(SEPARATOR)
        known = {NOT_ASKED, UNDISCLOSED, *(b.code for b in self.bands)}
        if sex not in Sex.values or band not in known:
            raise forms.ValidationError(gettext("Choisissez une case du tableau."))
        return cell

    def content(self) -> ParticipantContent | None:
        """Return the people of the cell; None leaves the public « non renseigné »."""
        cell, count = self.cleaned_data.get("cell") or "", self.cleaned_data.get("count")
        sex, _separator, band = cell.partition(SEPARATOR)
        return group_of(sex, band, count)

    @property
    def is_told(self) -> bool:
        """True when a cell is chosen or there are several people."""
        return bool(self["cell"].value()) or self.are_several

    @property
    def are_several(self) -> bool:
        """True when the cell stands for several people."""
        return str(self["count"].value() or "1") != "1"

    @property
    def grid(self) -> Grid:
        """The grid with the chosen cell, ready to be drawn."""
        chosen = str(self["cell"].value() or "")
        columns = columns_of(self.bands)
        rows = [
            Row(
                name=str(label),
                short=str(SHORT_SEX[Sex(sex)]),
                key=KEYS[rank],
                cells=[
                    (value, f"{label}, {column.name}", column.key, value == chosen)
                    for column in columns
                    if (value := f"{sex}{SEPARATOR}{column.code}")
                ],
            )
            for rank, (sex, label) in enumerate(ASKED_SEX)
        ]
        drawn = {value for row in rows for value, *_rest in row.cells}
        beside = None
        if chosen and chosen != NOT_ASKED and chosen not in drawn:
            beside = (chosen, _in_words(chosen, self.bands))
        return Grid(columns, rows, chosen == NOT_ASKED, beside)


class LineForm(forms.Form):
    """Other people of one sex and one age band: the rest of a couple, a family, a group."""

    sex = forms.ChoiceField(label=_("sexe"), required=False)
    band = forms.ChoiceField(label=_("âge"), required=False)
    count = forms.IntegerField(
        label=_("combien"), required=False, min_value=1, max_value=99, initial=1
    )

    def __init__(self, *args: Any, bands: tuple[AgeBand, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(b.code, b.name) for b in bands]
        self.fields["sex"].choices = [*UNSET, *ASKED_SEX]
        self.fields["band"].choices = [*UNSET, *named, (UNDISCLOSED, gettext("non communiqué"))]

    def content(self) -> ParticipantContent | None:
        """Return the people of the line; None when nothing of it is told."""
        told = self.cleaned_data
        return group_of(told.get("sex") or "", told.get("band") or "", told.get("count"))

    @property
    def is_told(self) -> bool:
        """True when something of the line is told."""
        return bool(self["sex"].value() or self["band"].value())


def group_of(sex: str, band: str, count: int | None) -> ParticipantContent | None:
    """Return a group, what was not told of it being « non demandé »; None when nothing was."""
    if not sex and not band and (count or 1) == 1:
        return None
    return ParticipantContent(sex or NOT_ASKED, band or NOT_ASKED, count or 1)


def cell_of(group: ParticipantContent) -> str:
    """Return the cell that tells a recorded group."""
    if group.sex == group.band == NOT_ASKED:
        return NOT_ASKED
    return f"{group.sex}{SEPARATOR}{group.band}"


def columns_of(bands: Iterable[AgeBand]) -> list[Column]:
    """Return the columns: the bands in force, then « âge non communiqué »."""
    named = [(b.code, b.name, _short(b)) for b in bands]
    named.append((UNDISCLOSED, gettext("âge non communiqué"), gettext("nc")))
    return [
        Column(code, name, short, KEYS[rank : rank + 1])
        for rank, (code, name, short) in enumerate(named)
    ]


def _short(band: AgeBand) -> str:
    if band.upper is None:
        return f"{band.lower}+"
    return f"{band.lower}–{band.upper}" if band.lower else f"<{band.upper + 1}"


def _in_words(cell: str, bands: Iterable[AgeBand]) -> str:
    sex, _separator, band = cell.partition(SEPARATOR)
    ages = {b.code: b.name for b in bands}
    ages |= {UNDISCLOSED: gettext("âge non communiqué"), NOT_ASKED: gettext("âge non demandé")}
    label = Sex(sex).label if sex in Sex.values else sex
    return f"{label}, {ages.get(band, band)}"
