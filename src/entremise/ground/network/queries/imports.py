"""What importing a list of places would do: every row's fate, before anything is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine.mapping import Mapping, require_columns
from entremise.foundation.imports.engine.reading import Table
from entremise.foundation.imports.engine.report import Absent, Change, Report, RowFate
from entremise.foundation.imports.enums import Fate
from entremise.foundation.imports.errors import BrokenMapping
from entremise.foundation.imports.models import ImportBatch
from entremise.ground.network.enums import SiteState
from entremise.ground.network.models import Site, Structure
from entremise.ground.network.queries import bounds
from entremise.ground.network.queries.mappings import LABELS
from entremise.ground.network.queries.site_rows import Gazetteer, SiteRow, read_site_row
from entremise.ground.reference.models import Commune
from entremise.ground.reference.queries import commune_codes_today

KIND = "sites"
WARNED = "warnings"
# Derived from other values: not told twice as changes.
SILENT = {"sort_name", "time_zone"}


@dataclass(slots=True)
class SitePlan:
    """What to write: new places, and the values to change of known ones, by their id."""

    report: Report
    created: list[Site] = field(default_factory=list)
    known: dict[UUID, Site] = field(default_factory=dict)
    before: dict[UUID, dict[str, Any]] = field(default_factory=dict)


def site_batches() -> QuerySet[ImportBatch]:
    """Return the files of places kept so far, the latest first, without their content."""
    batches = ImportBatch.objects.filter(kind=KIND).select_related("uploaded_by")
    return batches.defer("content", "undo", "mapping").order_by("-uploaded_at", "-id")


def gazetteer() -> Gazetteer:
    """Return what is known of communes, with the outlines and points that the operator supplied.

    Raises BrokenMapping when a supplied file cannot be read.
    """
    known = Commune.objects.values_list("code", "name", "departement_id")
    rows = list(known)
    outlines, points = settings.OUTLINES_FILE, settings.COMMUNE_POINTS_FILE
    try:
        return Gazetteer(
            names={code: name for code, name, _departement in rows},
            departements={code: departement for code, _name, departement in rows},
            codes_today=commune_codes_today(),
            outlines=bounds.read_outlines(Path(outlines)) if outlines else {},
            points=bounds.read_commune_points(Path(points)) if points else {},
        )
    except (OSError, ValueError) as broken:
        message = _("Les contours ou les points de communes fournis ne se lisent pas : %(why)s.")
        raise BrokenMapping(message % {"why": broken}) from broken


def plan_sites(table: Table, mapping: Mapping, *, structure: Structure | None = None) -> SitePlan:
    """Return what importing the table would do; nothing is written.

    New places wait without a structure unless one is given; it also takes known places that wait
    in the holding structure. Raises BrokenMapping when the file lacks a column.
    """
    require_columns(mapping, table.columns)
    plan = SitePlan(Report(mapping.source))
    places = gazetteer()
    known = {site.source_id: site for site in Site.objects.filter(source=mapping.source)}
    holding = set(Structure.objects.filter(holding=True).values_list("pk", flat=True))
    told = _Told(structure, holding, _names_in_communes())
    for misfit in table.misfits:
        plan.report.refusals.append(misfit)
        plan.report.fates.append(RowFate(misfit.row, "", Fate.REFUSED))
    for row in table.rows:
        read = read_site_row(row, mapping, places)
        _refuse_second(read, told)
        fate = Fate.REFUSED if read.refusals else _weigh(plan, read, known, mapping, told)
        plan.report.refusals += read.refusals
        plan.report.warnings += read.warnings
        plan.report.fates.append(RowFate(read.number, read.label, fate))
    plan.report.fates.sort(key=lambda fate: fate.row)
    plan.report.refusals.sort(key=lambda remark: remark.row)
    plan.report.missing = [
        Absent(source_id, site.name)
        for source_id, site in known.items()
        if source_id not in told.rows and site.state != SiteState.CLOSED
    ]
    return plan


@dataclass(slots=True)
class _Told:
    """What the rows before have told."""

    structure: Structure | None
    holding: set[UUID]
    names: dict[tuple[str, str], set[tuple[str, str]]]
    rows: dict[str, int] = field(default_factory=dict)


def _names_in_communes() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Return which places carry a name in a commune, each by its source and identifier there."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    living = Site.objects.living().values_list(
        "sort_name", "commune_id", "source", "source_id", "pk"
    )
    for name, commune, source, source_id, pk in living:
        found.setdefault((name, commune), set()).add((source, source_id or str(pk)))
    return found


def _refuse_second(read: SiteRow, told: _Told) -> None:
    if not read.source_id:
        return
    first = told.rows.setdefault(read.source_id, read.number)
    if first != read.number:
        message = _("Doublon : l’identifiant « %(id)s » est déjà à la ligne %(row)d.")
        read.refuse("id", message % {"id": read.source_id, "row": first})


def _weigh(
    plan: SitePlan, read: SiteRow, known: dict[str, Site], mapping: Mapping, told: _Told
) -> Fate:
    """Add an accepted row to the plan and return its fate."""
    if len(read.source_id) > 80:
        read.refuse("id", _("L’identifiant dépasse 80 signes."))
        return Fate.REFUSED
    itself = (mapping.source, read.source_id)
    namesakes = told.names.setdefault((search_key(read.label), read.values["commune_id"]), set())
    if namesakes - {itself}:
        read.warn("name", _("Un autre lieu porte le même nom dans la même commune."))
    namesakes.add(itself)
    site = known.get(read.source_id)
    if site is None:
        plan.created.append(
            Site(
                source=mapping.source,
                source_id=read.source_id,
                structure=told.structure,
                **read.values,
            )
        )
        return Fate.CREATED
    return _compare(plan, read, site, told)


def _compare(plan: SitePlan, read: SiteRow, site: Site, told: _Told) -> Fate:
    if site.state == SiteState.CLOSED:
        read.warn("", _("Ce lieu est fermé dans le réseau : il le reste."))
    values = dict(read.values)
    if told.structure and site.structure_id != told.structure.pk:
        if site.structure_id in told.holding:
            values["structure_id"] = told.structure.pk
        else:
            message = _("Ce lieu est déjà rattaché à une structure : changez-le depuis sa fiche.")
            read.warn("structure", message)
    before = {name: getattr(site, name) for name in values if getattr(site, name) != values[name]}
    if not before:
        return Fate.UNCHANGED
    for name, old in before.items():
        setattr(site, name, values[name])
        if name not in SILENT:
            told_as = name.removesuffix("_id")
            change = Change(read.number, told_as, as_json(old), as_json(values[name]))
            plan.report.changes.append(change)
    plan.known[site.pk] = site
    plan.before[site.pk] = before
    return Fate.UPDATED


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a report, ready to be shown: its fate and everything said of it."""

    row: int
    label: str
    fate: Fate
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]
    changes: tuple[str, ...]


def report_rows(report: dict[str, Any], *, only: str = "") -> list[ReportRow]:
    """Return the rows of a kept report; `only` is a fate, or « warnings » for those to look at."""
    refusals = _by_row(report["refusals"], lambda r: f"{_label(r['field'])}{r['message']}")
    warnings = _by_row(report["warnings"], lambda r: f"{_label(r['field'])}{r['message']}")
    changes = _by_row(report["changes"], lambda r: f"{_label(r['field'])}{_moved(r)}")
    rows = (
        ReportRow(
            each["row"],
            each["label"],
            Fate(each["fate"]),
            tuple(refusals.get(each["row"], ())),
            tuple(warnings.get(each["row"], ())),
            tuple(changes.get(each["row"], ())),
        )
        for each in report["fates"]
    )
    return [
        row for row in rows if not only or row.fate == only or (only == WARNED and row.warnings)
    ]


def _by_row(
    items: list[dict[str, Any]], told: Callable[[dict[str, Any]], str]
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for item in items:
        found.setdefault(item["row"], []).append(told(item))
    return found


def _label(name: str) -> str:
    return f"{LABELS.get(name, name)} : " if name else ""


def _moved(change: dict[str, Any]) -> str:
    before, after = (_shown(change[side]) for side in ("before", "after"))
    return f"{before} → {after}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(value) if value not in (None, "") else "–"


def as_json(value: Any) -> Any:
    """Return a value of a place as JSON keeps it."""
    return str(value) if isinstance(value, date | UUID) else value
