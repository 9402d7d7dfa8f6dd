"""What every benchmark shares: a database of its own, and where its figures are kept."""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from entremise.config.database import dsn, launcher, locations, roles

ROLES = {
    "DATABASE_URL": dsn.APPLICATION,
    "DATABASE_OWNER_URL": dsn.OWNER,
    "DATABASE_STATISTICS_URL": dsn.STATISTICS,
}


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Create an empty database beside the others, point the environment at it, drop it after."""
    home = locations.state_folder()
    launcher.ensure_running(home)
    places = {
        variable: dsn.embedded(home, user=role, name=name) for variable, role in ROLES.items()
    }
    superuser = dsn.embedded(home, user=dsn.SUPERUSER, name="postgres")
    _drop(superuser, name)
    roles.create_roles(
        superuser,
        owner=places["DATABASE_OWNER_URL"],
        application=places["DATABASE_URL"],
        statistics=places["DATABASE_STATISTICS_URL"],
    )
    os.environ |= {variable: place.url() for variable, place in places.items()}
    try:
        yield
    finally:
        _drop(superuser, name)


def results_folder() -> Path:
    """Return where figures are kept: `bench` in the state folder."""
    return locations.state_folder() / "bench"


def keep(name: str, figures: dict[str, float], *, folder: Path | None = None) -> None:
    """Write NAME.json among the results, and show it."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    record = {"name": name, "machine": machine, "figures": figures}
    folder = folder or results_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(record, indent=2) + "\n")
    print(json.dumps(record))  # noqa: T201 -- figures go to the screen


def _drop(superuser: dsn.Connection, name: str) -> None:
    with psycopg.connect(**superuser.parameters(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
