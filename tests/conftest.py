"""The conscience of the tests: one real database, made by the owner, used as the application.

The cast is fixed (decisions.md 22): people named by role and place. Every warning is an error.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from entremise.config.database import dsn, launcher, locations, roles

os.environ.pop("DATABASE_URL", None)
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
PREFIX = "entremise_test_"

pytest_plugins = ["tests.cast"]


def pytest_configure() -> None:
    """Serve the built files under their own names: no manifest is needed to test a page."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """Create a database of its own as the owner, migrate it, grant, load the national lists."""
    from entremise.config.database import preparation

    home = locations.state_folder()
    launcher.ensure_running(home)
    name = f"{PREFIX}{os.getpid()}"
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
    with _one_at_a_time(home), django_db_blocker.unblock():
        _drop_databases_left_behind(home)
        roles.create_roles(
            dsn.embedded(home, user=dsn.SUPERUSER, name="postgres"),
            owner=dsn.embedded(home, user=dsn.OWNER, name=name),
            application=dsn.embedded(home, user=dsn.APPLICATION, name=name),
            statistics=dsn.embedded(home, user=dsn.STATISTICS, name=name),
        )
        preparation.prepare()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    _drop(home, name)


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Let two workers prepare their databases in turn: roles belong to the whole server."""
    with (home / "tests.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _superuser(home: Path) -> psycopg.Connection:
    parameters = dsn.embedded(home, user=dsn.SUPERUSER, name="postgres").parameters()
    return psycopg.connect(**parameters, autocommit=True)


def _drop(home: Path, name: str) -> None:
    with _superuser(home) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _drop_databases_left_behind(home: Path) -> None:
    with _superuser(home) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]
        ).fetchall()
    for (name,) in names:
        if not Path(f"/proc/{name.removeprefix(PREFIX)}").exists():
            _drop(home, name)


@pytest.fixture
def transactional_owner(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let a test commit for real; the owner empties every table of people and acts around it."""
    with django_db_blocker.unblock():
        empty_tables()
        yield
        empty_tables()


def empty_tables() -> None:
    """Leave the national lists and nothing else."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    owner = connections["owner"]
    tables = [
        table
        for table in owner.introspection.table_names()
        if table not in kept and not table.startswith("reference_")
    ]
    with owner.cursor() as cursor:
        cursor.execute("SET entremise.retention = 'on'")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("RESET entremise.retention")
        cursor.execute("DELETE FROM reference_commune WHERE invented")
        cursor.execute("DELETE FROM reference_departement WHERE region_id = '990'")
        cursor.execute("DELETE FROM reference_region WHERE code = '990'")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let whoever uses the cast write accesses on their own connection, as the product does."""
    for item in items:
        if "cast" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=["default", "journal", "statistics"]))
