"""Every page in a real browser: no accessibility violation, nothing wider than the screen."""

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from entremise.ground.network.models import Stop
from entremise.ground.network.operations import imports
from entremise.ground.network.queries import mappings
from entremise.practice.activity.models import LocalTag
from entremise.practice.activity.operations import close_month
from tests.cast import AT, DAY, record
from tests.conftest import SHARED

PAGES = {
    "mediator_lyon": ["today", "acts", "act", "correct_act", "sites", "site", "bus", "my_account",
                      "account_change_password", "switch_structure", "roles", "map",
                      "change_person", "short_code", "record_wave", "tally_sheet", "enter_sheet",
                      "my_activity", "france_services_table"],
    "site_lead_lyon": ["today", "members", "local_tags", "edit_local_tag",
                       "note_opening_exception", "reviews", "review_day", "undo_act", "act",
                       "figures"],
    "director_lyon": ["today", "structure", "edit_structure", "structure_modules", "checklist",
                      "invite_member", "member", "end_membership", "edit_site", "suspend_site",
                      "open_site", "add_stop", "months", "month", "close_month",
                      "figures"],
    "network_head": ["today", "structures", "open_structure", "unattached_sites", "move_site",
                     "merge_site", "close_site", "site_imports", "site_import", "journal",
                     "gallery", "figures"],
    "stranger": ["my_account"],
}  # fmt: skip
OUTSIDE = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
]
LIST = SHARED / "data" / "pimms_sites_2024-08.csv"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def addresses(stage):
    """Build one thing of each kind and return the address of every page."""
    site, bus = stage.sites["lyon"], stage.sites["lyon_bus"]
    Stop.objects.create(site=bus, commune=site.commune, label="Place du marché", position=0)
    tag = LocalTag.objects.create(structure=site.structure, label="Étiquette", theme_id="energy")
    act = record(stage, note="reviendra jeudi avec le courrier")
    record(stage, day=DAY - timedelta(days=2), minutes=300)  # a Saturday, and long
    record(stage, day=date(2026, 2, 3))
    close_month(site.structure, date(2026, 2, 1), by=stage["director_lyon"], at=AT)
    batch = imports.keep_list(
        file_name="lieux.csv", content=b"id;nom;insee\n1;Un lieu;01004\n",
        mapping={}, by=stage["network_head"], at=AT,
    )  # fmt: skip
    of = {
        "act": {"act": act.act}, "correct_act": {"act": act.act}, "undo_act": {"act": act.act},
        "review_day": {"site": site.pk, "day": DAY - timedelta(days=2)},
        "month": {"month": "2026-02"}, "close_month": {"month": "2026-03"},
        "edit_local_tag": {"pk": tag.pk},
        "site_import": {"pk": batch.pk}, "bus": {"pk": bus.pk}, "add_stop": {"pk": bus.pk},
    }  # fmt: skip
    for name in ("site", "edit_site", "note_opening_exception", "suspend_site", "move_site",
                 "merge_site", "close_site"):  # fmt: skip
        of[name] = {"pk": site.pk}
    for name in ("structure", "edit_structure", "structure_modules", "checklist", "open_site"):
        of[name] = {"pk": site.structure_id}
    for name in ("member", "end_membership"):
        of[name] = {"pk": stage.memberships["mediator_lyon"].pk}
    return lambda name: reverse("site" if name == "bus" else name, kwargs=of.get(name, {}))


def faults(page) -> list[str]:
    """Return what axe refuses, and what does not fit the width of the screen."""
    found = [
        f"{rule['id']}: {rule['nodes'][0]['html'][:120]}"
        for rule in Axe().run(page, options=RULES).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + (["wider than the screen"] if wide else [])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("who", list(PAGES))
def test_pages_are_accessible(visit, addresses, who, size, language):
    page = visit(who, size=size, language=language)
    refused = {}

    for name in PAGES[who]:
        answer = page.goto(addresses(name))
        assert answer.status == 200, name
        assert page.locator("html").get_attribute("lang") == language
        if found := faults(page):
            refused[name] = found

    assert refused == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_before_signing_in_and_errors_are_accessible(visit, stage, language):
    page = visit("stranger", language=language)
    page.goto("/compte/fermer")
    page.get_by_role("button", name=re.compile("déconnecter|Sign out", re.I)).last.click()
    refused = {}

    for address in [*(reverse(name) for name in OUTSIDE), "/nulle-part"]:
        page.goto(address)
        if found := faults(page):
            refused[address] = found

    assert refused == {}


def test_page_that_a_role_may_not_open_says_so(visit, stage):
    page = visit("mediator_lyon")

    page.goto("/personnes")

    assert "Votre rôle ne comprend pas" in page.inner_text("main")
    assert faults(page) == []


def test_real_list_puts_ninety_one_places_on_the_map(visit, stage):
    if not LIST.exists():
        pytest.skip("the public list of places is not beside the project: ../shared/data")
    mapping = mappings.content_of(mappings.profile("france-services-2024"))
    head = stage["network_head"]
    batch = imports.keep_list(
        file_name=LIST.name, content=LIST.read_bytes(), mapping=mapping, by=head, at=AT
    )
    imports.check_list(batch.pk, mapping=mapping, by=head, at=AT)
    imports.import_list(batch.pk, by=head, at=AT)
    page = visit("network_head")

    page.goto("/carte")
    page.locator("[data-map] .leaflet-interactive").first.wait_for(state="attached")

    assert page.locator(".leaflet-interactive").count() == 91 + len(stage.sites)
    assert faults(page) == []
