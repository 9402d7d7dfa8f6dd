"""The place where a visit is recorded: who may receive there, and whether its doors are open."""

from datetime import date, timedelta

from entremise.ground.network.models import OpeningException
from entremise.ground.network.queries.reception import reception_at
from tests.cast import AT, DAY, Cast

SATURDAY, EASTER_MONDAY = date(2026, 3, 14), date(2026, 4, 6)


def _is_closed(cast: Cast, day: date) -> bool:
    place = reception_at(cast.sites["lyon"].pk, day, [])
    assert place is not None
    return place.is_closed


def _note(cast: Cast, **changes: object) -> None:
    OpeningException.objects.create(
        site=cast.sites["lyon"], day=DAY, reason="staff", noted_at=AT,
        noted_by=cast["director_lyon"], **changes,
    )  # fmt: skip


def test_doors_follow_hours_holidays_and_exceptions(cast):
    assert not _is_closed(cast, DAY)
    assert _is_closed(cast, SATURDAY)
    assert _is_closed(cast, EASTER_MONDAY)


def test_closed_morning_leaves_the_afternoon(cast):
    _note(cast, half_day="morning")

    assert not _is_closed(cast, DAY)


def test_closed_day_is_closed_at_once(cast):
    assert not _is_closed(cast, DAY)

    _note(cast, half_day="day")

    assert _is_closed(cast, DAY)


def test_place_without_hours_is_never_said_closed(cast):
    cast.sites["lyon"].opening_hours = ""
    cast.sites["lyon"].save()

    assert not _is_closed(cast, SATURDAY)


def test_person_who_left_may_receive_no_more(cast):
    member = cast.memberships["mediator_lyon"]
    member.ends_on = DAY
    member.save()
    site = cast.sites["lyon"].pk

    assert reception_at(site, DAY, [member.pk]).statuses == ()
    assert reception_at(site, DAY - timedelta(days=1), [member.pk]).statuses == ("mediator",)


def test_place_that_does_not_exist_is_none(cast):
    assert reception_at(cast.network.pk, DAY, []) is None
