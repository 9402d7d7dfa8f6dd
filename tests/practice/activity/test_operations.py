"""Recording once, correcting by versions, undoing: nothing acknowledged is lost or revived."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from entremise.foundation.access import actors
from entremise.foundation.journal.models import Decision
from entremise.ground.network.enums import Status
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.enums import Closing
from entremise.practice.activity.errors import (
    ActDiffers,
    IdentifierTaken,
    MediatorNotThere,
    RegisterNotEarned,
    VersionSuperseded,
)
from entremise.practice.activity.models import Activity
from tests.cast import AT, act_content, record


def test_act_is_recorded_with_its_structure_day_and_counters(cast):
    activity = record(cast)

    assert activity.structure == cast.structures["lyon"]
    assert (activity.passage_count, activity.request_count, activity.accompaniment_count) == (
        1,
        1,
        1,
    )
    assert activity.recorded_on == date(2026, 3, 16)
    assert Decision.objects.get(verb="activity.recorded").detail == str(activity.act)


def test_replay_of_the_same_content_shows_the_first_act(cast):
    act, who = uuid4(), cast["mediator_lyon"]
    first = operations.record_activity(act_content(cast), act=act, by=who, at=AT)

    again = operations.record_activity(act_content(cast), act=act, by=who, at=AT)

    assert (first.replayed, again.replayed) == (False, True)
    assert again.activity == first.activity
    assert Activity.objects.count() == 1


def test_same_identifier_with_another_content_writes_nothing(cast):
    first = record(cast)
    other = act_content(cast, requests=(RequestContent("water"),))

    with pytest.raises(ActDiffers) as refusal:
        operations.record_activity(other, act=first.act, by=cast["mediator_lyon"], at=AT)

    assert refusal.value.first == first
    assert Activity.objects.count() == 1


def test_replay_after_an_undo_revives_nothing(cast):
    activity = record(cast)
    operations.undo_activity(activity, by=cast["mediator_lyon"], at=AT)

    replay = operations.record_activity(
        act_content(cast), act=activity.act, by=cast["mediator_lyon"], at=AT
    )

    assert (replay.replayed, replay.activity.is_current) == (True, False)
    assert not Activity.objects.current().exists()


def test_replay_after_a_correction_leaves_the_correction(cast):
    activity = record(cast)
    corrected = operations.correct_activity(
        activity, act_content(cast, minutes=20), by=cast["mediator_lyon"], at=AT
    )

    replay = operations.record_activity(
        act_content(cast), act=activity.act, by=cast["mediator_lyon"], at=AT
    )

    assert replay.activity == corrected
    assert Activity.objects.current().get().minutes == 20


def test_identifier_used_where_one_sees_nothing_gets_a_neutral_refusal(cast):
    there = record(cast, "lille")

    with actors.acting_as(cast.actor("mediator_lyon")), pytest.raises(IdentifierTaken):
        operations.record_activity(
            act_content(cast), act=there.act, by=cast["mediator_lyon"], at=AT
        )


def test_correction_closes_a_version_and_opens_another(cast):
    first = record(cast)

    second = operations.correct_activity(
        first, act_content(cast, minutes=30), by=cast["mediator_lyon"], at=AT + timedelta(days=1)
    )

    first.refresh_from_db()
    assert (first.closing, first.superseded_on) == (Closing.CORRECTED, date(2026, 3, 17))
    assert (second.version, second.minutes, second.act) == (2, 30, first.act)


def test_figures_as_of_a_past_day_ignore_later_corrections(cast):
    first = record(cast)
    operations.undo_activity(first, by=cast["mediator_lyon"], at=AT + timedelta(days=2))

    assert list(Activity.objects.as_of(date(2026, 3, 16))) == [first]
    assert list(Activity.objects.as_of(date(2026, 3, 15))) == []
    assert list(Activity.objects.as_of(date(2026, 3, 18))) == []


def test_correction_of_a_version_already_closed_is_refused(cast):
    first = record(cast)
    operations.correct_activity(
        first, act_content(cast, minutes=30), by=cast["mediator_lyon"], at=AT
    )

    with pytest.raises(VersionSuperseded):
        operations.correct_activity(
            first, act_content(cast, minutes=45), by=cast["mediator_lyon"], at=AT
        )


def test_correction_that_changes_nothing_opens_no_version(cast):
    first = record(cast)

    same = operations.correct_activity(first, act_content(cast), by=cast["mediator_lyon"], at=AT)

    assert same == first
    assert Activity.objects.count() == 1


def test_content_read_back_is_the_content_recorded(cast):
    content = act_content(
        cast,
        minutes=25,
        participants=(ParticipantContent("f", "70-plus"), ParticipantContent("nd", "nc", 2)),
        presence=("relative",),
        requests=(
            RequestContent("energy-bill", "edf", "inform", "resolved"),
            RequestContent("tax"),
        ),
        commune="00069",
        commune_answer="yes",
        mandate="aidants_connect",
        mandate_until=date(2026, 4, 16),
    )

    activity = operations.record_activity(
        content, act=uuid4(), by=cast["mediator_lyon"], at=AT
    ).activity

    read_back = operations.content_of(Activity.objects.get(pk=activity.pk))
    assert replace(read_back, requests=()) == replace(content, requests=())
    assert [request.minutes for request in read_back.requests] == [13, 12]


def test_register_that_is_not_earned_is_refused(cast):
    with pytest.raises(RegisterNotEarned):
        record(cast, main_register=3)


@pytest.mark.parametrize("register", [1, 2, 4, 5, 6, 7, 8])
def test_desk_gives_no_other_register_even_by_the_database(cast, register):
    activity = record(cast)

    with pytest.raises(IntegrityError, match="desk_gives_none_or_3"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(main_register=register)


def test_mediator_of_another_place_is_refused(cast):
    with pytest.raises(MediatorNotThere):
        record(cast, mediator=cast.memberships["mediator_lille"].pk)


def test_act_of_a_trainee_is_marked_supervised(cast):
    membership = cast.memberships["mediator_lyon"]
    membership.status = Status.INTERN
    membership.save()

    assert record(cast).supervised


def test_no_stored_column_joins_an_act_to_a_person(cast):
    fields = {field.name for field in Activity._meta.get_fields()}
    assert not fields & {"person", "person_id", "name", "phone", "email"}
    assert Activity().pk.version == 4
