"""The mark that the demo writes on its database, and reads before it touches anything.

It is the comment of the schema, beside the one that the launcher keeps on the database. While a
load runs, it also remembers the constraints and indexes taken down, so that a load cut short can
be mended by the next one.
"""

import json
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from entremise.demo.bulk import Definition
from entremise.demo.errors import DatabaseNotDemo
from entremise.demo.parameters import Parameters
from entremise.foundation.accounts.queries import DEMO_MARK

READ = "SELECT obj_description('public'::regnamespace, 'pg_namespace')"
WRITE = "COMMENT ON SCHEMA public IS {}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What was loaded or is being loaded, and the keys and indexes that are down."""

    parameters: Parameters
    is_ready: bool = False
    taken_down: tuple[Definition, ...] = ()


def read_mark(cursor: Any) -> Mark | None:
    """Return the mark of this database, None when the demo never wrote one."""
    cursor.execute(READ)
    text = str(cursor.fetchone()[0] or "")
    if not text.startswith(DEMO_MARK):
        return None
    written = json.loads(text.removeprefix(DEMO_MARK))
    taken_down = tuple(Definition(*definition) for definition in written["taken_down"])
    return Mark(Parameters.from_json(written["parameters"]), written["ready"], taken_down)


def write_mark(cursor: Any, mark: Mark) -> None:
    """Write the mark; the owner of the schema alone may."""
    written = {
        "parameters": mark.parameters.as_json(),
        "ready": mark.is_ready,
        "taken_down": mark.taken_down,
    }
    text = f"{DEMO_MARK} {json.dumps(written, ensure_ascii=False)}"
    cursor.execute(sql.SQL(WRITE).format(sql.Literal(text)))


def refuse_other_databases(cursor: Any) -> Mark | None:
    """Return the mark, or None on an empty database that may receive one.

    Raises DatabaseNotDemo when a network is there that the demo did not make.
    """
    mark = read_mark(cursor)
    cursor.execute("SELECT EXISTS (SELECT FROM network_network)")
    if mark is None and cursor.fetchone()[0]:
        raise DatabaseNotDemo
    return mark
