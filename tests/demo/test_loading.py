"""Loading: what it refuses, keeps, wipes and mends."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connections

from entremise.demo import bulk
from entremise.demo.bulk import Definition
from entremise.demo.errors import DatabaseNotDemo, OtherDemoLoaded
from entremise.demo.rows import TABLES
from entremise.foundation.accounts.models import User
from entremise.foundation.accounts.queries import database_is_demo
from entremise.foundation.journal.models import Decision
from entremise.ground.network.models import Network, Structure
from entremise.practice.activity.models import Activity
from tests.demo.conftest import bring

WALL = """
    SELECT relname, relrowsecurity, relforcerowsecurity,
           array(SELECT polname::text || coalesce(pg_get_expr(polqual, polrelid), '')
                 FROM pg_policy WHERE polrelid = c.oid ORDER BY 1)
    FROM pg_class c WHERE relname = ANY(%s) ORDER BY 1
"""


@pytest.fixture
def database(empty_database: Callable[[], None]) -> None:
    empty_database()


def _shape() -> tuple[tuple[Definition, ...], list[tuple[object, ...]], int]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
        unchecked = cursor.fetchone()[0]
        cursor.execute(WALL, [list(TABLES)])
        walls = cursor.fetchall()
        return bulk.definitions(cursor), walls, unchecked


def _checksum() -> list[tuple[object, ...]]:
    """Sum up the rows but the identifiers of versions, which an operation draws anew."""
    tables = [*TABLES, "network_site", "network_membership", "network_openingexception"]
    with connections["owner"].cursor() as cursor:
        row = "(to_jsonb(x) - 'id' - 'activity_id')::text"
        sums = [
            f"SELECT '{t}', md5(string_agg({row}, '' ORDER BY {row})) FROM {t} x" for t in tables
        ]
        cursor.execute(" UNION ALL ".join(sums))
        return cursor.fetchall()


def test_loading_leaves_keys_indexes_and_wall_as_they_were(database: None):
    before = _shape()

    bring()

    assert _shape() == before
    assert before[2] == 0
    assert [(enabled, forced, len(policies)) for _t, enabled, forced, policies in before[1]] == [
        (True, True, 3)
    ] * len(TABLES)


def test_same_parameters_when_loaded_again_give_the_same_rows(database: None):
    bring()
    before = _checksum()

    bring(fresh=True)

    assert _checksum() == before


def test_another_seed_gives_other_rows(database: None):
    bring()
    before = _checksum()

    bring(fresh=True, seed=8)

    assert not set(before) & set(_checksum())


def test_second_run_keeps_what_people_added(database: None):
    bring()
    User.objects.create_user("added")

    again = bring()

    assert (again.rows, User.objects.filter(username="added").exists()) == ({}, True)


def test_other_parameters_without_fresh_are_refused(database: None):
    bring()

    with pytest.raises(OtherDemoLoaded):
        bring(seed=8)


@pytest.mark.parametrize("fresh", [False, True])
def test_database_with_a_network_of_its_own_is_never_touched(database: None, fresh: bool):
    Network.objects.create(name="Un vrai réseau")
    User.objects.create_user("somebody")

    with pytest.raises(DatabaseNotDemo):
        bring(fresh=fresh)

    assert list(Network.objects.values_list("name", flat=True)) == ["Un vrai réseau"]
    assert User.objects.filter(username="somebody").exists()
    assert not database_is_demo()


def test_load_cut_short_is_mended_by_the_next_run(database: None):
    class PowerCut(Exception):
        pass

    def cut(_step: str, done: int, _total: int) -> None:
        if done == 3:
            raise PowerCut

    before = _shape()
    with pytest.raises(PowerCut):
        bring(report=cut)
    assert _shape() != before
    with connections["owner"].cursor() as cursor:
        cursor.execute(before[0][0].creation)  # the cut may also come while keys are rebuilt

    loaded = bring()

    assert _shape() == before
    assert (loaded.rows["activity_activity"] > 1000, Structure.objects.count()) == (True, 8)


def test_acts_loaded_at_once_leave_one_decision_whatever_their_number(database: None):
    loaded = bring()

    count = loaded.rows["activity_activity"]
    one_by_one = Activity.objects.using("owner").count() - count
    decisions = Counter(Decision.objects.values_list("verb", flat=True))
    assert decisions.pop("activity.recorded") == one_by_one
    assert decisions == {"demo.loaded": 1}
    assert Decision.objects.get(verb="demo.loaded").detail == (
        f"sites=8,months=1,seed=7,until=2026-03-01,versions={count}"
    )
