"""Load regions, départements, EPCI and communes from the public files of decoupage-administratif.

Source: npm package @etalab/decoupage-administratif (INSEE geographic code, EPCI of the DGCL),
Licence Ouverte 2.0. Nothing is deleted: a code that left the files becomes a former commune.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from entremise.foundation.core.french import search_key
from entremise.foundation.journal import operations as journal
from entremise.ground.reference.enums import CommuneKind
from entremise.ground.reference.errors import BrokenTerritory
from entremise.ground.reference.models import Commune, Departement, Epci, FormerCommune, Region
from entremise.ground.reference.operations import sources

FILES = ("regions.json", "departements.json", "epci.json", "communes.json")
KINDS = {
    "commune-actuelle": CommuneKind.COMMUNE,
    "arrondissement-municipal": CommuneKind.DISTRICT,
    "commune-deleguee": CommuneKind.DELEGATED,
    "commune-associee": CommuneKind.ASSOCIATED,
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TerritoryReport:
    """How many rows the files gave; `loaded` is False when they were loaded before."""

    loaded: bool
    communes: int
    former_communes: int


@transaction.atomic
def load_territory(folder: Path, *, by: journal.Signatory, at: datetime) -> TerritoryReport:
    """Bring the territory to what the folder of JSON files says; do nothing when it is the same.

    Raises BrokenTerritory when a file is missing or is not what it should be.
    """
    try:
        fingerprint = sources.fingerprint_of(folder / name for name in FILES)
        if sources.is_already_loaded("territory", fingerprint):
            counts = Commune.objects.filter(invented=False).count(), FormerCommune.objects.count()
            return TerritoryReport(False, *counts)
        regions, departements, epcis, communes = (
            json.loads((folder / name).read_text(encoding="utf-8")) for name in FILES
        )
        named = list(_communes(communes, epcis))
        former = list(_former(communes, {row["code"] for row in named}))
        _upsert(Region, [_named(row) for row in regions])
        _upsert(Departement, [_departement(row) for row in departements])
        _upsert(Epci, [_named(row) | {"kind": row["type"]} for row in epcis])
    except OSError as missing:
        raise BrokenTerritory(f"{missing.filename}: {missing.strerror}") from missing
    except (ValueError, KeyError, TypeError) as broken:
        raise BrokenTerritory(f"unexpected content: {broken!r}") from broken
    _retire({row["code"] for row in named}, former)
    _upsert(Commune, named)
    _upsert(FormerCommune, former)
    counts_told = f"communes={len(named)},former={len(former)}"
    sources.note_loaded("territory", fingerprint, counts_told, by=by, at=at)
    return TerritoryReport(True, len(named), len(former))


def french_name(name: str) -> str:
    """Return the official name with the typographic apostrophe of our screens."""
    return name.replace("'", "’")


def _named(row: Row) -> Row:
    name = row["nom"]
    return {"code": row["code"], "name": french_name(name), "search_name": search_key(name)}


def _departement(row: Row) -> Row:
    return _named(row) | {"region_id": row["region"], "zone": row["zone"]}


def _communes(rows: list[Row], epcis: list[Row]) -> Iterator[Row]:
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    today = {row["code"] for row in rows if row["type"] == "commune-actuelle"}
    for row in rows:
        kind = KINDS[row["type"]]
        if kind is not CommuneKind.COMMUNE and row["code"] in today:
            continue  # the delegated commune of the seat carries the code of the whole
        parent = None if kind is CommuneKind.COMMUNE else row.get("commune") or row["chefLieu"]
        yield _named(row) | {
            "kind": kind.value,
            "parent_id": parent,
            "departement_id": row["departement"],
            "epci_id": epci_of.get(parent or row["code"]),
            "postal_codes": row.get("codesPostaux", []),
            "population": row.get("population"),
            "invented": False,
        }


def _former(rows: list[Row], named: set[str]) -> Iterator[Row]:
    for row in rows:
        for code in row.get("anciensCodes", ()):
            if code not in named:  # a name tells more, and it is today's
                yield {"code": code, "merged_into_id": row["code"]}


def _retire(kept: set[str], former: list[Row]) -> None:
    """Turn the codes that left the files into former communes, with their successor if known."""
    successor = {row["code"]: row["merged_into_id"] for row in former}
    known = Commune.objects.filter(invented=False).values_list("code", flat=True)
    gone = list(Commune.objects.filter(code__in=set(known) - kept))
    for commune in gone:
        commune.kind = CommuneKind.FORMER
        commune.parent_id = successor.get(commune.code, commune.parent_id)
    Commune.objects.bulk_update(gone, ["kind", "parent"])


def _upsert(model: type[models.Model], rows: list[Row]) -> None:
    """Write the rows, given by column, in one statement: four times faster than the ORM here."""
    fields = list(model._meta.concrete_fields)
    quoted = {field: connection.ops.quote_name(str(field.column)) for field in fields}
    values = {"table": connection.ops.quote_name(model._meta.db_table)}
    values["columns"] = ", ".join(quoted.values())
    values["types"] = ", ".join(f"{quoted[f]} {f.db_type(connection)}" for f in fields)
    values["changes"] = ", ".join(
        f"{quoted[f]} = excluded.{quoted[f]}" for f in fields if not f.primary_key
    )
    statement = (
        "INSERT INTO {table} ({columns})"
        " SELECT {columns} FROM jsonb_to_recordset(%s::jsonb) AS given({types})"
        " ON CONFLICT (code) DO UPDATE SET {changes}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**values), [json.dumps(rows, ensure_ascii=False)])
