"""The second wall: row-level security, proved with the application's filter removed."""

import pytest
from django.db import DatabaseError, connection, transaction

from entremise.foundation.access import actors
from entremise.practice.activity.models import (
    Activity,
    ActNote,
    DayReview,
    FrozenCount,
    LocalTag,
    MonthClosing,
    Participants,
    Request,
)
from tests.cast import record

TABLES = [Activity, Request, Participants, LocalTag, ActNote, DayReview, MonthClosing, FrozenCount]


def test_each_structure_sees_its_own_rows_without_any_filter(cast):
    lyon, lille = record(cast), record(cast, "lille")

    with actors.acting_as(cast.actor("mediator_lyon")):
        assert list(Activity.objects.all()) == [lyon]
        assert {request.activity_id for request in Request.objects.all()} == {lyon.pk}
    with actors.acting_as(cast.actor("mediator_lille")):
        assert list(Activity.objects.all()) == [lille]


@pytest.mark.parametrize("who", ["network_head", "auditor", "funder", "admin", "dpo", "stranger"])
def test_whoever_acts_for_no_structure_sees_no_row(cast, who):
    record(cast)

    with actors.acting_as(cast.actor(who)):
        assert not Activity.objects.exists()


def test_row_for_another_structure_cannot_be_written(cast):
    lyon = record(cast)

    with (
        actors.acting_as(cast.actor("mediator_lyon")),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Activity.objects.filter(pk=lyon.pk).update(structure=cast.structures["lille"])


def test_transaction_that_names_nobody_sees_nothing(cast):
    record(cast)

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('entremise.structures', '', true)")

    assert not Activity.objects.exists()


@pytest.mark.parametrize("table", [model._meta.db_table for model in TABLES])
def test_every_table_of_acts_forces_the_wall(db, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table]
        )
        assert cursor.fetchone() == (True, True)


def test_every_table_that_carries_a_structure_of_acts_is_behind_the_wall(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE relkind = 'r' AND attname = 'structure_id' AND relname LIKE 'activity_%%'"
            " AND NOT relforcerowsecurity"
        )
        assert cursor.fetchall() == []


def test_application_role_neither_owns_nor_bypasses(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class"
            " WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, 0)
