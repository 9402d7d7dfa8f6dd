"""Folding appends each day once, whatever the number of times that it runs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from entremise.foundation.access.actors import acting_as
from entremise.foundation.core.periods import Period, month_period
from entremise.ground.network.duties import system_actor
from entremise.insight.statistics import facts, sources
from entremise.insight.statistics.engine import Counts, Scope
from entremise.insight.statistics.errors import DayNotOver
from entremise.insight.statistics.models import Delta, Fold, MonthlyDelta
from entremise.insight.statistics.operations import fold_figures
from entremise.practice.activity import operations
from entremise.practice.activity.models import Activity
from tests.cast import AT, DAY, Cast, build_cast, record

MARCH = month_period(DAY)
NEXT_MORNING = AT + timedelta(days=1)
IN_MAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


@pytest.fixture
def books(transactional_owner: None) -> Cast:
    """The cast, committed: the statistics role and the owner read what is committed."""
    cast = build_cast()
    with acting_as(system_actor(cast["admin"])):
        record(cast)
        record(cast, "lille", quarter=40)
    return cast


def total(as_of: date | None = None, period: Period = MARCH) -> Counts:
    return facts.figures(Scope(), period, as_of=as_of).total


def appended() -> int:
    return Delta.objects.using("owner").count() + MonthlyDelta.objects.using("owner").count()


def test_figures_before_and_after_a_fold_are_the_same(books):
    before = facts.figures(Scope(), MARCH)

    folded = fold_figures(at=NEXT_MORNING)

    assert folded.until == DAY
    assert folded.rows == appended() > 0
    assert facts.figures(Scope(), MARCH) == before
    assert before.total == Counts(2, 2, 2, 2, 2)


def test_fold_run_again_appends_nothing(books):
    fold_figures(at=NEXT_MORNING)
    rows = appended()

    assert fold_figures(at=NEXT_MORNING).rows == 0
    assert appended() == rows


def test_two_folds_at_once_append_once(books):
    def fold(_rank: int) -> int:
        try:
            return fold_figures(at=NEXT_MORNING).rows
        finally:
            connections["owner"].close()

    with ThreadPoolExecutor(2) as threads:
        rows = sorted(threads.map(fold, range(2)))

    assert rows == [0, appended()]
    assert total() == Counts(2, 2, 2, 2, 2)


def test_day_that_is_not_over_is_not_folded(books):
    with pytest.raises(DayNotOver):
        fold_figures(until=DAY, at=AT)

    assert not Fold.objects.using("owner").exists()


def test_command_refuses_a_day_to_come_with_its_sentence(books):
    with pytest.raises(CommandError, match="pas terminé"):
        call_command("fold_figures", until=date(2999, 1, 1))


def test_command_says_how_far_the_figures_go(books, capsys):
    call_command("fold_figures", until=DAY)

    assert capsys.readouterr().out.endswith("repliés jusqu’au 2026-03-16.\n")


def test_empty_books_fold_to_nothing(transactional_owner):
    assert fold_figures(at=AT).until is None
    assert total() == Counts()


def test_act_committed_after_the_fold_of_its_day_is_taken_in_by_the_next_one(books):
    fold_figures(at=NEXT_MORNING)
    with acting_as(system_actor(books["admin"])):
        record(books, quarter=41)
    assert total().activities == 2

    fold_figures(at=NEXT_MORNING)

    assert total().activities == 3


def test_month_that_is_over_is_read_from_its_sums(books):
    fold_figures(at=IN_MAY)

    months = MonthlyDelta.objects.using("owner").filter(slice="total")
    assert {(one.known_month, one.month) for one in months} == {(date(2026, 3, 1),) * 2}
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM statistics_delta")
    assert total() == Counts(2, 2, 2, 2, 2)


def test_correction_in_a_later_month_leaves_the_past_as_it_was_known(books):
    fold_figures(at=IN_MAY)
    with acting_as(system_actor(books["admin"])):
        lyon = Activity.objects.get(site=books.sites["lyon"])
        operations.undo_activity(lyon, by=books["site_lead_lyon"], at=IN_MAY)

    assert total().activities == 1
    assert total(as_of=date(2026, 5, 3)).activities == 2
    fold_figures(at=IN_MAY + timedelta(days=40))
    assert total().activities == 1
    assert total(as_of=date(2026, 5, 3)).activities == 2
    assert total(as_of=date(2026, 5, 4)).activities == 1
    assert total(as_of=DAY - timedelta(days=1)) == Counts()


def test_figures_never_read_what_says_who(books):
    with connections["statistics"].cursor() as cursor:
        for column in ("mediator_id", "recorded_by_id", "recorded_at"):
            cursor.execute(
                "SELECT has_column_privilege(current_user, 'activity_activity', %s, 'SELECT')",
                [column],
            )
            assert cursor.fetchone() == (False,)
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (connections[sources.STATISTICS].settings_dict["USER"],)
