"""Reading over a day: what deserves a look, what a validation covers, and who may."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.foundation.access.actors import acting_as
from entremise.foundation.access.rights import can
from entremise.foundation.core.todos import todos_for
from entremise.foundation.journal.models import Decision
from entremise.ground.network.duties import system_actor
from entremise.ground.network.enums import ClosureReason, HalfDay
from entremise.ground.network.models import OpeningException, Site
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ParticipantContent
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.enums import Entry
from entremise.practice.activity.errors import DayChanged, NothingToReview
from entremise.practice.activity.models import Activity, DayReview
from entremise.practice.activity.queries import reviews
from entremise.practice.activity.queries.anomalies import ReadAct, ReadDay, found_in
from tests.cast import AT, DAY, PLACES, act_content, build_cast, record

DESK_DAY = ((540, 720), (840, 1020))  # 9 h to noon, 14 h to 17 h
ORDINARY = ReadAct(
    pk=uuid4(), to_review=True, entry=Entry.DIRECT, quarter=40, on_site=True, told=True
)


def said_of(*acts: ReadAct, slots=DESK_DAY) -> list[str]:
    """Return every sentence found in a day of these acts."""
    found = found_in(ReadDay(acts, slots))
    return [str(said) for said in [*chain(*found.of_acts.values()), *found.of_day]]


def test_ordinary_day_has_nothing_to_look_at():
    assert said_of(ORDINARY) == []


@pytest.mark.parametrize(
    ("changes", "slots", "sentence"),
    [
        ({}, (), "sur place, un jour où ce lieu est fermé"),
        ({"quarter": 31}, DESK_DAY, "sur place, à plus d’une heure des horaires d’ouverture"),
        ({"quarter": 73}, DESK_DAY, "sur place, à plus d’une heure des horaires d’ouverture"),
        ({"minutes": 241}, DESK_DAY, "plus de quatre heures"),
        ({"entry": Entry.WAVE, "gathered": 61}, DESK_DAY, "vague de plus de 60 personnes"),
        ({"corrected": True}, DESK_DAY, "corrigé après une relecture"),
        ({"late": True}, DESK_DAY, "saisi après coup"),
    ],
)
def test_rule_finds_what_it_is_about(changes, slots, sentence):
    assert said_of(replace(ORDINARY, **changes), slots=slots) == [sentence]


@pytest.mark.parametrize(
    ("changes", "slots"),
    [
        ({"on_site": False}, ()),  # a call or a round on a day of closure
        ({}, None),  # nobody knows the hours
        ({"quarter": 32}, DESK_DAY),  # an hour before the doors open
        ({"quarter": 50}, DESK_DAY),  # over lunch
        ({"quarter": 72}, DESK_DAY),  # an hour after
        ({"minutes": 240}, DESK_DAY),
        ({"entry": Entry.WAVE, "gathered": 60}, DESK_DAY),
        ({"entry": Entry.IMPORTED, "late": True, "minutes": 600}, DESK_DAY),
        ({"to_review": False, "late": True}, DESK_DAY),
    ],
)
def test_rule_leaves_alone_what_is_at_its_edge(changes, slots):
    assert said_of(replace(ORDINARY, **changes), slots=slots) == []


def test_same_content_is_found_at_the_third():
    twins = [replace(ORDINARY, pk=uuid4(), content=b"same") for _rank in range(3)]

    assert said_of(*twins[:2]) == []
    assert len(said_of(*twins)) == 3


@pytest.mark.parametrize(("untold", "is_found"), [(4, False), (5, True)])
def test_day_whose_public_is_hardly_told_is_found_above_four_fifths(untold, is_found):
    acts = [replace(ORDINARY, pk=uuid4(), told=rank >= untold) for rank in range(5)]
    acts.append(replace(ORDINARY, pk=uuid4(), told=None))

    assert bool(said_of(*acts)) is is_found


def findings(cast, place="lyon", day=DAY) -> list[str]:
    read = reviews.day_as_read(cast.sites[place], day)
    return [said for one in read.flagged for said in one.sentences]


def test_visit_on_a_day_of_closure_is_found_and_a_call_is_not(cast):
    site = cast.sites["lyon"]
    OpeningException.objects.create(
        site=site, day=DAY, half_day=HalfDay.DAY, reason=ClosureReason.STAFF,
        noted_at=AT, noted_by=cast["director_lyon"],
    )  # fmt: skip
    record(cast)
    record(cast, mode="phone", place_kind="remote", quarter=38)

    assert findings(cast) == ["sur place, un jour où ce lieu est fermé"]


def test_visit_on_a_public_holiday_is_found(cast):
    first_of_may = date(2025, 5, 1)
    record(cast, day=first_of_may)

    assert "sur place, un jour où ce lieu est fermé" in findings(cast, day=first_of_may)


def test_late_is_judged_by_the_day_of_the_place_and_not_by_paris(cast):
    far = cast.sites["lyon"]
    Site.objects.filter(pk=far.pk).update(time_zone="America/Martinique")
    evening = AT.replace(hour=23, minute=30)  # 19 h 30 there, the next day in Paris
    content = act_content(cast, mode="phone", place_kind="remote")
    operations.record_activity(content, act=uuid4(), by=cast["mediator_lyon"], at=evening)
    far.refresh_from_db()

    assert reviews.day_as_read(far, DAY).flagged == []


def test_three_equal_visits_of_a_quarter_of_an_hour_are_found(cast):
    for _rank in range(3):
        record(cast)

    assert len(findings(cast)) == 3


def test_validation_covers_what_was_shown_and_leaves_a_trace(cast):
    first, lead = record(cast), cast["site_lead_lyon"]
    seen = reviews.day_as_read(cast.sites["lyon"], DAY).seen

    review = operations.review_day(cast.sites["lyon"], DAY, by=lead, at=AT, seen=seen)

    first.refresh_from_db()
    assert (first.reviewed_on, review.act_count) == (DAY, 1)
    assert Decision.objects.get(verb="activity.day_reviewed").subject_id == str(review.pk)


def test_act_recorded_while_the_page_was_open_is_not_validated_unseen(cast):
    record(cast)
    seen = reviews.day_as_read(cast.sites["lyon"], DAY).seen
    record(cast, quarter=39)

    with pytest.raises(DayChanged):
        operations.review_day(cast.sites["lyon"], DAY, by=cast["site_lead_lyon"], at=AT, seen=seen)

    assert not Activity.objects.filter(reviewed_on__isnull=False).exists()


def test_act_recorded_after_a_validation_waits_for_the_next(cast):
    record(cast)
    lead, site = cast["site_lead_lyon"], cast.sites["lyon"]
    operations.review_day(site, DAY, by=lead, at=AT)

    later = record(cast, quarter=39)

    assert [act.pk for act in reviews.acts_to_review(cast.actor("site_lead_lyon"))] == [later.pk]


def test_second_click_on_validate_writes_nothing(cast):
    record(cast)
    lead, site = cast["site_lead_lyon"], cast.sites["lyon"]
    operations.review_day(site, DAY, by=lead, at=AT)

    with pytest.raises(NothingToReview):
        operations.review_day(site, DAY, by=lead, at=AT)

    assert DayReview.objects.count() == 1


def test_only_the_lead_of_the_place_may_review_it(cast):
    site = cast.sites["lyon"]

    assert [who for who in PLACES if can(cast.actor(who), May.REVIEW, site)] == ["site_lead_lyon"]


def test_page_of_a_day_shows_what_deserves_a_look_first(cast, sign_in):
    record(cast, minutes=300, quarter=60)
    record(cast, quarter=38)

    page = sign_in("site_lead_lyon").get(
        reverse("review_day", args=[cast.sites["lyon"].pk, DAY.isoformat()])
    )

    text = page.content.decode()
    assert text.index("plus de quatre heures") < text.index("Les autres accueils")
    assert "Mediator Lyon" not in text


def test_page_posted_after_a_change_is_shown_again_with_a_sentence(cast, sign_in):
    record(cast)
    client, site = sign_in("site_lead_lyon"), cast.sites["lyon"]
    address = reverse("review_day", args=[site.pk, DAY.isoformat()])
    seen = client.get(address).context["read"].seen
    record(cast, quarter=39)

    again = client.post(address, {"seen": seen})

    assert again.status_code == 409
    assert "a changé depuis" in again.content.decode()
    assert client.post(address, {"seen": again.context["read"].seen}).status_code == 302
    assert not Activity.objects.filter(reviewed_on=None).exists()


def test_double_click_on_the_page_validates_once(cast, sign_in):
    record(cast)
    client, site = sign_in("site_lead_lyon"), cast.sites["lyon"]
    address = reverse("review_day", args=[site.pk, DAY.isoformat()])
    seen = client.get(address).context["read"].seen

    answers = [client.post(address, {"seen": seen}).status_code for _click in range(2)]

    assert (answers, DayReview.objects.count()) == ([302, 302], 1)


def test_days_ticked_in_the_list_are_validated_one_by_one(cast, sign_in):
    for rank in range(2):
        record(cast, day=DAY - timedelta(days=rank))
    client = sign_in("site_lead_lyon")
    lines = client.get(reverse("reviews")).context["page"].object_list
    ticks = [f"{line.site.pk}:{line.day.isoformat()}:{line.seen}" for line in lines]
    record(cast, quarter=39)

    client.post(reverse("reviews"), {"days": ticks})

    assert [review.day for review in DayReview.objects.all()] == [DAY - timedelta(days=1)]


@pytest.mark.parametrize(
    "told", ["nonsense", "35d06858-c169-459f-bcab-f75bf84ef776:2026-03-16:x", "::"]
)
def test_tick_that_names_no_day_of_the_lead_is_refused(cast, sign_in, told):
    record(cast)

    assert sign_in("site_lead_lyon").post(reverse("reviews"), {"days": [told]}).status_code == 404


def test_lead_is_told_of_the_days_that_wait_in_one_query(cast):
    record(cast, day=DAY - timedelta(days=3))
    record(cast, day=DAY - timedelta(days=3), quarter=38)
    record(cast)
    lead, mediator = cast.actor("site_lead_lyon"), cast.actor("mediator_lyon")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = reviews.days_waiting(lead, DAY + timedelta(days=1))

    assert (found, len(asked)) == ((2, DAY - timedelta(days=3)), 1)
    assert "2 journées à relire" in [todo.label for todo in todos_for(lead, lead.today)]
    assert not [todo for todo in todos_for(mediator, lead.today) if "relire" in str(todo.label)]


def test_list_of_days_costs_the_same_for_one_and_four(cast, sign_in):
    client = sign_in("site_lead_lyon")
    record(cast)
    client.get(reverse("reviews"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("reviews"))

    for rank in range(1, 4):
        record(cast, day=DAY - timedelta(days=rank))
        record(cast, quarter=40 + rank, participants=(ParticipantContent("f", "40-59"),))

    with CaptureQueriesContext(connection) as four:
        assert len(client.get(reverse("reviews")).context["page"].object_list) == 4
    assert len(four) == len(one)


def test_page_of_a_day_costs_the_same_for_one_and_three(cast, sign_in):
    client = sign_in("site_lead_lyon")
    address = reverse("review_day", args=[cast.sites["lyon"].pk, DAY.isoformat()])
    record(cast)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)

    record(cast, quarter=39)
    record(cast, quarter=80)

    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


def test_two_validations_at_once_make_one(transactional_owner):
    cast = build_cast()
    with acting_as(system_actor(cast["admin"])):
        for quarter in (37, 38, 39):
            record(cast, quarter=quarter)
    together = Barrier(2)

    def validate(_rank: int) -> str:
        try:
            with acting_as(cast.actor("site_lead_lyon")):
                together.wait()
                operations.review_day(cast.sites["lyon"], DAY, by=cast["site_lead_lyon"], at=AT)
        except NothingToReview:
            return "refused"
        finally:
            connection.close()
        return "validated"

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(validate, range(2)))

    assert told == ["refused", "validated"]
    with acting_as(system_actor(cast["admin"])):
        assert [review.act_count for review in DayReview.objects.all()] == [3]
