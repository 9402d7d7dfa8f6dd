"""Closing a month: its counts are frozen once, by the director, and nothing changes them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from entremise.foundation.access import actors
from entremise.foundation.access.rights import can
from entremise.foundation.journal.models import Decision
from entremise.ground.network.models import Site
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.enums import Motive, Slice
from entremise.practice.activity.errors import MonthAlreadyClosed, MonthNotOver, MotiveNeeded
from entremise.practice.activity.models import ActNote, DayReview, FrozenCount, MonthClosing
from entremise.practice.activity.queries import closings
from tests.cast import AT, PLACES, act_content, record
from tests.practice.activity.counting import counted_from_versions

MARCH = date(2026, 3, 1)
IN_APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
LATER = IN_APRIL + timedelta(minutes=1)


def close(cast, at=IN_APRIL, month=MARCH, place="lyon") -> MonthClosing:
    return operations.close_month(cast.structures[place], month, by=cast["director_lyon"], at=at)


def test_closing_freezes_the_counters_of_the_structure_alone(cast):
    record(
        cast,
        commune="00069",
        commune_answer="yes",
        participants=(ParticipantContent("f", "40-59", 2),),
        requests=(RequestContent("energy"), RequestContent("tax")),
    )
    record(cast, mode="phone", place_kind="remote")
    record(cast, day=date(2026, 2, 27))
    record(cast, "lille")

    frozen = closings.frozen_counts(close(cast))

    assert frozen[Slice.TOTAL, ""] == (2, 1, 3, 3, 2)
    assert frozen[Slice.REGISTER, "none"] == (2, 1, 3, 3, 0)
    assert frozen[Slice.COMMUNE, "00069"] == (1, 1, 2, 2, 0)
    assert frozen[Slice.COMMUNE, ""] == (1, 0, 1, 1, 0)
    assert frozen[Slice.THEME, "tax"][:3] == (1, 1, 1)
    assert frozen[Slice.PUBLIC, "f:40-59"][3] == 2


def test_closing_counts_apart_what_nobody_has_read(cast):
    record(cast)
    operations.review_day(cast.sites["lyon"], date(2026, 3, 16), by=cast["site_lead_lyon"], at=AT)
    record(cast, day=date(2026, 3, 17))

    assert closings.frozen_counts(close(cast))[Slice.TOTAL, ""] == (2, 2, 2, 2, 1)


def test_closing_is_written_in_the_journal(cast):
    record(cast)

    closing = close(cast)

    written = Decision.objects.get(verb="activity.month_closed")
    assert (written.subject_id, written.detail) == (str(closing.pk), "2026-03")


def test_month_that_still_runs_is_refused(cast):
    record(cast)

    with pytest.raises(MonthNotOver):
        close(cast, at=datetime(2026, 3, 31, 21, 59, tzinfo=UTC))


def test_month_ends_when_it_has_ended_in_every_place(cast):
    Site.objects.filter(pk=cast.sites["lyon"].pk).update(time_zone="America/Martinique")

    with pytest.raises(MonthNotOver):
        close(cast, at=datetime(2026, 4, 1, 3, 59, tzinfo=UTC))

    assert close(cast, at=datetime(2026, 4, 1, 4, 0, tzinfo=UTC)).month == MARCH


def test_month_is_closed_once(cast):
    record(cast)
    close(cast)

    with pytest.raises(MonthAlreadyClosed):
        close(cast)

    assert FrozenCount.objects.filter(slice=Slice.TOTAL).count() == 1


@pytest.mark.parametrize("what", ["correct", "undo", "record"])
def test_what_changes_after_a_closing_leaves_its_counts(cast, what):
    first, who = record(cast), cast["mediator_lyon"]
    closing = close(cast)
    before = closings.frozen_counts(closing)

    if what == "correct":
        content = act_content(cast, requests=(RequestContent("water"), RequestContent("tax")))
        operations.correct_activity(first, content, by=who, at=LATER, motive=Motive.MISTYPED)
    elif what == "undo":
        operations.undo_activity(first, by=who, at=LATER, motive=Motive.TWICE)
    else:
        operations.record_activity(act_content(cast, quarter=50), act=uuid4(), by=who, at=LATER)

    assert closings.frozen_counts(closing) == before
    now = closings.counts_now(closing, closings.SHOWN)
    assert now[Slice.TOTAL, ""] != before[Slice.TOTAL, ""]
    assert _counters(now) == _counters(counted_from_versions(closing, LATER))


def _counters(counts: closings.Counts) -> closings.Counts:
    """Keep the four counters of the slices shown, and what is not nought."""
    return {
        key: told[:4] for key, told in counts.items() if key[0] in closings.SHOWN and any(told[:4])
    }


def test_closing_remade_for_a_past_instant_ignores_what_came_after(cast):
    first = record(cast)
    operations.undo_activity(first, by=cast["mediator_lyon"], at=IN_APRIL)

    closing = close(cast, at=datetime(2026, 4, 1, 9, tzinfo=UTC))

    assert closings.frozen_counts(closing)[Slice.TOTAL, ""][0] == 1


def test_correction_in_a_closed_month_asks_for_its_motive(cast):
    first = record(cast)
    close(cast)

    with pytest.raises(MotiveNeeded):
        operations.undo_activity(first, by=cast["mediator_lyon"], at=IN_APRIL)


@pytest.mark.parametrize("model", [MonthClosing, FrozenCount, DayReview])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_what_was_closed_or_reviewed_cannot_be_changed_by_the_application(cast, model, change):
    record(cast)
    operations.review_day(cast.sites["lyon"], date(2026, 3, 16), by=cast["site_lead_lyon"], at=AT)
    close(cast)
    table = model._meta.db_table
    asked = {"update": f"UPDATE {table} SET structure_id = NULL", "delete": f"DELETE FROM {table}"}

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(asked[change])


@pytest.mark.parametrize("model", [MonthClosing, FrozenCount, DayReview, ActNote])
def test_each_structure_sees_its_own_rows_without_any_filter(cast, model):
    for place in ("lyon", "lille"):
        record(cast, place, note="À rappeler après le courrier")
        lead = cast[f"site_lead_{place}"]
        operations.review_day(cast.sites[place], date(2026, 3, 16), by=lead, at=AT)
        close(cast, place=place)

    for place in ("lyon", "lille"):
        with actors.acting_as(cast.actor(f"site_lead_{place}")):
            seen = set(model.objects.values_list("structure", flat=True))
        assert seen == {cast.structures[place].pk}
    with actors.acting_as(cast.actor("network_head")):
        assert not model.objects.exists()


def test_only_the_director_of_the_structure_may_close_its_months(cast):
    closing = close(cast)
    allowed = [who for who in PLACES if can(cast.actor(who), May.CLOSE_MONTH, closing)]

    assert allowed == ["director_lyon"]
    for who in PLACES:
        listed = MonthClosing.objects.visible_to(cast.actor(who))
        assert list(listed) == ([closing] if who == "director_lyon" else [])


def test_pages_close_a_month_and_show_what_changed_since(cast, sign_in):
    first = record(cast)
    client = sign_in("director_lyon")
    assert "clore" in client.get(reverse("months")).content.decode()
    asked = client.get(reverse("close_month", args=["2026-03"])).content.decode()
    assert "1 activité reste à relire" in asked

    assert client.post(reverse("close_month", args=["2026-03"])).status_code == 302

    page = client.get(reverse("month", args=["2026-03"])).content.decode()
    assert "Chiffres arrêtés le" in page
    assert "0 activités, 0 passages" not in page
    now = timezone.now()
    operations.undo_activity(first, by=cast["mediator_lyon"], at=now, motive=Motive.TWICE)
    page = client.get(reverse("month", args=["2026-03"])).content.decode()
    assert "0 activités, 0 passages" in page
    assert client.post(reverse("close_month", args=["2026-03"])).status_code == 409


@pytest.mark.parametrize("month", ["2026-13", "nonsense", "2026-04", "2026-3"])
@pytest.mark.parametrize("route", ["month", "close_month"])
def test_month_that_holds_nothing_is_not_found(cast, sign_in, route, month):
    assert sign_in("director_lyon").get(reverse(route, args=[month])).status_code == 404


def test_list_of_months_costs_the_same_for_one_and_three(cast, sign_in):
    client = sign_in("director_lyon")
    record(cast)
    client.get(reverse("months"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("months"))

    record(cast, day=date(2026, 2, 27))
    record(cast, day=date(2026, 1, 27))
    close(cast, month=date(2026, 1, 1))

    with CaptureQueriesContext(connection) as three:
        client.get(reverse("months"))
    assert len(three) == len(one)
