"""Bring the national lists of the database to what the data files say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from entremise.foundation.core.periods import day_in_paris
from entremise.foundation.journal import operations as journal
from entremise.ground.reference import engine
from entremise.ground.reference.errors import BrokenNationalList
from entremise.ground.reference.models import AgeBand, Nature, Operator, Outcome, Theme
from entremise.ground.reference.models.national_lists import NationalEntry
from entremise.ground.reference.operations import sources

FOLDER = Path(__file__).parent.parent / "data"
LISTS: dict[str, type[NationalEntry]] = {
    "themes": Theme,
    "operators": Operator,
    "natures": Nature,
    "outcomes": Outcome,
    "age_bands": AgeBand,
}
_DAYS = {"valid_from", "valid_until", "france_services_from", "france_services_until"}


@dataclass(frozen=True, slots=True)
class ListsReport:
    """How many entries were created, updated, ended and left as they were."""

    created: int = 0
    updated: int = 0
    ended: int = 0
    unchanged: int = 0

    def __add__(self, other: "ListsReport") -> "ListsReport":
        return ListsReport(
            self.created + other.created,
            self.updated + other.updated,
            self.ended + other.ended,
            self.unchanged + other.unchanged,
        )


@transaction.atomic
def load_national_lists(
    *, by: journal.Signatory, at: datetime, folder: Path = FOLDER
) -> ListsReport:
    """Create and update the entries, and end today those that left the files; delete none.

    Does nothing when the files are those loaded last. Raises BrokenNationalList with the file
    and the line of the first mistake; nothing is then written.
    """
    fingerprint = sources.fingerprint_of(folder / f"{name}.yaml" for name in LISTS)
    if sources.is_already_loaded("national_lists", fingerprint):
        return ListsReport(unchanged=sum(model.objects.count() for model in LISTS.values()))
    report = ListsReport()
    for name, model in LISTS.items():
        report += _bring(model, list(_entries(folder / f"{name}.yaml", model)), day_in_paris(at))
    counts = f"created={report.created},updated={report.updated},ended={report.ended}"
    sources.note_loaded("national_lists", fingerprint, counts, by=by, at=at)
    return report


def _bring(model: type[NationalEntry], entries: list[NationalEntry], today: date) -> ListsReport:
    known: dict[str, NationalEntry] = model.objects.in_bulk()
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    new = [entry for entry in entries if entry.code not in known]
    changed = [
        entry
        for entry in entries
        if entry.code in known
        and any(getattr(entry, f) != getattr(known[entry.code], f) for f in fields)
    ]
    kept = {entry.code for entry in entries}
    left = [entry for code, entry in known.items() if code not in kept and entry.is_in_force(today)]
    for entry in left:
        entry.valid_until = today
    model.objects.bulk_create(new)
    model.objects.bulk_update(changed, fields)
    model.objects.bulk_update(left, ["valid_until"])
    rest = len(entries) - len(new) - len(changed)
    return ListsReport(len(new), len(changed), len(left), rest)


def _entries(path: Path, model: type[NationalEntry]) -> Iterator[NationalEntry]:
    schemas = json.loads((FOLDER / "national_lists.schema.json").read_text(encoding="utf-8"))
    schema = {"$ref": f"#/$defs/{path.stem}", "$defs": schemas["$defs"]}
    file = engine.read(path, schema, error=BrokenNationalList)
    codes: set[str] = set()
    age = -1
    for position, (keys, written) in enumerate(_flat(file), start=1):
        if written["code"] in codes:
            raise file.mistake((*keys, "code"), f"code {written['code']!r} is used twice")
        codes.add(written["code"])
        if model is AgeBand:
            if written["lower"] != age + 1:
                raise file.mistake((*keys, "lower"), f"the band does not begin at {age + 1}")
            age = written.get("upper", 130)
        entry = _entry(model, position, file.content["about"] | written)
        if entry.valid_until and entry.valid_until <= entry.valid_from:
            raise file.mistake((*keys, "valid_until"), "the entry ends before it starts")
        yield entry


def _flat(file: engine.DataFile) -> Iterator[tuple[engine.Keys, dict[str, Any]]]:
    for rank, entry in enumerate(file.content["entries"]):
        yield ("entries", rank), entry
        for below, child in enumerate(entry.get("children", ())):
            yield ("entries", rank, "children", below), child | {"parent_id": entry["code"]}


def _entry(model: type[NationalEntry], position: int, written: dict[str, Any]) -> NationalEntry:
    stored = {f.attname for f in model._meta.concrete_fields}
    values = {
        key: date.fromisoformat(value) if key in _DAYS else value
        for key, value in written.items()
        if key in stored
    }
    return model(position=position, **values)
