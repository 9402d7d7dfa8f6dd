"""The statistics role reads neutral columns and no other, whatever the query."""

import pytest
from django.db import DatabaseError, connections


@pytest.mark.django_db(databases=["statistics"])
@pytest.mark.parametrize(
    ("table", "column", "allowed"),
    [
        ("activity_activity", "day", True),
        ("activity_activity", "main_register", True),
        ("activity_activity", "recorded_on", True),
        ("activity_activity", "recorded_at", False),
        ("activity_activity", "recorded_by_id", False),
        ("activity_activity", "mediator_id", False),
        ("activity_request", "theme_id", True),
        ("accounts_user", "email", False),
        ("accounts_user", "full_name", False),
        ("network_membership", "user_id", False),
        ("activity_request", "id", False),
        ("activity_participants", "id", False),
        ("journal_decision", "at", False),
        ("journal_decision", "detail", False),
    ],
)
def test_statistics_role_reads_neutral_columns_only(table, column, allowed):
    with connections["statistics"].cursor() as cursor:
        if allowed:
            cursor.execute(f"SELECT {column} FROM {table}")
        else:
            with pytest.raises(DatabaseError, match="permission denied"):
                cursor.execute(f"SELECT {column} FROM {table}")
