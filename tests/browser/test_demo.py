"""The demo network as a newcomer meets it, and the pictures of the README."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from entremise.demo.accounts import PASSWORD
from entremise.demo.loading import bring_demo
from entremise.foundation.core.periods import day_in_paris
from tests.conftest import empty_tables


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load one month of the whole demo, today included, then take it and its mark away."""
    now = timezone.now()
    silent = lambda _step, _done, _total: None  # noqa: E731 -- shorter than a function here
    with django_db_blocker.unblock():
        empty_tables()
        bring_demo({"months": 1}, yesterday=day_in_paris(now), fresh=False, at=now, report=silent)
        yield
        empty_tables()
        with connections["owner"].cursor() as cursor:
            cursor.execute("COMMENT ON SCHEMA public IS NULL")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_newcomer_finds_a_day_already_begun(demo, open_page, picture, size):
    page = open_page("mediation", PASSWORD, size=size)

    assert "tout est inventé" in page.inner_text(".demo-notice")
    page.keyboard.press("Digit1")
    picture(page, f"desk-{size}")


def test_every_invented_place_is_on_the_map(demo, open_page, picture):
    page = open_page("siege", PASSWORD)

    page.goto("/carte")
    page.locator("[data-map] .leaflet-interactive").first.wait_for(state="attached")
    picture(page, "map")

    assert page.locator(".leaflet-interactive").count() == 68


@pytest.mark.parametrize(
    "account",
    ["deux-structures", "accueil", "responsable", "direction", "qualite", "audit-interne",
     "audit", "financeur", "dpo", "admin"],
)  # fmt: skip
def test_each_demo_account_opens_its_first_page(demo, open_page, account):
    page = open_page(account, PASSWORD)

    assert page.url.endswith("/aujourdhui")
    assert page.get_by_role("heading", level=1).inner_text() == "Aujourd’hui"
