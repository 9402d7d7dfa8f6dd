"""The desk in a real browser: how few gestures a visit takes, and what makes the trade."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from entremise.ground.network.models import Stop
from entremise.ground.reference.models import Commune
from entremise.practice.activity.forms.favourites import FIRST_FAVOURITES
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


class Gestures:
    """What the browser saw of the person: clicks, keys (a chord is one), letters typed."""

    LISTENER = """
        addEventListener("pointerdown", (event) => event.isTrusted && saw("clicks"), true);
        addEventListener("keydown", (event) => {
          const modifier = ["Control", "Shift", "Alt", "Meta"].includes(event.key);
          if (event.isTrusted && !modifier) saw("keys");
        }, true);
        addEventListener("input", (event) => {
          if (!["radio", "checkbox"].includes(event.target.type)) saw("letters");
        }, true);
    """

    def __init__(self, page: Page) -> None:
        self.counts: Counter[str] = Counter()
        page.expose_function("saw", lambda kind: self.counts.update([kind]))
        page.add_init_script(self.LISTENER)
        page.reload()

    def told(self) -> tuple[int, int, int]:
        """Return clicks, keys and letters."""
        return self.counts["clicks"], self.counts["keys"], self.counts["letters"]


def tell(sentence: str) -> None:
    """Print what a journey counted (pytest -s shows it)."""
    print(f"\n{sentence}")  # noqa: T201 -- the journeys are asked to print their gestures


# What the top row of a French keyboard sends without Shift, by the place of its keys.
AZERTY = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))


def press_azerty(page: Page, digits: str) -> None:
    """Press keys of the top row by their place, as a French keyboard does."""
    session = page.context.new_cdp_session(page)
    for digit in digits:
        key = {"key": AZERTY[digit], "code": f"Digit{digit}"}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": AZERTY[digit], **key})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    session.detach()


def cell(page: Page, value: str) -> None:
    """Click a cell of the public."""
    page.locator(f"label.cell:has(input[value='{value}'])").click()


def precise(page: Page, rank: int = 0) -> None:
    """Open every list of a request."""
    page.locator(".opens").nth(rank).click()


def told_by(act: Activity) -> tuple[object, ...]:
    """Return what an act says of its first request, its public and its register."""
    request = act.requests.order_by("position").first()
    group = act.participants.first()
    return (
        "|".join((request.theme_id, request.operator_id or "", request.nature_id or "",
                  request.explanation)),
        f"{group.sex}:{group.band}" if group else "",
        request.outcome_id or "",
        act.main_register,
    )  # fmt: skip


def test_ordinary_visit_takes_three_clicks_and_no_typing(visit, stage):
    page = visit("mediator_lyon")
    gestures = Gestures(page)

    choose(page, "r0-favourite", "energy-bill|edf|clear-misunderstanding|both_sides")
    cell(page, "f:25-39")
    record(page)

    clicks, keys, letters = gestures.told()
    tell(f"ordinary visit: {clicks} clicks, {keys} keys, {letters} letters typed")
    assert (clicks, keys, letters) == (3, 0, 0)
    (act,) = acts()
    assert told_by(act) == (
        "energy-bill|edf|clear-misunderstanding|both_sides", "f:25-39", "", 3,
    )  # fmt: skip


def test_three_steps_are_in_sight_without_scrolling(visit, stage):
    page = visit("mediator_lyon")
    page.set_viewport_size({"width": 1440, "height": 900})

    for part in (".favourites", ".public-grid", "[name='r0-outcome']", ".record-bar .btn"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, part


SEXES = "fmx"
BANDS = ["0-11", "12-17", "18-24", "25-39", "40-59", "60-69", "70-plus", "nc"]
OUTCOMES = ["resolved", "referred", "coming-back", "out-of-scope", "refused", "dropped"]


def test_twenty_visits_by_keyboard_alone_on_a_french_keyboard(visit, stage):
    page = visit("mediator_lyon")
    gestures = Gestures(page)
    meant, pressed = [], []

    for rank in range(20):
        before = gestures.counts["keys"]
        favourite, row, column = rank % 8, rank % 3, rank * 3 % 8
        outcome = rank % 7  # the seventh is left untold
        press_azerty(page, str(favourite + 1))
        page.keyboard.press("Tab")
        press_azerty(page, f"{row + 1}{column + 1}" if rank != 10 else "0")
        if outcome < 6:
            page.keyboard.press("Tab")
            press_azerty(page, str(outcome + 1))
        page.keyboard.press("Control+Enter")
        expect(figure(page, "activités")).to_have_text(str(rank + 1))
        pressed.append(gestures.counts["keys"] - before)
        meant.append((
            FIRST_FAVOURITES[favourite],
            f"{SEXES[row]}:{BANDS[column]}" if rank != 10 else "nd:nd",
            OUTCOMES[outcome] if outcome < 6 else "",
            3 if "both_sides" in FIRST_FAVOURITES[favourite] else None,
        ))  # fmt: skip

    clicks, _keys, letters = gestures.told()
    tell(f"twenty visits: keys each {pressed}, {clicks} clicks, {letters} letters typed")
    assert [told_by(act) for act in acts()] == meant
    assert (clicks, letters) == (0, 0)
    assert max(pressed) == 7
    expect(figure(page, "passages")).to_have_text("20")


def test_visit_with_three_requests(visit, stage):
    page = visit("mediator_lyon")
    gestures = Gestures(page)

    choose(page, "r0-favourite", "energy-bill|edf|inform|")
    page.get_by_role("button", name="Ajouter une demande").click()
    choose(page, "r1-favourite", "tax|finances-publiques|help-step|")
    page.get_by_role("button", name="Ajouter une demande").click()
    choose(page, "r2-favourite", "other")
    choose(page, "r2-theme", "housing")
    cell(page, "m:60-69")
    record(page)

    tell(f"visit with three requests: {gestures.counts['clicks']} clicks")
    (act,) = acts()
    recorded = act.requests.order_by("position").values_list("theme", "operator", "nature")
    assert list(recorded) == [
        ("energy-bill", "edf", "inform"),
        ("tax", "finances-publiques", "help-step"),
        ("housing", None, None),
    ]
    assert gestures.told() == (8, 0, 0)
    expect(figure(page, "passages")).to_have_text("1")
    expect(figure(page, "demandes")).to_have_text("3")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_visit_is_recorded_without_javascript(visit, stage, size):
    page = visit("mediator_lyon", script=False, size=size)

    choose(page, "r0-favourite", "energy-bill|edf|clear-misunderstanding|both_sides")
    cell(page, "f:70-plus")
    choose(page, "r0-outcome", "resolved")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    assert "Accueil enregistré" in page.inner_text("#toasts")
    (act,) = acts()
    assert told_by(act) == (
        "energy-bill|edf|clear-misunderstanding|both_sides", "f:70-plus", "resolved", 3,
    )  # fmt: skip


def test_every_list_opens_without_javascript(visit, stage):
    page = visit("mediator_lyon", script=False)

    expect(page.locator(".precise").first).to_be_hidden()
    choose(page, "r0-favourite", "other")
    choose(page, "r0-theme", "housing")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    (act,) = acts()
    assert told_by(act) == ("housing|||", "", "", None)


def test_phone_shows_every_cell_under_a_thumb(visit, stage):
    page = visit("mediator_lyon", size="phone")

    boxes = [one.bounding_box() for one in page.locator("label.cell").all()]

    assert len(boxes) == 33
    assert min(box["height"] for box in boxes) >= 44
    assert min(box["width"] for box in boxes) >= 36
    assert max(box["x"] + box["width"] for box in boxes) <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_nothing_of_a_person_carries_over_even_after_back(visit, stage):
    page = visit("mediator_lyon")
    page.get_by_text("Qui, comment, quand").click()
    choose(page, "mode", "phone")
    choose(page, "r0-favourite", rank=1)
    cell(page, "m:18-24")
    choose(page, "r0-outcome", "resolved")
    choose(page, "minutes", "30")
    record(page)

    assert chosen(page) == {"kind": "reception", "mode": "phone", "r0-frame": "mediation"}
    page.go_back()
    expect(page.locator(".favourites")).to_be_visible()
    assert chosen(page) == {"kind": "reception", "mode": "walk_in", "r0-frame": "mediation"}
    page.go_forward()
    expect(page.locator(".favourites")).to_be_visible()
    assert chosen(page) == {"kind": "reception", "mode": "phone", "r0-frame": "mediation"}


def chosen(page: Page) -> dict[str, str]:
    """Return every answer chosen on the form."""
    pairs = page.eval_on_selector_all(
        "form[data-desk] input:checked", "inputs => inputs.map((one) => [one.name, one.value])"
    )
    return dict(pairs)


def test_visit_that_the_network_lost_is_still_there_after_back(visit, stage):
    page = visit("mediator_lyon")
    choose(page, "r0-favourite", "tax|finances-publiques|help-step|")
    cell(page, "m:18-24")
    page.route("**/enregistrer", lambda route: route.abort())
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/enregistrer")

    page.go_back()
    expect(page.locator(".favourites")).to_be_visible()
    assert chosen(page)["p0-cell"] == "m:18-24"
    record(page)

    (act,) = acts()
    assert told_by(act)[:2] == ("tax|finances-publiques|help-step|", "m:18-24")


def test_same_screen_in_two_tabs_records_once(visit, stage):
    first = visit("mediator_lyon")
    second = first.context.new_page()
    second.goto("/aujourdhui")
    same = first.locator("[name=act]").input_value()
    second.locator("[name=act]").evaluate("(field, act) => { field.value = act }", same)

    for page in (first, second):
        choose(page, "r0-favourite", rank=1)
        page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(second.locator("#toasts")).to_contain_text("compté qu’une fois")
    assert len(acts()) == 1


def test_what_is_chosen_on_its_own_comes_before_the_favourite_here_too(visit, stage):
    page = visit("mediator_lyon")
    choose(page, "r0-favourite", "energy-bill|edf|clear-misunderstanding|both_sides")
    expect(page.locator("[data-register-3]")).to_be_visible()

    precise(page)
    choose(page, "r0-nature", "inform")

    expect(page.locator("[data-register-none]")).to_be_visible()
    record(page)
    (act,) = acts()
    assert told_by(act) == ("energy-bill|edf|inform|", "", "", None)


def test_answer_is_taken_back_with_one_key(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    page.keyboard.press("Tab")
    press_azerty(page, "24")
    assert chosen(page)["p0-cell"] == "m:25-39"

    page.keyboard.press("ArrowDown")
    assert chosen(page)["p0-cell"] == "x:25-39"
    page.keyboard.press("Backspace")

    assert "p0-cell" not in chosen(page)


def test_single_keys_can_be_turned_off_and_control_enter_stays(visit, stage):
    member = stage["mediator_lyon"]
    member.shortcuts_on = False
    member.save()
    page = visit("mediator_lyon")

    page.keyboard.press("Digit1")
    page.keyboard.press("?")

    assert "r0-favourite" not in chosen(page)
    expect(page.locator("[data-keyboard-dialog]")).to_be_hidden()
    choose(page, "r0-favourite", rank=1)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Accueil enregistré")


def test_question_mark_lists_the_keys(visit, stage):
    page = visit("mediator_lyon")

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Clavier")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Clavier")).to_be_hidden()


def test_couple_is_one_passage_and_two_accompaniments(visit, stage):
    page = visit("mediator_lyon")
    choose(page, "r0-favourite", rank=1)
    cell(page, "f:40-59")
    page.get_by_text("Plusieurs personnes").click()
    page.select_option("[name=p1-sex]", "m")
    page.select_option("[name=p1-band]", "40-59")
    record(page)

    expect(figure(page, "passages")).to_have_text("1")
    expect(figure(page, "accompagnements")).to_have_text("2")


def test_person_who_comes_for_her_mother_says_who_is_present(visit, stage):
    page = visit("mediator_lyon")
    choose(page, "r0-favourite", "other")
    choose(page, "r0-theme", "other")
    page.select_option("[name=r0-theme_other]", "pension")
    page.get_by_text("Présence, commune et quartier").click()
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
    choose(page, "r0-favourite", "papers||help-online|")
    page.get_by_text("Cadre, minutes et étiquette").click()
    choose(page, "r0-frame", "france_services")
    page.get_by_role("button", name="Ajouter une demande").click()
    precise(page, 1)
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
    choose(page, "r0-favourite", FIRST_FAVOURITES[0])
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page.locator("#toasts")).to_contain_text("compté qu’une fois")
    assert len(acts()) == 1


def test_back_button_and_another_content_asks_and_loses_nothing(visit, stage):
    page = visit("mediator_lyon")
    page.keyboard.press("Digit1")
    record(page)

    page.go_back()
    choose(page, "r0-favourite", rank=2)
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
    choose(page, "r0-favourite", FIRST_FAVOURITES[0])
    page.locator("[name=signed_as]").evaluate("field => field.value = crypto.randomUUID()")
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("ouvert sous un autre compte")
    assert page.locator("[name=r0-favourite]").first.is_checked()
    assert acts() == []
    record(page)
    assert len(acts()) == 1
