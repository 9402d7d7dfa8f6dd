"""The table that the national France services tool asks for, ready to copy: no double entry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads
from entremise.foundation.core.periods import Period
from entremise.ground.reference.models import Operator, Outcome, Theme
from entremise.insight.statistics import sources
from entremise.insight.statistics.engine import Scope
from entremise.insight.statistics.enums import Channel
from entremise.insight.statistics.enums import StatisticsPermission as May
from entremise.insight.statistics.forms import FranceServicesForm
from entremise.insight.statistics.rules import scope_of
from entremise.insight.statistics.tables import Line, Table
from entremise.insight.statistics.views.figures import csv_answer
from entremise.practice.activity.enums import Mode

CHANNELS = {
    Mode.WALK_IN: Channel.COUNTER,
    Mode.APPOINTMENT: Channel.COUNTER,
    Mode.PHONE: Channel.PHONE,
    Mode.MESSAGE: Channel.REMOTE,
    Mode.VIDEO: Channel.REMOTE,
    Mode.MAIL: Channel.MAIL,
    Mode.HOME: Channel.OUTSIDE,
    Mode.OUTSIDE: Channel.OUTSIDE,
    Mode.THIRD_PARTY: Channel.THIRD_PARTY,
}


@reads(May.REPORT_FRANCE_SERVICES)
def france_services_table(request: HttpRequest) -> HttpResponse:
    """Show the requests answered under France services on a day or in a month; `?format=csv` gives
    the file.
    """
    actor = actor_of(request)
    scope = scope_of(actor, May.REPORT_FRANCE_SERVICES)
    form = FranceServicesForm(request.GET, scope=scope, today=actor.today)
    form.is_valid()
    period = form.asked_period()
    table = _table(form.place(), period)
    if request.GET.get("format") == "csv":
        return csv_answer(table, period.first.isoformat())
    query = request.GET.copy()
    query["format"] = "csv"
    context = {
        "form": form,
        "period": period,
        "table": table,
        "total": sum(int(line.cells[-1] or 0) for line in table.lines),
        "csv_url": f"?{query.urlencode()}",
    }
    return render(request, "statistics/france_services.html", context)


def _table(place: Scope, period: Period) -> Table:
    operators = {one.code: one for one in Operator.objects.all()}
    themes = {one.code: one.name for one in Theme.objects.all()}
    outcomes = {one.code: one.name for one in Outcome.objects.all()}
    counted: dict[tuple[str, str, str, Channel], int] = {}
    for operator, theme, outcome, mode, count in sources.france_services_rows(place, period):
        key = (operator, theme, outcome, CHANNELS[Mode(mode)])
        counted[key] = counted.get(key, 0) + count

    def name(code: str) -> str:
        if not code:
            return _("non renseigné")
        if operators[code].is_of_france_services(period.first):
            return operators[code].name
        return _("%(name)s (hors France services)") % {"name": operators[code].name}

    def order(key: tuple[str, str, str, Channel]) -> tuple[bool, int, str, str, str]:
        known = operators.get(key[0])
        is_outside = known is None or not known.is_of_france_services(period.first)
        position = known.position if known else 10_000
        return is_outside, position, themes[key[1]], outcomes.get(key[2], ""), str(key[3].label)

    lines = [
        Line(
            name(key[0]),
            (
                themes[key[1]],
                outcomes.get(key[2], _("non renseigné")),
                str(key[3].label),
                counted[key],
            ),
        )
        for key in sorted(counted, key=order)
    ]
    return Table(
        "france-services",
        _("Demandes traitées dans le cadre France services"),
        (_("organisme"), _("démarche"), _("issue"), _("canal"), _("demandes")),
        tuple(lines),
    )
