"""Reads the cells of a file of past acts, one field at a time, under a mapping.

What a cell tells badly refuses its row, nothing is guessed. Texts already read are remembered,
since a file repeats a few of them.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine import cells
from entremise.foundation.imports.engine.cells import BadCell
from entremise.foundation.imports.engine.mapping import Mapping, names_of
from entremise.practice.activity.enums import (
    NOT_ASKED,
    UNDISCLOSED,
    Answer,
    Autonomy,
    Basis,
    Explanation,
    Frame,
    Kind,
    Mode,
    Origin,
    Presence,
    Sex,
)
from entremise.practice.activity.queries import act_moments
from entremise.practice.activity.queries.act_lists import Entry, Lists
from entremise.practice.activity.queries.act_mappings import ages_of, bent_band

MOST_PEOPLE = 9_999
LONGEST_CELL = 200
LISTED = ("theme", "operator", "nature", "outcome")
_PLAIN = ("site", "structure", "mediator")
_CHOICES: dict[str, Any] = {
    "kind": Kind, "mode": Mode, "origin": Origin, "basis": Basis, "presence": Presence,
    "first_visit": Answer, "qpv_answer": Answer, "autonomy": Autonomy, "sex": Sex,
    "frame": Frame, "explanation": Explanation,
}  # fmt: skip
_REMEMBERED = 50_000
_UNREAD = object()
_NOT_FIELDS = {"register", "site_source"}

Reader = Callable[[str], Any]


class ActCells:
    """Reads every field that a mapping gives, constants once and for all."""

    def __init__(self, mapping: Mapping, lists: Lists, columns: list[str]) -> None:
        self._mapping, self._lists = mapping, lists
        rank = {name: place for place, name in enumerate(columns)}
        named = {name: [rank[c] for c in names_of(of)] for name, of in mapping.columns.items()}
        self._readers = {
            name: self._reader_of(name) for name in sorted(mapping.fields - _NOT_FIELDS)
        }
        self._plan: list[tuple[str, int, list[int], dict[str, Any]]] = [
            (name, ranks[0] if len(ranks) == 1 else -1, ranks, {}) for name, ranks in named.items()
        ]
        self._constants = {
            name: self._read(name, str(value))
            for name, value in mapping.constants.items()
            if name in self._readers
        }

    def told(self, row: list[str], refuse: Callable[[str, str], None]) -> dict[str, Any]:
        """Return the value of each field, None for an empty cell or one that is refused."""
        told = self._constants.copy()
        for name, rank, ranks, memory in self._plan:
            text = row[rank] if rank >= 0 else " ".join([row[each] for each in ranks])
            value = memory.get(text, _UNREAD)
            if value is _UNREAD:
                if len(memory) > _REMEMBERED:
                    memory.clear()
                value = self._read(name, text)
                if len(text) <= LONGEST_CELL:
                    memory[text] = value
            if type(value) is BadCell:
                refuse(name, value.message)
                value = None
            told[name] = value
        return told

    def _read(self, name: str, text: str) -> Any:
        try:
            code = self._translated(name, text)
            return self._readers[name](code) if code else None
        except BadCell as bad:
            return bad

    def _translated(self, name: str, text: str) -> str:
        """Return the code that the mapping gives to a text, else the text, never a formula."""
        if len(text) > LONGEST_CELL:
            raise BadCell(_("Cette cellule dépasse %(count)d signes.") % {"count": LONGEST_CELL})
        plain = cells.one_line(text)
        values = self._mapping.values.get(name) or self._mapping.values.get(_stem(name), {})
        if plain in values:
            return str(values[plain])
        cells.refuse_formula(plain)
        return plain

    def _reader_of(self, name: str) -> Reader:
        stem, written = _stem(name), self._mapping.formats.get(name, "")
        if name in _PLAIN:
            return str
        if stem in _CHOICES:
            labels = {code: str(label) for code, label in _CHOICES[stem].choices}
            return lambda text: cells.chosen(text, labels)
        if stem in LISTED:
            return self._listed(stem)
        readers: dict[str, Reader] = {
            "day": lambda text: act_moments.read_day(text, written),
            "time": lambda text: act_moments.read_clock(text, written),
            "start": lambda text: act_moments.read_start(text, written),
            "minutes": lambda text: cells.whole_number(text, least=1, most=1440),
            "count": lambda text: cells.whole_number(text, least=1, most=MOST_PEOPLE),
            "age": self._band_of_age,
            "band": self._band,
            "commune": self._commune,
        }
        return readers[name]

    def _listed(self, name: str) -> Reader:
        entries: dict[str, Entry] = getattr(self._lists, f"{name}s")

        def find(text: str) -> Entry:
            entry = entries.get(search_key(text))
            if entry is None:
                message = _(
                    "« %(text)s » n’est dans aucune liste du réseau : traduisez-le dans la "
                    "correspondance, sous [values.%(name)s]."
                )
                raise BadCell(message % {"text": text, "name": name})
            return entry

        return find

    def _band(self, text: str) -> str:
        bands = self._lists.bands
        if text in (NOT_ASKED, UNDISCLOSED) or text in bands:
            return text
        ages = ages_of(text)
        code = next((code for code, known in bands.items() if known == ages), None)
        if code is None:
            bent = bent_band(text, self._lists)
            raise BadCell(f"{bent[0].upper()}{bent[1:]}.")
        return code

    def _band_of_age(self, text: str) -> str:
        age = cells.whole_number(text, least=0, most=120)
        return next(
            code
            for code, (lower, upper) in self._lists.bands.items()
            if lower <= age and (upper is None or age <= upper)
        )

    def _commune(self, text: str) -> tuple[str, str | None]:
        """Return the answer and the code of today; a zero lost by a spreadsheet is put back."""
        if text in (Answer.UNKNOWN, Answer.UNDISCLOSED):
            return text, None
        code = f"0{text}" if len(text) == 4 and text.isdigit() else text.upper()
        if code not in self._lists.communes:
            raise BadCell(_("Aucune commune ne porte le code INSEE « %(code)s ».") % {"code": text})
        return Answer.YES, self._lists.communes[code]


def _stem(name: str) -> str:
    """Return the field without the rank of its request: theme for theme_2."""
    return name[:-2] if name[-2:] in ("_2", "_3") else name
