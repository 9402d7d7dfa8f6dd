"""« Mon activité »: a mediator's own figures, shown to nobody else."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.queries import mine
from entremise.practice.activity.queries.mine import MONTH, QUARTER, WEEK, YEAR

LATEST_YEARS = 20


@reads(May.SEE_OWN)
def my_activity(request: HttpRequest) -> HttpResponse:
    """Show the acts that the person signed in led or shared, counted over a period."""
    actor = actor_of(request)
    spans = {
        WEEK: (_("semaine"), _("Activités par jour"), _("Jour")),
        MONTH: (_("mois"), _("Activités par jour"), _("Jour")),
        QUARTER: (_("trimestre"), _("Activités par semaine"), _("Semaine du")),
        YEAR: (_("année"), _("Activités par mois"), _("Mois")),
    }
    asked = request.GET.get("period", "")
    span = asked if asked in spans else MONTH
    day = _day_of(request.GET.get("on", ""), actor.today)
    period = mine.period_of(span, day)
    context = {
        "figures": mine.own_figures(actor, span, period),
        "period": period,
        "span": span,
        "spans": [(code, words[0]) for code, words in spans.items()],
        "chart_title": spans[span][1],
        "chart_head": spans[span][2],
        "on": day,
        "earlier": period.first - timedelta(days=1),
        "later": period.end if period.end <= actor.today else None,
    }
    return render(request, "activity/mine.html", context)


def _day_of(text: str, today: date) -> date:
    """Return the day asked, today when it is none, is to come, or was before the network."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if date(today.year - LATEST_YEARS, 1, 1) <= day <= today else today
