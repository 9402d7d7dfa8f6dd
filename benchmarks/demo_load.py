"""Measure the load of the demo network: one year of 68 points d'accueil, in less than 60 s.

It loads a database of its own beside the others, on the same server, and drops it afterwards.
"""

# ruff: noqa: PLC0415 -- a script: Django starts after the database

import os
import resource
import sys
import time
from datetime import date

import _scene

UNTIL = date(2026, 11, 22)


def main() -> int:
    """Keep the figures; return 1 when a minute is not enough."""
    with _scene.own_database("entremise_bench_demo"):
        figures = _measure()
    _scene.keep("demo_load", figures)
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


if __name__ == "__main__":
    sys.exit(main())
