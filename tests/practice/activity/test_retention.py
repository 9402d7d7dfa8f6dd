"""What time erases, and that no figure moves with it."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db.models import F
from django.urls import reverse

from entremise.foundation.journal.models import Decision
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.enums import Motive, Slice
from entremise.practice.activity.models import Activity, ActNote
from entremise.practice.activity.operations import retention
from entremise.practice.activity.queries import closings
from tests.cast import AT, DAY, act_content, record
from tests.practice.activity.counting import counted_from_versions

MARCH = date(2026, 3, 1)
CLOSED_AT = datetime(2026, 4, 2, 9, tzinfo=UTC)
AFTER_12_MONTHS = datetime(2027, 3, 16, 3, tzinfo=UTC)
AFTER_24_MONTHS = datetime(2028, 3, 16, 3, tzinfo=UTC)
BEFORE_24_MONTHS = AFTER_24_MONTHS - timedelta(days=1)
TOLD = {"commune": "00069", "commune_answer": "yes", "qpv_answer": "yes"}


def close_march(cast) -> None:
    operations.close_month(cast.structures["lyon"], MARCH, by=cast["director_lyon"], at=CLOSED_AT)


def coarsen(cast, at=AFTER_24_MONTHS) -> int:
    return retention.coarsen_acts(by=cast["admin"], at=at)


def test_note_is_erased_on_its_day_and_not_the_day_before(cast):
    record(cast, note="À rappeler après le courrier")
    erased = [
        retention.erase_notes(by=cast["admin"], at=at)
        for at in (AFTER_12_MONTHS - timedelta(days=1), AFTER_12_MONTHS, AFTER_12_MONTHS)
    ]

    assert erased == [0, 1, 0]
    assert not ActNote.objects.exists()
    assert Decision.objects.get(verb="activity.notes_erased").detail == "count=1"


def test_act_recorded_again_after_its_note_was_erased_is_still_the_same(cast):
    content, act = act_content(cast, note="À rappeler après le courrier"), uuid4()
    operations.record_activity(content, act=act, by=cast["mediator_lyon"], at=AT)
    retention.erase_notes(by=cast["admin"], at=AFTER_12_MONTHS)

    again = operations.record_activity(
        content, act=act, by=cast["mediator_lyon"], at=AFTER_12_MONTHS
    )

    assert again.replayed


@pytest.mark.parametrize(("quarter", "half_day"), [(0, 32), (47, 32), (48, 56), (95, 56)])
def test_act_of_24_months_keeps_its_half_day_and_no_commune(cast, quarter, half_day):
    act = record(cast, quarter=quarter, **TOLD)
    close_march(cast)

    assert coarsen(cast) == 1

    act.refresh_from_db()
    assert (act.quarter, act.commune_id, act.commune_answer) == (half_day, None, "yes")
    assert (act.qpv_id, act.qpv_answer, bytes(act.fingerprint)) == (None, "yes", b"")
    assert act.coarsened_on == date(2028, 3, 16)


@pytest.mark.parametrize(
    ("hours", "half_day"), [((36, 40), (32, 48)), ((44, 60), (32, 48)), ((90, 96), (56, 72))]
)
def test_wave_of_24_months_keeps_its_half_day(cast, hours, half_day):
    wave = record(
        cast, entry="wave", gathered=12, quarter=hours[0], until_quarter=hours[1], requests=()
    )
    close_march(cast)

    coarsen(cast)

    wave.refresh_from_db()
    assert (wave.quarter, wave.until_quarter, wave.gathered_count) == (*half_day, 12)


def test_superseded_versions_are_coarsened_too(cast):
    first = record(cast, **TOLD)
    content = act_content(cast, minutes=20, **TOLD)
    operations.correct_activity(first, content, by=cast["mediator_lyon"], at=AT)
    close_march(cast)

    assert coarsen(cast) == 2

    assert not Activity.objects.exclude(commune=None).exists()


@pytest.mark.parametrize("why", ["too young", "not closed"])
def test_act_too_young_or_in_an_open_month_keeps_everything(cast, why):
    act = record(cast, **TOLD)
    if why == "too young":
        close_march(cast)

    assert coarsen(cast, at=BEFORE_24_MONTHS if why == "too young" else AFTER_24_MONTHS) == 0

    act.refresh_from_db()
    assert (act.commune_id, act.quarter, act.coarsened_on) == ("00069", 37, None)


def test_coarsening_twice_changes_nothing_more(cast):
    record(cast, **TOLD)
    close_march(cast)

    assert [coarsen(cast), coarsen(cast, at=AFTER_24_MONTHS + timedelta(days=1))] == [1, 0]

    assert Activity.objects.get().coarsened_on == date(2028, 3, 16)


def test_no_past_figure_moves(cast):
    first = record(
        cast,
        participants=(ParticipantContent("f", "40-59"), ParticipantContent("nd", "nd")),
        **TOLD,
    )
    record(cast, quarter=60, requests=(RequestContent("tax"), RequestContent("energy")), **TOLD)
    record(cast, entry="wave", gathered=9, until_quarter=44, requests=())
    record(cast, mode="phone", place_kind="remote", minutes=25)
    operations.correct_activity(
        first, act_content(cast, minutes=15, **TOLD), by=cast["mediator_lyon"], at=AT
    )
    operations.review_day(cast.sites["lyon"], DAY, by=cast["site_lead_lyon"], at=AT)
    close_march(cast)
    before, frozen = _figures(cast)

    coarsen(cast)

    after, frozen_after = _figures(cast)
    assert frozen_after == frozen
    assert {slice for slice, _key in before} == set(Slice.values)
    lost = {slice for slice, key in before.items() ^ after.items() for slice in [slice[0]]}
    assert lost == {Slice.COMMUNE}
    assert frozen[Slice.COMMUNE, "00069"] == before[Slice.COMMUNE, "00069"]


def _figures(cast) -> tuple[closings.Counts, closings.Counts]:
    closing = closings.MonthClosing.objects.get()
    return counted_from_versions(closing, AFTER_24_MONTHS), closings.frozen_counts(closing)


def test_page_of_a_month_still_shows_the_communes_that_only_it_knows(cast, sign_in):
    record(cast, **TOLD)
    close_march(cast)
    coarsen(cast)

    page = sign_in("director_lyon").get(reverse("month", args=["2026-03"])).content.decode()

    assert "Lyon-Essai" in page
    assert "0 activités" not in page


def test_page_of_an_act_says_what_was_effaced(cast, sign_in):
    act = record(cast, **TOLD)
    close_march(cast)
    coarsen(cast)

    page = sign_in("mediator_lyon").get(reverse("act", args=[act.act])).content.decode()

    assert "heure et commune effacées après 24 mois" in page
    assert "le matin" in page


def test_coarsened_act_may_still_be_corrected(cast):
    act = record(cast, **TOLD)
    close_march(cast)
    coarsen(cast)
    act.refresh_from_db()

    corrected = operations.correct_activity(
        act,
        act_content(cast, minutes=30),
        by=cast["mediator_lyon"],
        at=AFTER_24_MONTHS,
        motive=Motive.MISTYPED,
    )

    assert (corrected.version, corrected.minutes) == (2, 30)
    assert coarsen(cast, at=AFTER_24_MONTHS + timedelta(days=1)) == 1


def told_by(*options: str) -> str:
    out = StringIO()
    call_command("retention", *options, stdout=out)
    return out.getvalue()


def age_by_three_years(cast) -> None:
    """Move what was recorded, and its closing, three years back: the command reads the clock."""
    past = timedelta(days=3 * 365)
    Activity.objects.update(day=F("day") - past)
    ActNote.objects.update(erase_on=F("erase_on") - past)


def test_command_erases_names_the_months_left_open_and_writes_both_in_the_journal(cast):
    record(cast, note="À rappeler après le courrier", **TOLD)
    record(cast, "lille", **TOLD)
    age_by_three_years(cast)
    month = Activity.objects.first().day.replace(day=1)
    operations.close_month(cast.structures["lyon"], month, by=cast["director_lyon"], at=AT)

    told = told_by()

    assert "notes effacées\u00a0: 1" in told
    assert "sans commune ni heure désormais\u00a0: 1" in told
    assert "Entremise Lille\u00a0: mars 2023 n’est pas clos" in told
    assert "Entremise Lyon" not in told
    written = Decision.objects.filter(verb__in=["activity.notes_erased", "activity.acts_coarsened"])
    assert {one.detail for one in written} == {"count=1"}
    assert written.count() == 2


def test_dry_run_counts_and_erases_nothing(cast):
    record(cast, note="À rappeler après le courrier", **TOLD)
    age_by_three_years(cast)

    assert "notes effacées\u00a0: 1" in told_by("--dry-run")

    assert ActNote.objects.exists()
    assert not Decision.objects.filter(verb="activity.notes_erased").exists()
