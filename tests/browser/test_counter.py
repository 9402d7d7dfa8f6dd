"""One counter, several people, in a real browser: turns, lock, discreet mode, nothing lost."""

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import Page, expect

from entremise.practice.activity.models import Activity
from tests.browser.test_every_page import faults
from tests.cast import AT, PASSWORD, Cast

CODE, OTHER = "739164", "402857"


@pytest.fixture
def desk(stage: Cast) -> Cast:
    """Give a short code to the two who receive in Lyon."""
    for who, code in (("mediator_lyon", CODE), ("reception_lyon", OTHER)):
        stage[who].short_code, stage[who].short_code_set_at = make_password(code), AT
        stage[who].save()
    return stage


def signatures() -> list[str]:
    """Return who signed each current act, the first recorded first."""
    acts = Activity.objects.current().order_by("recorded_at").select_related("mediator__user")
    return [act.mediator.user.username for act in acts]


def record(page: Page) -> None:
    """Choose a motive, record, and wait for the day to say that it is done."""
    page.locator("label.favourite").first.click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")


def take_over(page: Page, name: str, code: str, size: str) -> None:
    """Change the person of the counter with a short code."""
    if size == "phone":
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Changer de personne").click()
    page.get_by_text(name, exact=True).last.click()
    page.get_by_label("Code court").fill(code)
    page.get_by_role("button", name="Prendre le poste").click()


def signed_in(page: Page):
    """Return the name shown on top of the page."""
    return page.locator("header .signed-in strong")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_two_mediators_take_turns_at_one_counter(visit, desk, size, script):
    page = visit("mediator_lyon", size=size, script=script)
    expect(signed_in(page)).to_have_text("Mediator Lyon")
    expect(signed_in(page)).to_be_in_viewport()
    record(page)

    take_over(page, "Reception Lyon", OTHER, size)
    expect(signed_in(page)).to_have_text("Reception Lyon")
    record(page)
    take_over(page, "Mediator Lyon", CODE, size)
    record(page)

    assert signatures() == ["mediator_lyon", "reception_lyon", "mediator_lyon"]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_pages_of_the_counter_are_accessible(visit, desk, size, picture):
    page = visit("mediator_lyon", size=size)
    refused = {}

    for name, address in (
        ("change", "/poste/changer"),
        ("code", "/compte/code-court"),
        ("day", "/"),
    ):
        page.goto(address)
        picture(page, f"counter-{name}-{size}")
        refused[name] = faults(page)
    if size == "phone":
        page.get_by_role("button", name="Menu").click()
        picture(page, f"counter-menu-{size}")
    page.get_by_role("button", name="Verrouiller").click()
    expect(page.get_by_role("heading", name="Poste verrouillé")).to_be_visible()
    picture(page, f"counter-cover-{size}")
    refused["cover"] = faults(page)
    page.goto("/accueils")
    picture(page, f"counter-locked-{size}")
    refused["locked"] = faults(page)
    page.get_by_role("button", name="Changer de personne").click()
    page.get_by_text("Reception Lyon", exact=True).click()
    page.get_by_label("Code court").fill(OTHER)
    page.get_by_role("button", name="Prendre le poste").click()
    expect(signed_in(page)).to_have_text("Reception Lyon")
    page.goto("/compte/")
    picture(page, f"counter-password-{size}")
    refused["password"] = faults(page)

    assert {name: found for name, found in refused.items() if found} == {}


def test_idle_page_is_covered_and_opens_in_place_with_what_was_typed(visit, desk):
    page = visit("mediator_lyon")
    page.clock.install()
    page.goto("/aujourdhui")
    choose = page.locator("label.favourite").first
    choose.click()

    page.clock.fast_forward("05:00")
    page.keyboard.press("Shift")
    page.clock.fast_forward("05:00")
    expect(page.locator(".shell")).to_be_visible()
    page.clock.fast_forward("06:00")
    expect(page.locator(".shell")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog[data-lock-cover]")).to_be_visible()
    page.get_by_label("Code court").fill("111999")
    page.get_by_role("button", name="Déverrouiller").click()
    expect(page.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    page.get_by_label("Code court").fill(CODE)
    page.keyboard.press("Enter")

    expect(page.locator(".shell")).to_be_visible()
    assert choose.locator("input").is_checked()
    assert signatures() == []
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")


def test_lock_covers_every_tab_and_the_page_behind_does_not_come_back(visit, desk):
    page = visit("mediator_lyon")
    other = page.context.new_page()
    other.goto("/accueils")

    page.get_by_role("button", name="Verrouiller").click()

    expect(page.locator(".shell")).to_be_hidden()
    expect(other.locator(".shell")).to_be_hidden()
    page.goto(reverse("sites"))
    expect(page.get_by_role("heading", name="Poste verrouillé")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Poste verrouillé")).to_be_visible()
    assert not page.locator(".shell").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_visit_sent_while_locked_in_another_tab_is_recorded_once(visit, desk, script):
    page = visit("mediator_lyon", script=script)
    page.locator("label.favourite").first.click()
    other = page.context.new_page()
    other.goto(reverse("sites"))
    token = other.locator("form[data-lock-now] [name=csrfmiddlewaretoken]").input_value()
    page.context.request.post("/poste/verrouiller", form={"csrfmiddlewaretoken": token})

    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", name="Poste verrouillé")).to_be_visible()
    assert signatures() == []
    page.get_by_label("Code court").fill(CODE)
    page.keyboard.press("Enter")
    if not script:
        page.get_by_role("button", name="Enregistrer la saisie en attente").click()

    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")
    assert signatures() == ["mediator_lyon"]


@pytest.mark.parametrize("script", [True, False])
def test_visit_typed_before_the_session_ended_is_recorded_after_signing_in(visit, desk, script):
    page = visit("mediator_lyon", script=script)
    page.locator("label.favourite").first.click()
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("gardée dans cette page")).to_be_visible()
    page.fill("[name=login]", "mediator_lyon")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    if not script:
        page.get_by_role("button", name="Enregistrer la saisie en attente").click()

    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")
    assert signatures() == ["mediator_lyon"]


def test_old_tab_asks_who_receives_after_the_counter_changed_hands_in_another(visit, desk):
    page = visit("mediator_lyon")
    motive = page.locator("label.favourite").first
    motive.click()
    other = page.context.new_page()
    other.goto("/aujourdhui")
    take_over(other, "Reception Lyon", OTHER, "desktop")
    expect(signed_in(other)).to_have_text("Reception Lyon")

    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("ouvert sous un autre compte")
    expect(motive.locator("input")).to_be_checked()
    assert signatures() == []
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")


@pytest.mark.parametrize("script", [True, False])
def test_discreet_mode_hides_the_day_until_it_is_left(visit, desk, script, picture):
    page = visit("mediator_lyon", script=script)
    record(page)
    shown = [page.locator(".feed li").first, page.locator("#day .value").first]
    button = page.get_by_role("button", name="Mode discret")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto("/aujourdhui")

    for place in shown:
        expect(place).to_be_hidden()
    expect(page.locator(".discreet-note")).to_be_visible()
    expect(page.get_by_role("button", name="Enregistrer", exact=True)).to_be_visible()
    picture(page, "counter-discreet")
    if script:
        assert faults(page) == []
    page.get_by_role("button", name="Mode discret").click()
    for place in shown:
        expect(place).to_be_visible()
