"""Load the tables of acts of an empty database at once, as their owner.

COPY is refused to an owner under FORCE row-level security, so FORCE is lifted within the very
transaction that loads: the wall never opens to the application. Keys and indexes come down before
and are rebuilt from their own definitions after, every foreign key checked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Queue
from typing import Any, NamedTuple

from django.db import connections

from entremise.demo.rows import TABLES

Chunk = bytes | BaseException | None
AHEAD = 3  # sites drawn before COPY asks for them
SESSION = "SET maintenance_work_mem = '256MB'"
CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE conparentid = 0 AND (
        (contype = 'f'
         AND (conrelid = ANY(%(tables)s::regclass[]) OR confrelid = ANY(%(tables)s::regclass[])))
        OR (contype IN ('p', 'u') AND conrelid = ANY(%(tables)s::regclass[])))
    ORDER BY contype = 'f', 1, 2
"""
INDEXES = """
    SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid = ANY(%(tables)s::regclass[])
      AND NOT EXISTS (
          SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
    ORDER BY 1, 2
"""


class Definition(NamedTuple):
    """A key, an index or a foreign key of a table, as PostgreSQL itself writes it."""

    table: str
    name: str
    text: str

    @property
    def is_index(self) -> bool:
        """True for an index that no constraint owns."""
        return self.text.startswith("CREATE ")

    @property
    def is_foreign_key(self) -> bool:
        """True for a reference from or to the tables."""
        return self.text.startswith("FOREIGN KEY ")

    @property
    def creation(self) -> str:
        """The statement that puts it back."""
        return (
            self.text if self.is_index else f"{self._alter} ADD CONSTRAINT {self.name} {self.text}"
        )

    @property
    def removal(self) -> str:
        """The statement that takes it down, whether it stands or not."""
        if self.is_index:
            return f"DROP INDEX IF EXISTS {self.name}"
        return f"{self._alter} DROP CONSTRAINT IF EXISTS {self.name}"

    @property
    def check(self) -> str:
        """The statement that checks every row against a foreign key put back unchecked."""
        return f"{self._alter} VALIDATE CONSTRAINT {self.name}"

    @property
    def _alter(self) -> str:
        return f"ALTER TABLE {self.table}"


@contextmanager
def owner_cursor() -> Iterator[Any]:
    """Open a connection of its own as the owner; several may work at once, one a thread."""
    connection = connections["owner"].copy()
    try:
        with connection.cursor() as cursor:
            cursor.execute(SESSION)
            yield cursor
    finally:
        connection.close()


def definitions(cursor: Any) -> tuple[Definition, ...]:
    """Return keys, indexes, then foreign keys of the tables of acts."""
    found = []
    for question in (CONSTRAINTS, INDEXES):
        cursor.execute(question, {"tables": list(TABLES)})
        found += [Definition(*row) for row in cursor.fetchall()]
    return tuple(sorted(found, key=lambda definition: definition.is_foreign_key))


def take_down(cursor: Any, known: Iterable[Definition]) -> None:
    """Drop keys and indexes, foreign keys first; the caller has written them down before."""
    for definition in sorted(known, key=lambda d: not d.is_foreign_key):
        cursor.execute(definition.removal)


def put_back(known: Sequence[Definition]) -> None:
    """Rebuild what was taken down, a table a thread; every foreign key is checked."""
    foreign_keys = [d for d in known if d.is_foreign_key]
    _at_once([d for d in known if not d.is_foreign_key], lambda d: d.creation)
    with owner_cursor() as cursor:
        for definition in foreign_keys:
            cursor.execute(f"{definition.creation} NOT VALID")
    _at_once(foreign_keys, lambda d: d.check)
    with owner_cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")


def load(sites: Iterable[Mapping[str, bytes]]) -> dict[str, int]:
    """Stream the lines of each site into the emptied tables; return the rows of each table."""
    queues: dict[str, Queue[Chunk]] = {table: Queue(AHEAD) for table in TABLES}
    with ThreadPoolExecutor(len(TABLES)) as threads:
        loads = {t: threads.submit(_copy, t, columns, queues[t]) for t, columns in TABLES.items()}
        end: Chunk = None
        try:
            for lines in sites:
                for table, text in lines.items():
                    queues[table].put(text)
                if any(load.done() for load in loads.values()):
                    break
        except BaseException as error:
            end = error
            raise
        finally:
            for queue in queues.values():
                queue.put(end)
        return {table: load.result() for table, load in loads.items()}


def _copy(table: str, columns: Mapping[str, str], chunks: "Queue[Chunk]") -> int:
    chunk: Chunk = b""
    try:
        with owner_cursor() as cursor, cursor.connection.transaction():
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"TRUNCATE {table}")  # FREEZE asks for a table emptied here
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FREEZE)") as copy:
                while (chunk := chunks.get()) is not None:
                    if isinstance(chunk, BaseException):
                        raise chunk
                    copy.write(chunk)
            count = int(cursor.rowcount)
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        return count
    finally:
        while isinstance(chunk, bytes):  # this table failed: let the draw come to its end
            chunk = chunks.get()


def _at_once(known: Sequence[Definition], statement: Callable[[Definition], str]) -> None:
    tables = {definition.table for definition in known}

    def run(table: str) -> None:
        with owner_cursor() as cursor:
            for definition in known:
                if definition.table == table:
                    cursor.execute(statement(definition))

    with ThreadPoolExecutor(max(len(tables), 1)) as threads:
        for task in [threads.submit(run, table) for table in sorted(tables)]:
            task.result()
