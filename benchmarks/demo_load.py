"""Measure the load of the demo network: one year of 68 points d'accueil, in less than 60 s.

It loads a database of its own beside the others, on the same server, and drops it afterwards.
"""

# ruff: noqa: PLC0415, T201 -- a script: Django starts after the database, figures go to the screen

import json
import os
import platform
import resource
import sys
import time
from datetime import date

import psycopg
from psycopg import sql

from entremise.config.database import dsn, launcher, locations, roles

DATABASE = "entremise_bench_demo"
UNTIL = date(2026, 11, 22)


def main() -> int:
    """Write bench/demo_load.json in the state folder; return 1 when a minute is not enough."""
    home = locations.state_folder()
    launcher.ensure_running(home)
    places = {
        alias: dsn.embedded(home, user=role, name=DATABASE)
        for alias, role in (
            ("DATABASE_URL", dsn.APPLICATION),
            ("DATABASE_OWNER_URL", dsn.OWNER),
            ("DATABASE_STATISTICS_URL", dsn.STATISTICS),
        )
    }
    superuser = dsn.embedded(home, user=dsn.SUPERUSER, name="postgres")
    _drop(superuser)
    roles.create_roles(
        superuser,
        owner=places["DATABASE_OWNER_URL"],
        application=places["DATABASE_URL"],
        statistics=places["DATABASE_STATISTICS_URL"],
    )
    os.environ |= {variable: place.url() for variable, place in places.items()}
    try:
        figures = _measure()
    finally:
        _drop(superuser)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    record = {"name": "demo_load", "machine": machine, "figures": figures}
    folder = home / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo_load.json").write_text(json.dumps(record, indent=2) + "\n")
    print(json.dumps(record))
    return 0 if figures["seconds"] < 60 else 1


def _measure() -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings")
    from entremise.config import cli

    cli.prepare_database()
    from django.db import connections
    from django.utils import timezone

    from entremise.demo.loading import bring_demo

    drawn_at = 0.0

    def report(step: str, done: int, total: int) -> None:
        nonlocal drawn_at
        if total and done == total:
            drawn_at = time.perf_counter()

    start = time.perf_counter()
    loaded = bring_demo({}, yesterday=UNTIL, fresh=False, at=timezone.now(), report=report)
    seconds = time.perf_counter() - start
    connections.close_all()
    return {
        "sites": loaded.parameters.sites,
        "versions": loaded.rows["activity_activity"],
        "requests": loaded.rows["activity_request"],
        "seconds": round(seconds, 1),
        "drawn_and_copied_seconds": round(drawn_at - start, 1),
        "versions_per_second": round(loaded.rows["activity_activity"] / seconds),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _drop(superuser: dsn.Connection) -> None:
    with psycopg.connect(**superuser.parameters(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE))
        )


if __name__ == "__main__":
    sys.exit(main())
