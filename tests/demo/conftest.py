"""A small demo network in the test database, loaded for real and gone afterwards."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connections

from entremise.demo.loading import Loaded, bring_demo
from entremise.demo.places import PLACES, departement_of_town
from entremise.ground.reference.models import Departement, Region

AT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
UNTIL = date(2026, 3, 1)
SMALL = {"sites": 8, "months": 1, "seed": 7, "until": UNTIL}
KEPT = ("reference_", "django_migrations", "django_content_type", "auth_")


def bring(*, fresh: bool = False, report: Any = None, **asked: Any) -> Loaded:
    """Bring the small demo, or another."""
    silent = lambda _step, _done, _total: None  # noqa: E731 -- shorter than a function here
    return bring_demo(SMALL | asked, yesterday=UNTIL, fresh=fresh, at=AT, report=report or silent)


@pytest.fixture(scope="module")
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[], None]]:
    """Give the module a database to commit to, and a way to empty it between tests."""
    with django_db_blocker.unblock():
        _empty()
        yield _empty
        _empty()
        Departement.objects.filter(region="990").delete()
        Region.objects.filter(code="990").delete()


@pytest.fixture(scope="module")
def demo(empty_database: Callable[[], None]) -> Loaded:
    """Load the small demo once for the tests that only read it."""
    return bring()


def _empty() -> None:
    owner = connections["owner"]
    tables = [t for t in owner.introspection.table_names() if not t.startswith(KEPT)]
    with owner.cursor() as cursor:
        cursor.execute("SET entremise.retention = 'on'")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("RESET entremise.retention")
        cursor.execute("DELETE FROM reference_commune WHERE invented")
        cursor.execute("COMMENT ON SCHEMA public IS NULL")
    region, _ = Region.objects.get_or_create(
        code="990", defaults={"name": "Région d’essai", "search_name": "region d essai"}
    )
    for code in {departement_of_town(town) for place in PLACES for town in place.towns}:
        Departement.objects.get_or_create(
            code=code, defaults={"name": code, "search_name": code, "region": region}
        )
