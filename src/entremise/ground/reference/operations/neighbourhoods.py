"""Load the priority neighbourhoods (QPV) from the operator's list: all of it or nothing."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from entremise.foundation.core.french import search_key
from entremise.foundation.journal import operations as journal
from entremise.ground.reference import queries
from entremise.ground.reference.errors import BrokenQpvFile, Refusal, UnknownCommune
from entremise.ground.reference.models import Qpv
from entremise.ground.reference.operations.territory import french_name

COLUMNS = ("code_qp", "lib_qp", "insee_com")
# Décret 2023-1314: the generation of 2024 holds from 1 January 2024, a year later overseas.
CODE_2024 = re.compile(r"^QN\d{2}[0-9AB]\d{2}[A-Z]$")
CODE_2015 = re.compile(r"^QP\d{2}[0-9AB]\d{3}$")


@dataclass(frozen=True, slots=True)
class QpvReport:
    """Rows read, then neighbourhoods created, updated, unchanged, and known but not in the file."""

    rows: int
    created: int
    updated: int
    unchanged: int
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    code: str
    name: str
    commune: str


@transaction.atomic
def load_qpv(path: Path, *, by: journal.Signatory, at: datetime) -> QpvReport:
    """Load a CSV of (code_qp, lib_qp, insee_com) pairs, separated by commas or semicolons.

    A neighbourhood missing from the file is reported, never removed. Raises BrokenQpvFile with
    the number of each wrong row; nothing is then imported.
    """
    rows = _read(path)
    names = {row.code: row.name for row in rows}
    places: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        places[row.code].add(row.commune)
    known = Qpv.objects.prefetch_related("communes").in_bulk()
    created = [_neighbourhood(code, name) for code, name in names.items() if code not in known]
    Qpv.objects.bulk_create(created)
    moved = []
    for code, name in names.items():
        if code in known:
            before, after = known[code], _neighbourhood(code, name)
            if before.name != after.name or {c.pk for c in before.communes.all()} != places[code]:
                moved.append(after)
    Qpv.objects.bulk_update(moved, ["name", "search_name"])
    link = Qpv.communes.through
    link.objects.filter(qpv__in=[qpv.code for qpv in moved]).delete()
    link.objects.bulk_create(
        link(qpv_id=qpv.code, commune_id=commune)
        for qpv in [*created, *moved]
        for commune in sorted(places[qpv.code])
    )
    generations = {_neighbourhood(code, "").generation for code in names}
    absent = tuple(
        sorted(c for c, q in known.items() if c not in names and q.generation in generations)
    )
    report = QpvReport(
        len(rows), len(created), len(moved), len(names) - len(created) - len(moved), absent
    )
    counts = f"created={report.created},updated={report.updated},unchanged={report.unchanged}"
    journal.note_decision("reference.qpv_loaded", None, by=by, at=at, detail=counts)
    return report


def _neighbourhood(code: str, name: str) -> Qpv:
    overseas = code[2:4] == "97"
    renewal = date(2025, 1, 1) if overseas else date(2024, 1, 1)
    is_new = code.startswith("QN")
    return Qpv(
        code=code,
        name=french_name(name),
        search_name=search_key(name),
        generation=2024 if is_new else 2015,
        valid_from=renewal if is_new else date(2015, 1, 1),
        valid_until=None if is_new else renewal,
    )


def _read(path: Path) -> list[_Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            separator = ";" if ";" in file.readline() else ","
            file.seek(0)
            reader = csv.DictReader(file, delimiter=separator, strict=True)
            header, lines = reader.fieldnames or [], list(enumerate(reader, start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as unreadable:
        message = _("Fichier illisible : un CSV en UTF-8 est attendu.")
        raise BrokenQpvFile([Refusal(1, "", message)]) from unreadable
    missing = [column for column in COLUMNS if column not in header]
    if missing or not lines:
        message = _("Colonne absente, ou aucune ligne.")
        raise BrokenQpvFile([Refusal(1, column, message) for column in missing or [""]])
    refusals: list[Refusal] = []
    rows = _checked(lines, refusals)
    if refusals:
        raise BrokenQpvFile(refusals)
    return rows


def _checked(lines: list[tuple[int, dict[str, str | None]]], refusals: list[Refusal]) -> list[_Row]:
    today = queries.commune_codes_today()
    rows: list[_Row] = []
    names: dict[str, str] = {}
    pairs: dict[tuple[str, str], int] = {}
    for number, line in lines:
        code, name, written = ((line[column] or "").strip() for column in COLUMNS)
        if not (CODE_2024.match(code) or CODE_2015.match(code)):
            message = _("« %(code)s » n’est pas un code de quartier prioritaire.")
            refusals.append(Refusal(number, "code_qp", message % {"code": code}))
        if not name or names.setdefault(code, name) != name:
            message = _("Le nom manque, ou n’est pas celui donné plus haut pour ce quartier.")
            refusals.append(Refusal(number, "lib_qp", message))
        commune = today.get(written)
        if commune is None:
            refusals.append(Refusal(number, "insee_com", UnknownCommune(written).message))
            continue
        if first := pairs.get((code, written)):
            message = _("Déjà écrit à la ligne %(first)d.")
            refusals.append(Refusal(number, "insee_com", message % {"first": first}))
        pairs.setdefault((code, written), number)
        rows.append(_Row(number, code, name, commune))
    return rows
