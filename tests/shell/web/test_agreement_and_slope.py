"""Two of the three tests that every domain owes: lists agree with rules; lists cost the same."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.foundation.access import actors
from entremise.foundation.access.rights import can, reading_permission
from entremise.foundation.core.periods import day_in_paris
from entremise.ground.network.enums import Role
from entremise.ground.network.models import Membership, Site, Structure
from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.enums import ActivityPermission
from entremise.practice.activity.models import Activity, LocalTag, MonthClosing
from entremise.practice.activity.operations import close_month
from tests.cast import AT, PLACES, SINCE, record

EVERYBODY = [*PLACES, "stranger"]


@pytest.mark.parametrize("model", [Activity, LocalTag, MonthClosing, Site, Structure, Membership])
def test_list_and_detail_agree_on_who_may_read(cast, model):
    record(cast)
    record(cast, "lille")
    record(cast, day=cast.actor("mediator_lyon").today)
    LocalTag.objects.create(structure=cast.structures["lyon"], label="Ici", theme_id="energy")
    for place in ("lyon", "lille"):
        close_month(cast.structures[place], date(2026, 2, 1), by=cast["director_lyon"], at=AT)
    permission = reading_permission(model)
    seen_by = {}

    for who in EVERYBODY:
        actor = cast.actor(who)
        rows = list(model.objects.all())
        readable = {row.pk for row in rows if can(actor, permission, row)}
        assert set(model.objects.visible_to(actor).values_list("pk", flat=True)) == readable, who
        seen_by[who] = len(readable)

    assert seen_by["stranger"] == 0
    assert len(set(seen_by.values())) > 1


@pytest.mark.parametrize("permission", list(ActivityPermission))
def test_each_right_on_a_place_is_the_same_in_a_list_and_one_by_one(cast, permission):
    model = {
        "activity.record": Site,
        "activity.read_day": Site,
        "activity.review": Site,
        "activity.close_month": MonthClosing,
        "activity.manage_tags": LocalTag,
    }
    asked = model.get(permission, Activity)
    record(cast)
    LocalTag.objects.create(structure=cast.structures["lyon"], label="Ici", theme_id="energy")

    for who in EVERYBODY:
        actor = cast.actor(who)
        one_by_one = {row.pk for row in asked.objects.all() if can(actor, permission, row)}
        listed = asked.objects.visible_to(actor, may=permission).values_list("pk", flat=True)
        assert set(listed) == one_by_one, who


def test_role_without_a_table_sees_nothing(cast):
    person = cast["stranger"]
    Membership.objects.create(
        user=person, role="new_role", structure=cast.structures["lyon"], starts_on=SINCE,
        invited_at=AT, invited_by=cast["admin"],
    )  # fmt: skip
    record(cast)

    actor = cast.actor("stranger")
    assert not Activity.objects.visible_to(actor).exists()
    assert not any(can(actor, permission) for permission in ActivityPermission)


def test_role_that_ended_yesterday_gives_nothing_today(cast, sign_in):
    membership = cast.memberships["mediator_lyon"]
    membership.ends_on = day_in_paris(AT)
    membership.save()

    assert sign_in("mediator_lyon").get(reverse("acts")).status_code == 404


def _queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def _act_of_today(cast, quarter: int) -> None:
    record(
        cast,
        day=cast.actor("mediator_lyon").today,
        quarter=quarter,
        requests=(
            RequestContent("energy-bill", "edf", "inform", "resolved"),
            RequestContent("tax"),
        ),
        participants=(ParticipantContent("f", "40-59"),),
    )


@pytest.mark.parametrize(("route", "who"), [("acts", "mediator_lyon"), ("today", "mediator_lyon")])
def test_list_of_acts_costs_the_same_for_one_and_three(cast, sign_in, route, who):
    _act_of_today(cast, 30)
    client = sign_in(who)
    one = _queries(client, reverse(route))

    _act_of_today(cast, 31)
    _act_of_today(cast, 32)

    assert _queries(client, reverse(route)) == one


@pytest.mark.parametrize(
    ("route", "who"),
    [
        ("sites", "network_head"),
        ("map_points", "network_head"),
        ("structures", "network_head"),
        ("members", "network_head"),
        ("journal", "dpo"),
        ("site_imports", "network_head"),
    ],
)
def test_list_of_the_network_costs_the_same_for_few_and_many(cast, sign_in, route, who):
    client = sign_in(who)
    few = _queries(client, reverse(route))

    for rank in range(3):
        added = Structure.objects.create(
            network=cast.network, code=f"s{rank}", name=f"Structure {rank}", sort_name=f"s {rank}"
        )
        site = Site.objects.create(
            structure=added, name=f"Lieu {rank}", sort_name=f"lieu {rank}", kind="fixed",
            commune=cast.sites["lyon"].commune, opening_hours="Mo-Fr 09:00-12:00",
        )  # fmt: skip
        Membership.objects.create(
            user=cast["stranger"], role=Role.MEDIATOR, structure=added, site=site,
            starts_on=SINCE - timedelta(days=rank), invited_at=AT, invited_by=cast["admin"],
        )  # fmt: skip
        with actors.acting_as(cast.actor("mediator_lyon")):
            record(cast, quarter=40 + rank)

    assert _queries(client, reverse(route)) == few
