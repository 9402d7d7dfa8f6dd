"""The journal of decisions, for those who answer for it; reading it is itself noted."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.forms.filters import JournalFilters
from entremise.ground.network.queries.journal import DAYS_SHOWN, decision_lines, decisions_found

PAGE_SIZE = 50


@reads(May.READ_JOURNAL, confidential="journal.read")
def decisions(request: HttpRequest) -> HttpResponse:
    """List the decisions of a month, the newest first."""
    filters = JournalFilters(request.GET)
    found = decisions_found(verb=filters.verb(), until=filters.until(actor_of(request).today))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = decision_lines(page.object_list)
    context = {"filters": filters, "page": page, "lines": lines, "days_shown": DAYS_SHOWN}
    return render(request, "network/journal.html", context)
