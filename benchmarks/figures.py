"""Measure figures on the demo year: the fold of a year at once, then figures by scope.

It loads a database of its own beside the others, on the same server, and drops it afterwards. The
network's year must be read in 0.3 s; pages.py measures the same behind the screen, cold and warm.
"""

# ruff: noqa: PLC0415 -- a script: Django starts after the database

import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import _scene

UNTIL = date(2026, 11, 22)
TIMES = 9
LONGEST_YEAR = 300.0  # ms
EMPTY = "TRUNCATE statistics_delta, statistics_monthlydelta, statistics_fold"


def main() -> int:
    """Keep the figures; return 1 when the network's year is read too slowly."""
    with _scene.own_database("entremise_bench_figures"):
        figures = _measure()
    _scene.keep("figures", figures)
    return 0 if figures["network_year_first_ms"] <= LONGEST_YEAR else 1


def _measure() -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings")
    from entremise.config import cli

    cli.prepare_database()
    from django.db import connections
    from django.utils import timezone

    from entremise.demo.loading import bring_demo
    from entremise.foundation.core.periods import Period, month_period
    from entremise.ground.network.models import Site
    from entremise.insight.statistics import facts
    from entremise.insight.statistics.engine import Scope
    from entremise.insight.statistics.operations import fold_figures

    at = timezone.now()
    loaded = bring_demo({}, yesterday=UNTIL, fresh=False, at=at, report=lambda *_told: None)
    with connections["owner"].cursor() as cursor:
        cursor.execute(EMPTY)
    start = time.perf_counter()
    folded = fold_figures(until=UNTIL, at=at)
    found: dict[str, float] = {
        "versions": loaded.rows["activity_activity"],
        "fold_seconds": round(time.perf_counter() - start, 1),
        "fold_rows": folded.rows,
    }
    site = Site.objects.using("owner").order_by("pk")[0]
    structure = frozenset({site.structure_id})
    year = Period(UNTIL - timedelta(days=364), UNTIL + timedelta(days=1))
    scopes = {
        "network": Scope(),
        "structure": Scope(structure),
        "site": Scope(structure, frozenset({site.pk})),
    }
    for name, scope in scopes.items():
        for label, period in (("year", year), ("month", month_period(UNTIL))):
            first, usual = _timed(lambda s=scope, p=period: facts.figures(s, p))
            found |= {f"{name}_{label}_first_ms": first, f"{name}_{label}_ms": usual}
    _first, found["network_year_as_of_ms"] = _timed(
        lambda: facts.figures(Scope(), year, as_of=UNTIL - timedelta(days=70))
    )
    connections.close_all()
    return found


def _timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds of the first call, and the median of the next ones."""
    spent = []
    for _time in range(TIMES):
        start = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - start))
    return round(spent[0], 1), round(median(spent[1:]), 1)


if __name__ == "__main__":
    sys.exit(main())
