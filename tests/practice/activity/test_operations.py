"""Recording once, correcting by versions, undoing: nothing acknowledged is lost or revived."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from entremise.foundation.access import actors
from entremise.foundation.guard.errors import TextIdentifies
from entremise.foundation.journal.models import Decision
from entremise.ground.network.enums import Status
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.enums import Closing
from entremise.practice.activity.errors import (
    ActDiffers,
    DeskIsOff,
    IdentifierTaken,
    MediatorNotThere,
    MotiveNeeded,
    RegisterNotEarned,
    VersionSuperseded,
    WaveNotCountable,
)
from entremise.practice.activity.models import Activity, ActNote
from tests.cast import AT, DAY, act_content, record


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


def _read(activity: Activity) -> Activity:
    Activity.objects.filter(pk=activity.pk).update(reviewed_on=DAY)
    return Activity.objects.get(pk=activity.pk)


def test_correction_after_the_day_was_read_without_a_motive_is_refused(cast):
    read = _read(record(cast))

    with pytest.raises(MotiveNeeded):
        operations.correct_activity(
            read, act_content(cast, minutes=20), by=cast["mediator_lyon"], at=AT
        )

    assert Activity.objects.get(act=read.act).is_current


def test_correction_after_the_day_was_read_keeps_its_motive_and_is_to_be_read_again(cast):
    read = _read(record(cast))

    corrected = operations.correct_activity(
        read, act_content(cast, minutes=20), by=cast["mediator_lyon"], at=AT, motive="forgotten"
    )

    first, second = Activity.objects.filter(act=read.act).order_by("version")
    assert (first.motive, first.reviewed_on) == ("forgotten", DAY)
    assert (second, second.motive, second.reviewed_on) == (corrected, "", None)


def test_undoing_after_the_day_was_read_asks_for_a_motive(cast):
    read = _read(record(cast))

    with pytest.raises(MotiveNeeded):
        operations.undo_activity(read, by=cast["site_lead_lyon"], at=AT)

    operations.undo_activity(read, by=cast["site_lead_lyon"], at=AT, motive="twice")
    assert Activity.objects.get(act=read.act).motive == "twice"


def test_wave_counts_its_passages_and_gives_no_register(cast):
    wave = record(
        cast, entry="wave", gathered=12, quarter=36, until_quarter=40, requests=(),
    )  # fmt: skip

    assert (wave.passage_count, wave.request_count, wave.accompaniment_count) == (12, 0, 12)
    assert (wave.main_register, wave.entry) == (None, "wave")
    with pytest.raises(RegisterNotEarned):
        record(cast, entry="wave", gathered=12, until_quarter=40, main_register=3)


@pytest.mark.parametrize(
    "changes",
    [
        {"gathered": 1, "until_quarter": 40},
        {"gathered": None, "until_quarter": 40},
        {"gathered": 12, "until_quarter": None},
        {"gathered": 12, "until_quarter": 37},
        {"gathered": 12, "until_quarter": 97},
    ],
)
def test_wave_without_number_or_hours_is_refused(cast, changes):
    with pytest.raises(WaveNotCountable):
        record(cast, entry="wave", **changes)


def test_note_is_sealed_and_opens_again(cast):
    noted = record(cast, note="revient jeudi avec le courrier")

    stored = bytes(ActNote.objects.get(activity=noted).sealed)
    assert b"jeudi" not in stored
    assert operations.note_of(noted) == "revient jeudi avec le courrier"
    assert ActNote.objects.get(activity=noted).erase_on == date(2027, 3, 16)


def test_same_visit_with_another_note_is_another_content(cast):
    act = uuid4()
    by = cast["mediator_lyon"]
    operations.record_activity(act_content(cast, note="un courrier"), act=act, by=by, at=AT)

    with pytest.raises(ActDiffers):
        operations.record_activity(act_content(cast, note="deux courriers"), act=act, by=by, at=AT)

    assert operations.record_activity(
        act_content(cast, note="un courrier"), act=act, by=by, at=AT
    ).replayed


def test_replay_once_the_note_was_erased_is_still_the_same_visit(cast):
    act, by = uuid4(), cast["mediator_lyon"]
    content = act_content(cast, note="un courrier")
    recorded = operations.record_activity(content, act=act, by=by, at=AT).activity
    ActNote.objects.filter(activity=recorded).delete()

    replay = operations.record_activity(content, act=act, by=by, at=AT + timedelta(days=400))

    assert replay.replayed


def test_correction_erases_the_note_of_the_version_it_closes(cast):
    noted = record(cast, note="un courrier")

    corrected = operations.correct_activity(
        noted, act_content(cast, note="deux courriers"), by=cast["mediator_lyon"], at=AT
    )

    assert list(ActNote.objects.values_list("activity", flat=True)) == [corrected.pk]
    assert operations.note_of(corrected) == "deux courriers"


def test_desk_switched_off_records_nothing(cast):
    cast.structures["lyon"].modules = []
    cast.structures["lyon"].save()

    with pytest.raises(DeskIsOff):
        record(cast)


def test_mediator_suspended_since_receives_no_more_but_received_then(cast):
    member = cast.memberships["mediator_lyon"]
    member.suspended_at, member.suspended_by = AT + timedelta(days=2), cast["director_lyon"]
    member.save()

    record(cast)
    with pytest.raises(MediatorNotThere):
        record(cast, day=DAY + timedelta(days=2))


def test_note_that_names_somebody_is_refused_whoever_sends_it(cast):
    with pytest.raises(TextIdentifies):
        record(cast, note="appeler Mme Dupont au 06 12 34 56 78")

    assert not Activity.objects.exists()


def test_correction_keeps_a_note_that_a_reason_let_through(cast):
    note = "vu avec le numéro public 04 00 00 00 00"
    noted = record(cast, note=note, note_reason="public_number")

    corrected = operations.correct_activity(
        noted, act_content(cast, minutes=20, note=note), by=cast["mediator_lyon"], at=AT
    )

    kept = ActNote.objects.get(activity=corrected)
    assert (operations.note_of(corrected), kept.reason) == (note, "public_number")
