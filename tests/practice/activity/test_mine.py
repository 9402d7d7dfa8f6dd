"""« Mon activité »: one's own figures, by nobody else and of nobody else."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.ground.network.enums import Role, Status
from entremise.ground.network.models import Membership
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.queries.mine import period_of
from tests.cast import AT, DAY, SINCE, record


def mine(client, **asked: str):
    """Return the figures shown for the month of the tests, or what is asked."""
    answer = client.get(reverse("my_activity"), {"on": DAY.isoformat()} | asked)
    return answer.context["figures"]


@pytest.fixture
def colleague(cast):
    """Give Lyon a second mediator: the stranger of the cast takes the desk."""
    return Membership.objects.create(
        user=cast["stranger"], role=Role.MEDIATOR, status=Status.MEDIATOR,
        structure=cast.structures["lyon"], site=cast.sites["lyon"], starts_on=SINCE,
        invited_at=AT, invited_by=cast["admin"],
    )  # fmt: skip


def test_figures_are_those_of_the_acts_led_or_shared(cast, sign_in, colleague):
    explained = RequestContent(
        "energy-bill", "edf", "clear-misunderstanding", "resolved", explanation="both_sides"
    )
    record(cast, minutes=20, main_register=3, requests=(explained, RequestContent("tax")),
           participants=(ParticipantContent("f", "40-59", 2),))  # fmt: skip
    record(cast, mediator=colleague.pk, second_mediator=cast.memberships["mediator_lyon"].pk)
    record(cast, mediator=colleague.pk, requests=(RequestContent("work"),))
    record(cast, quarter=36, entry="wave", gathered=12, until_quarter=40, requests=())
    record(cast, mode="phone", entry="sheet", day=DAY + timedelta(days=1))
    corrected = record(cast, quarter=50)
    operations.undo_activity(corrected, by=cast["mediator_lyon"], at=AT)

    figures = mine(sign_in("mediator_lyon"))

    assert (figures.activities, figures.passages) == (4, 14)
    assert (figures.requests, figures.accompaniments) == (4, 16)
    assert figures.registers == [("registre 3", 1), ("aucun registre", 3)]
    assert figures.themes == [("énergie", 2), ("facture d’énergie", 1), ("impôts", 1)]
    assert figures.outcomes[-1] == ("non renseigné", 3)
    assert [(part.label, part.activities, part.passages) for part in figures.apart] == [
        ("vagues", 1, 12), ("saisies après coup, d’une feuille de pointage", 1, 0),
    ]  # fmt: skip
    assert {part.label: (part.count, part.asked) for part in figures.untold} == {
        "ce qui a été fait": (3, 4), "organisme": (3, 4), "issue": (3, 4), "durée": (3, 4),
        "public": (14, 16),
    }  # fmt: skip


def test_public_told_is_no_longer_counted_as_untold(cast, sign_in):
    record(cast, participants=(ParticipantContent("f", "40-59"),))

    untold = {part.label: part.share for part in mine(sign_in("mediator_lyon")).untold}

    assert (untold["public"], untold["issue"]) == (0.0, 100.0)


@pytest.mark.parametrize(
    ("span", "count", "label"),
    [("week", 7, "lun. 16"), ("month", 31, "16"), ("quarter", 14, "16/3"), ("year", 12, "mars")],
)
def test_bars_show_every_day_week_or_month_of_the_period(cast, sign_in, span, count, label):
    record(cast)
    record(cast, quarter=60)

    points = mine(sign_in("mediator_lyon"), period=span).over_time

    assert len(points) == count
    assert {name.lower(): n for name, n in points if n} == {label: 2}


@pytest.mark.parametrize(
    ("span", "first", "end"),
    [
        ("week", date(2026, 12, 28), date(2027, 1, 4)),
        ("month", date(2026, 12, 1), date(2027, 1, 1)),
        ("quarter", date(2026, 10, 1), date(2027, 1, 1)),
        ("year", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_period_is_the_calendar_one_that_holds_the_day(span, first, end):
    period = period_of(span, date(2026, 12, 31))

    assert (period.first, period.end) == (first, end)


def test_address_naming_somebody_else_shows_one_s_own_figures(cast, sign_in, colleague):
    record(cast)
    record(cast, mediator=colleague.pk, requests=(RequestContent("work"),) * 3)
    client = sign_in("mediator_lyon")
    others = {"mediator": str(colleague.pk), "membership": str(colleague.pk),
              "user": str(colleague.user_id), "by": str(colleague.user_id),
              "actor": str(colleague.user_id), "site": str(cast.sites["lille"].pk)}  # fmt: skip

    assert mine(client, **others) == mine(client)
    assert mine(client).activities == 1


def test_colleague_of_the_same_counter_sees_the_other_half(cast, sign_in, colleague):
    record(cast)
    record(cast, mediator=colleague.pk, requests=(RequestContent("work"),) * 3)

    assert mine(sign_in("stranger")).requests == 3
    assert mine(sign_in("reception_lyon")).activities == 0


@pytest.mark.parametrize(
    ("who", "code"),
    [("mediator_lyon", 200), ("reception_lyon", 200), ("site_lead_lyon", 403),
     ("director_lyon", 403), ("quality_lyon", 403), ("network_head", 403), ("dpo", 403),
     ("admin", 403), ("stranger", 404)],
)  # fmt: skip
def test_page_is_for_those_who_receive_and_for_nobody_above_them(cast, sign_in, who, code):
    record(cast)
    client = sign_in(who)

    address = f"{reverse('my_activity')}?mediator={cast.memberships['mediator_lyon'].pk}"

    assert client.get(address).status_code == code


def test_page_says_who_sees_it(cast, sign_in):
    page = sign_in("mediator_lyon").get(reverse("my_activity")).content.decode()

    assert "n’est montrée qu’à vous" in page
    assert "personne ne classe les personnes" in page


def test_acts_of_a_role_held_before_are_still_one_s_own(cast, sign_in):
    record(cast)
    old = cast.memberships["mediator_lyon"]
    old.ends_on = DAY + timedelta(days=1)
    old.save()
    Membership.objects.create(
        user=old.user, role=Role.MEDIATOR, status=Status.MEDIATOR, structure=old.structure,
        site=cast.sites["lyon_bus"], starts_on=old.ends_on, invited_at=AT,
        invited_by=cast["admin"],
    )  # fmt: skip

    assert mine(sign_in("mediator_lyon")).activities == 1


@pytest.mark.parametrize("asked", [{"on": "jamais"}, {"on": "0001-01-01"}, {"on": "9999-12-31"},
                                   {"period": "siècle"}])  # fmt: skip
def test_period_that_is_none_falls_back_to_the_month(cast, sign_in, asked):
    answer = sign_in("mediator_lyon").get(reverse("my_activity"), asked)

    assert answer.status_code == 200
    assert cast.actor("mediator_lyon").today in answer.context["period"]
    assert answer.context["later"] is None


def test_page_costs_the_same_for_one_act_and_for_many(cast, sign_in):
    client = sign_in("mediator_lyon")
    record(cast)
    mine(client)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            mine(client)
        return len(captured)

    one = cost()
    for rank in range(4):
        record(cast, quarter=40 + rank, requests=(RequestContent("tax"), RequestContent("work")))

    assert cost() == one
