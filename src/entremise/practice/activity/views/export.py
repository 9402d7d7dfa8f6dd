"""The list of acts as a CSV file, with the filters of the list."""

import csv
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import reads
from entremise.foundation.ui.formats import grouped
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.models import Site
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.forms.filters import ActFilterForm
from entremise.practice.activity.queries import day as days
from entremise.practice.activity.queries.acts import ActFilters
from entremise.practice.activity.queries.export import export_header, export_lines

LINES_AT_MOST = 100_000
IN_MEMORY = 1_000_000  # bytes; what exceeds them waits in a nameless file


@reads(May.EXPORT, confidential="activity.exported")
def export_acts(request: HttpRequest) -> HttpResponse | FileResponse:
    """Send the acts of the list as UTF-8 with BOM, separated by « ; »; too many are refused."""
    actor = actor_of(request)
    sites = days.desk_sites(actor, May.READ_DAY)
    form = ActFilterForm(request.GET, sites=sites, today=actor.today)
    back = f"{reverse('acts')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    filters = form.filters()
    file = _written(actor, filters)
    if file is None:
        announce(
            request,
            _(
                "Cette liste dépasse %(count)s lignes. Choisissez une période plus courte, puis"
                " exportez à nouveau."
            )
            % {"count": grouped(LINES_AT_MOST)},
            level=messages.WARNING,
        )
        return redirect(back)
    return FileResponse(
        file,
        as_attachment=True,
        filename=_file_name(sites, filters),
        content_type="text/csv; charset=utf-8",
    )


def _written(actor: Actor, filters: ActFilters) -> IO[bytes] | None:
    """Write the whole file inside the transaction of the door; None when it would be too long."""
    file: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(export_header())
    for count, line in enumerate(export_lines(actor, filters), start=1):
        if count > LINES_AT_MOST:
            text.close()
            return None
        writer.writerow(line)
    text.flush()
    text.detach()
    file.seek(0)
    return file


def _file_name(sites: list[Site], filters: ActFilters) -> str:
    chosen = [site for site in sites if str(site.pk) == str(filters.site)] or sites
    place = ""
    if chosen:
        place = chosen[0].name if len(chosen) == 1 else chosen[0].structure.name
    first, last = (filters.period.first, filters.period.last) if filters.period else ("", "")
    return "-".join(filter(None, ["accueils", slugify(place), str(first), str(last)])) + ".csv"
