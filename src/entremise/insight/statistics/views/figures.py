"""The page of figures and its tables as files; counts only, never a person, never a name."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import reads
from entremise.foundation.access.rights import can
from entremise.foundation.ui import charts
from entremise.foundation.ui.formats import grouped
from entremise.ground.network.models import Site, Structure
from entremise.insight.statistics import facts, indicators, sheets
from entremise.insight.statistics.breakdowns import Links, no_links
from entremise.insight.statistics.engine import Scope
from entremise.insight.statistics.enums import StatisticsPermission as May
from entremise.insight.statistics.forms import FigureForm
from entremise.insight.statistics.rules import scope_of
from entremise.insight.statistics.tables import Table, as_csv
from entremise.practice.activity.enums import ActivityPermission

MANY = 10_000


@reads(May.READ)
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a place and a period."""
    actor = actor_of(request)
    form, found, sheet = _ask(request, actor)
    period, place = form.asked_period(), form.place()
    context = {
        "form": form,
        "period": period,
        "as_of": form.as_of_day(),
        "found": found,
        "cards": _cards(found, sheet),
        "bars": [(bar, _in_short(bar.value)) for bar in charts.bars_of(sheet.points)],
        "view_box": charts.view_box(len(sheet.points)),
        "ground": charts.GROUND,
        "tables": sheet.tables,
        "shares": sheet.shares,
        "untold": sheet.untold,
        "dictionary": indicators.DICTIONARY,
        "place": _name_of(place),
        "query": request.GET.urlencode(),
    }
    return render(request, "statistics/figures.html", context)


@reads(May.READ)
def figures_csv(request: HttpRequest, table: str) -> HttpResponse:
    """Answer one table of the page as a file."""
    form, found, sheet = _ask(request, actor_of(request))
    tables = sheet.tables | {"daily": sheets.daily(found)}
    if table not in tables:
        raise Http404
    return csv_answer(tables[table], form.asked_period().first.isoformat())


def csv_answer(table: Table, day: str) -> HttpResponse:
    """Answer a table as a CSV file named after it and the first day of its period."""
    answer = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table.name}-{day}.csv"'
    return answer


def _ask(request: HttpRequest, actor: Actor) -> tuple[FigureForm, facts.Figures, sheets.Sheet]:
    form = FigureForm(request.GET, scope=scope_of(actor), today=actor.today)
    form.is_valid()
    period, place, as_of = form.asked_period(), form.place(), form.as_of_day()
    found = facts.figures(place, period, as_of=as_of)
    last = max([as_of or actor.today, *found.by_day])
    return form, found, sheets.sheet_of(found, period, place, _links(actor, form), last=last)


def _links(actor: Actor, form: FigureForm) -> Links:
    """Lead to the acts who may read them, and only for what is known now."""
    if form.as_of_day() or not can(actor, ActivityPermission.READ):
        return no_links
    return sheets.acts_links(form.asked_period(), form.place())


def _cards(found: facts.Figures, sheet: sheets.Sheet) -> list[dict[str, Any]]:
    frozen = found.closed.frozen if found.closed else None
    return [
        {
            "indicator": one,
            "value": getattr(found.total, one.code),
            "url": line.url,
            "frozen": getattr(frozen or found.total, one.code),
        }
        for one, line in zip(indicators.COUNTERS, sheet.tables["counters"].lines, strict=False)
    ]


def _in_short(value: float) -> str:
    """Write a count above its bar: thousands as k from ten thousand on, nothing for zero."""
    if value >= MANY:
        return f"{grouped(value / 1000)}\u00a0k"
    return grouped(value) if value else ""


def _name_of(place: Scope) -> str:
    for model, chosen in ((Site, place.sites), (Structure, place.structures)):
        if chosen:
            names = model.objects.filter(pk__in=chosen).in_order()
            return ", ".join(names.values_list("name", flat=True))
    return ""
