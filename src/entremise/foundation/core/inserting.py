"""Insert a row and those below it in one statement, once: the fast way to record, kept generic."""

# ruff: noqa: S608 -- statements hold the names of our own tables, never a value

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model


def insert_once(parent: Model, children: Sequence[Model]) -> bool:
    """Insert the parent and its children, unless the database already holds what makes the parent
    unique; return whether they were inserted. Either all of them are, or none.

    One round trip whatever the number of children: this is what a desk waits for. Saves no
    signal and calls no `save()`. Every other constraint raises as usual.
    """
    shape = tuple(type(child) for child in children)
    with connection.cursor() as cursor:
        values: list[Any] = []
        for row in (parent, *children):
            values += _values(row)
        cursor.execute(_statement(type(parent), shape), values)
        return bool(cursor.fetchone()[0])


def _values(row: Model) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
    ]


@lru_cache(maxsize=64)
def _statement(parent: type[Model], shape: tuple[type[Model], ...]) -> str:
    once = "ON CONFLICT DO NOTHING RETURNING 1"
    parts = [f"parent AS (INSERT INTO {_table(parent)} VALUES ({_holes(parent)}) {once})"]
    for rank, child in enumerate(shape):
        rows = f"INSERT INTO {_table(child)} SELECT {_holes(child)} FROM parent"
        parts.append(f"child_{rank} AS ({rows})")
    return f"WITH {', '.join(parts)} SELECT count(*) FROM parent"


def _table(model: type[Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return f'"{model._meta.db_table}" ({columns})'


def _holes(model: type[Model]) -> str:
    kinds = (field.db_type(connection) for field in model._meta.concrete_fields)
    return ", ".join(f"%s::{kind}" for kind in kinds)
