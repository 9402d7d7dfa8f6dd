"""The desk in a real browser: five visits with the keyboard, and what makes the trade."""

import re

import pytest
from playwright.sync_api import Page, expect

from entremise.ground.network.models import Stop
from entremise.ground.reference.models import Commune
from entremise.practice.activity.models import Activity


def acts() -> list[Activity]:
    """Return every current act, the first recorded first."""
    return list(Activity.objects.current().order_by("recorded_at"))


def choose(page: Page, name: str, value: str = "", rank: int = 0) -> None:
    """Choose the chip of a group that bears this value, or the one of this rank."""
    wanted = f"[value='{value}']" if value else ""
    label = page.locator(f"label.chip:has(input[name='{name}']{wanted})").nth(rank)
    if not label.locator("input").is_checked():
        label.click()


def record(page: Page) -> None:
    """Press the button and wait for the day to say that it is done."""
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")


def figure(page: Page, label: str):
    """Return the value shown under a label in the day."""
    return page.locator("#day .figure", has_text=re.compile(label, re.I)).locator(".value").first


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_five_visits_with_the_keyboard_are_counted(visit, stage, size):
    page = visit("mediator_lyon", size=size)

    for rank in range(5):
        page.keyboard.press(f"Digit{rank % 3 + 1}")
        page.keyboard.press("Tab")
        page.keyboard.press("Digit1")
        page.keyboard.press("Control+Enter")
        expect(figure(page, "activités")).to_have_text(str(rank + 1))

    expect(figure(page, "passages")).to_have_text("5")
    expect(page.locator(".feed li")).to_have_count(5)
    assert [act.requests.first().operator_id is not None for act in acts()] == [True] * 5


def test_couple_is_one_passage_and_two_accompaniments(visit, stage):
    page = visit("mediator_lyon")
    page.locator("label.chip", has_text="Logement").first.click()
    page.get_by_text("Public, commune et quartier").click()
    choose(page, "p0-sex", "f")
    choose(page, "p0-band", "40-59")
    page.get_by_text("Plusieurs personnes").click()
    page.select_option("[name=p1-sex]", "m")
    page.select_option("[name=p1-band]", "40-59")
    record(page)

    expect(figure(page, "passages")).to_have_text("1")
    expect(figure(page, "accompagnements")).to_have_text("2")


def test_person_who_comes_for_her_mother_says_who_is_present(visit, stage):
    page = visit("mediator_lyon")
    page.locator("label.chip", has_text="Autre motif").first.click()
    page.select_option("[name=r0-theme_other]", "pension")
    page.get_by_text("Public, commune et quartier").click()
    choose(page, "presence", "relative")
    record(page)

    (act,) = acts()
    assert (act.presence, act.requests.get().theme_id) == (["relative"], "pension")


def test_phone_call_cut_is_a_failed_contact_in_no_count_of_passages(visit, stage):
    page = visit("mediator_lyon")
    page.get_by_text("Qui, comment, quand").click()
    choose(page, "kind", "failed_contact")
    choose(page, "mode", "phone")
    record(page)

    (act,) = acts()
    assert (act.kind, act.passage_count, act.main_register) == ("failed_contact", 0, None)
    expect(page.locator("#day")).to_contain_text("1 contact non abouti")


def test_bus_with_three_communes_in_a_day(visit, stage):
    bus = stage.sites["lyon_bus"]
    member = stage.memberships["mediator_lyon"]
    member.site = bus
    member.save()
    communes = list(Commune.objects.filter(invented=True).order_by("code"))
    for rank, commune in enumerate([*communes, communes[0]][:3]):
        Stop.objects.create(site=bus, commune=commune, label=f"Arrêt {rank + 1}", position=rank)
    page = visit("mediator_lyon")

    for rank in range(3):
        page.keyboard.press("Digit1")
        page.get_by_text("Qui, comment, quand").click()
        page.select_option("[name=stop]", index=rank + 1)
        record(page)

    recorded = acts()
    assert [act.stop.label for act in recorded] == ["Arrêt 1", "Arrêt 2", "Arrêt 3"]
    assert {act.site_id for act in recorded} == {bus.pk}
    expect(page.locator("#day")).to_contain_text("dont 3 hors les murs")


def test_visit_mixing_france_services_and_a_mediation_earns_register_3(visit, stage):
    page = visit("mediator_lyon")
    choose(page, "r0-theme", rank=5)
    page.get_by_text("Cadre, minutes et étiquette").click()
    choose(page, "r0-frame", "france_services")
    page.get_by_role("button", name="Ajouter une demande").click()
    choose(page, "r1-theme")
    choose(page, "r1-nature", "clear-misunderstanding")
    expect(page.locator("[data-register-none]")).to_be_visible()
    choose(page, "r1-explanation", "both_sides")
    expect(page.locator("[data-register-3]")).to_be_visible()
    record(page)

    (act,) = acts()
    assert act.main_register == 3
    assert [r.frame for r in act.requests.order_by("position")] == ["france_services", "mediation"]
    expect(figure(page, "passages")).to_have_text("1")
    expect(figure(page, "demandes")).to_have_text("2")


def test_visit_is_recorded_without_javascript(visit, stage):
    page = visit("mediator_lyon", script=False)
    choose(page, "r0-theme")
    choose(page, "r0-outcome", "resolved")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    assert "Accueil enregistré" in page.inner_text("#toasts")
    assert len(acts()) == 1


def test_double_click_records_once(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    page.get_by_role("button", name="Enregistrer", exact=True).dblclick()
    page.wait_for_load_state()

    expect(page.locator("#day")).to_be_visible()
    assert len(acts()) == 1


def test_back_button_and_the_same_content_records_once(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    record(page)

    page.go_back()
    choose(page, "r0-theme")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page.locator("#toasts")).to_contain_text("compté qu’une fois")
    assert len(acts()) == 1


def test_back_button_and_another_content_asks_and_loses_nothing(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    record(page)

    page.go_back()
    choose(page, "r0-theme", rank=2)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", name="Cet écran a déjà servi")).to_be_visible()
    page.get_by_role("button", name="Enregistrer comme un nouvel accueil").click()

    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")
    assert len(acts()) == 2


def test_undo_takes_the_visit_out_of_the_day(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    record(page)

    page.get_by_role("button", name="Annuler").click()

    expect(page.locator("#toasts")).to_contain_text("ne compte plus")
    assert acts() == []


def test_correction_keeps_both_versions_in_sight(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    record(page)
    page.locator(".feed a").first.click()
    page.get_by_role("link", name="Corriger").click()
    choose(page, "minutes", "30")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
    expect(page.get_by_role("heading", name="Version 1")).to_be_visible()
    assert [(act.version, act.minutes) for act in acts()] == [(2, 30)]


def test_one_key_hides_the_last_visits_from_the_public(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    record(page)
    expect(page.locator(".feed li")).to_be_visible()

    page.keyboard.press("KeyH")

    expect(page.locator(".feed li")).to_be_hidden()


def test_missing_motive_is_asked_and_nothing_typed_is_lost(visit, stage):
    page = visit("mediator_lyon")
    choose(page, "r0-outcome", "resolved")
    page.locator("[name=minutes_exact]").fill("17")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Choisissez le motif de cette demande")
    assert page.locator("[name=minutes_exact]").input_value() == "17"
    assert page.locator("[name=r0-outcome][value=resolved]").is_checked()
    assert acts() == []


def test_screen_of_another_account_asks_before_it_records(visit, stage):
    page = visit("mediator_lyon")
    choose(page, "r0-theme")
    page.locator("[name=signed_as]").evaluate("field => field.value = crypto.randomUUID()")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("ouvert sous un autre compte")
    assert page.locator("[name=r0-theme]").first.is_checked()
    assert acts() == []
    record(page)
    assert len(acts()) == 1
