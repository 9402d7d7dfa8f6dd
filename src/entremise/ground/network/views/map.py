"""The map, its points and its outlines; the list beside it says the same."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.forms.filters import SiteFilters
from entremise.ground.network.queries import directory
from entremise.ground.network.queries.outlines import outlines_of

LIST_SIZE = 10
TILES_ATTRIBUTION = "© OpenStreetMap"


@reads(May.READ_DIRECTORY)
def network_map(request: HttpRequest) -> HttpResponse:
    """Show the map beside the list of the same places."""
    actor = actor_of(request)
    filters = SiteFilters(request.GET, actor=actor)
    found = directory.sites_found(actor, filters.search())
    context = {
        "filters": filters,
        "page": Paginator(found, LIST_SIZE).get_page(request.GET.get("page")),
        "unplaced_count": found.filter(latitude=None).count(),
        "has_outlines": outlines_of(settings.OUTLINES_FILE) is not None,
        "tiles": settings.TILES_URL,
        "attribution": TILES_ATTRIBUTION,
    }
    return render(request, "network/map.html", context)


@reads(May.READ_DIRECTORY)
def map_points(request: HttpRequest) -> HttpResponse:
    """Answer the points of the same search, as the map reads them."""
    actor = actor_of(request)
    search = SiteFilters(request.GET, actor=actor).search()
    return JsonResponse(directory.points_of(directory.sites_found(actor, search)))


@reads(May.READ_DIRECTORY)
def map_outlines(request: HttpRequest) -> HttpResponse:
    """Answer the operator's outlines, or 404 when there are none."""
    outlines = outlines_of(settings.OUTLINES_FILE)
    if outlines is None:
        raise Http404
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(
        outlines.packed if packs else outlines.plain, content_type="application/geo+json"
    )
    if packs:
        answer["Content-Encoding"] = "gzip"
    answer["Cache-Control"] = "private, max-age=86400"
    answer["ETag"] = f"W/{outlines.etag}"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
