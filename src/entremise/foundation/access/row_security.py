"""The second wall: PostgreSQL policies that read who acts from the transaction's settings."""

from typing import Any

from django.db import connections
from django.db.migrations import RunPython

# In a sub-select, so that PostgreSQL reads the setting once a query and not once a row.
STRUCTURES = (
    "ARRAY(SELECT unnest(string_to_array("
    "nullif(current_setting('entremise.structures', true), ''), ','))::uuid)"
)


def wall_sql(table: str, *, column: str = "structure_id", statistics: str, owner: str) -> list[str]:
    """Return the statements that put a table behind the wall.

    The application sees and writes rows of the structures that the transaction names, and none
    when it names none. The statistics role sees every row, of the columns granted to it. The
    owner keeps its rows too (migrations, backup), by a policy of its own since FORCE is on.
    """
    mine = f"{column} = ANY ({STRUCTURES})"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY of_acting_structures ON {table} USING ({mine}) WITH CHECK ({mine})",
        f"CREATE POLICY every_row_for_statistics ON {table}"
        f' FOR SELECT TO "{statistics}" USING (true)',
        f'CREATE POLICY every_row_for_owner ON {table} TO "{owner}" USING (true) WITH CHECK (true)',
    ]


def unwall_sql(table: str) -> list[str]:
    """Return the statements that take the wall down: for the bulk load of an empty database."""
    return [
        *(
            f"DROP POLICY IF EXISTS {policy} ON {table}"
            for policy in (
                "of_acting_structures",
                "every_row_for_statistics",
                "every_row_for_owner",
            )
        ),
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


def role_of(alias: str) -> str:
    """Return the database role behind a connection."""
    return str(connections[alias].settings_dict["USER"])


def put_behind_wall(*tables: str, column: str = "structure_id") -> RunPython:
    """Return the migration operation that puts tables behind the wall."""

    def build(_apps: Any, editor: Any) -> None:
        for table in tables:
            for statement in wall_sql(
                table, column=column, statistics=role_of("statistics"), owner=role_of("owner")
            ):
                editor.execute(statement)

    def remove(_apps: Any, editor: Any) -> None:
        for table in tables:
            for statement in unwall_sql(table):
                editor.execute(statement)

    return RunPython(build, remove)
