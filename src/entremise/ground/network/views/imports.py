"""Import a list of places on screen: upload, mapping, dry run, confirm, undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import writes
from entremise.foundation.access.errors import Refusal
from entremise.foundation.imports.engine.reading import Table, read_table
from entremise.foundation.imports.enums import BatchState, Fate
from entremise.foundation.imports.errors import ReportOutdated
from entremise.foundation.imports.models import ImportBatch
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.enums import NetworkPermission
from entremise.ground.network.forms.imports import MappingForm, UploadForm
from entremise.ground.network.operations import imports
from entremise.ground.network.queries.imports import WARNED, report_rows, site_batches

ROWS_A_PAGE = 50
BATCHES_A_PAGE = 20
PREVIEWED = 5


@writes(NetworkPermission.IMPORT_SITES)
def site_imports(request: HttpRequest) -> HttpResponse:
    """List the imports, and receive a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _keep(form, request)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("site_import", batch.pk)
    page = Paginator(site_batches(), BATCHES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/imports/list.html", {"form": form, "page_obj": page})


@writes(NetworkPermission.IMPORT_SITES)
def site_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where an import stands; on POST, keep the mapping and dry-run it."""
    batch = get_object_or_404(site_batches().defer(None), pk=pk)
    waiting = batch.state in (BatchState.UPLOADED, BatchState.CHECKED)
    context = {"batch": batch, "waiting": waiting, **_report(request, batch)}
    if waiting:
        table, form = _mapping_form(request, batch)
        if request.method == "POST" and form.is_valid() and _checked(request, batch, form):
            return redirect("site_import", batch.pk)
        context |= {"form": form, "table": table, "preview": _preview(table)}
    return render(request, "network/imports/batch.html", context)


@writes(NetworkPermission.IMPORT_SITES)
def confirm_site_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the good rows, unless the dry run no longer holds: then run it again."""
    batch = get_object_or_404(site_batches().defer(None), pk=pk)
    if request.method != "POST":
        return redirect("site_import", batch.pk)
    signed: dict[str, Any] = {"by": actor_of(request).user, "at": timezone.now()}
    try:
        done = imports.import_list(batch.pk, **signed)
    except ReportOutdated as outdated:
        imports.check_list(batch.pk, mapping=batch.mapping, **batch.options, **signed)
        announce(request, str(outdated), level=messages.WARNING)
    else:
        told = _("Import terminé : %(created)d lieux ajoutés, %(updated)d modifiés.")
        undo = reverse("undo_site_import", args=[batch.pk])
        announce(request, told % done.report, undo_url=undo)
    return redirect("site_import", batch.pk)


@writes(NetworkPermission.IMPORT_SITES)
def undo_site_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an import back, unless something was recorded there."""
    batch = get_object_or_404(site_batches(), pk=pk)
    if request.method == "POST":
        imports.undo_import(batch.pk, by=actor_of(request).user, at=timezone.now())
        announce(request, _("Import annulé : le réseau est comme avant."))
    return redirect("site_import", batch.pk)


def _keep(form: UploadForm, request: HttpRequest) -> ImportBatch:
    content = form.content()
    return imports.keep_list(
        file_name=form.cleaned_data["file"].name,
        content=content,
        mapping=form.mapping(content),
        structure=form.cleaned_data["structure"],
        by=actor_of(request).user,
        at=timezone.now(),
    )


def _mapping_form(request: HttpRequest, batch: ImportBatch) -> tuple[Table, MappingForm]:
    mapping = batch.mapping
    encoding, separator = mapping.get("encoding", ""), mapping.get("separator", "")
    table = read_table(bytes(batch.content), encoding=encoding, separator=separator)
    data = request.POST or None
    structure = batch.options["structure"]
    return table, MappingForm(data, table=table, mapping=mapping, structure=structure)


def _checked(request: HttpRequest, batch: ImportBatch, form: MappingForm) -> bool:
    """Run the mapping of the form; keep what was typed when it is refused."""
    try:
        imports.check_list(
            batch.pk,
            mapping=form.content(),
            structure=form.cleaned_data["structure"],
            by=actor_of(request).user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _report(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    if not batch.report:
        return {}
    only = request.GET.get("lignes", "")
    found = batch.report
    tabs = [
        (Fate.CREATED, _("ajoutées"), found["created"]),
        (Fate.UPDATED, _("modifiées"), found["updated"]),
        (Fate.UNCHANGED, _("inchangées"), found["unchanged"]),
        (Fate.REFUSED, _("refusées"), found["refused"]),
        (WARNED, _("à vérifier"), len({warning["row"] for warning in found["warnings"]})),
    ]
    rows = report_rows(found, only=only)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {"report": found, "tabs": tabs, "only": only, "page_obj": page}


def _preview(table: Table) -> list[list[str]]:
    return [[row.cells[name] for name in table.columns] for row in table.rows[:PREVIEWED]]
