"""Waves and tally sheets in a real browser: the stepper, two tabs, the back button, the paper."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from entremise.foundation.core.periods import day_in_paris
from entremise.ground.reference.models import Theme
from entremise.practice.activity.engine import RequestContent
from entremise.practice.activity.models import Activity
from tests.browser.test_every_page import faults
from tests.cast import record

A4_LANDSCAPE = (842, 595)


def yesterday() -> str:
    return (day_in_paris(timezone.now()) - timedelta(days=1)).isoformat()


def fill_wave(page: Page, count: str = "12") -> None:
    """Tell a wave of yesterday, between nine and ten."""
    page.fill("[name=gathered]", count)
    page.fill("[name=day]", yesterday())
    page.fill("[name=start]", "09:00")
    page.fill("[name=until]", "10:00")


def record_wave(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer la vague").click()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_twelve_passages_between_nine_and_ten_then_undone(visit, stage, picture, size):
    page = visit("mediator_lyon", size=size)
    page.goto(reverse("record_wave"))
    fill_wave(page, "10")
    page.get_by_role("button", name=re.compile("Un de plus")).click(click_count=2)
    picture(page, f"wave-{size}")
    assert faults(page) == []
    page.keyboard.press("Control+Enter")

    expect(page.locator("#toasts")).to_contain_text("Vague de 12 passages enregistrée")
    act = Activity.objects.get()
    assert (act.gathered_count, act.passage_count, act.main_register) == (12, 12, None)
    page.locator("#toasts").get_by_role("button", name="Annuler").click()
    expect(page.locator("#toasts")).to_contain_text("ne compte plus")
    assert not Activity.objects.current().exists()


def test_wave_sent_from_two_tabs_and_after_the_back_button_is_recorded_once(visit, stage):
    page = visit("mediator_lyon")
    page.goto(reverse("record_wave"))
    act = page.locator("[name=act]").input_value()
    fill_wave(page)
    other = page.context.new_page()
    other.goto(reverse("record_wave"))
    other.evaluate("act => { document.querySelector('[name=act]').value = act }", act)
    fill_wave(other)

    record_wave(page)
    expect(page.locator("#toasts")).to_contain_text("enregistrée")
    record_wave(other)
    expect(other.locator("#toasts")).to_contain_text("déjà enregistrée")
    page.go_back()
    fill_wave(page)
    record_wave(page)
    expect(page.locator("#toasts")).to_contain_text("déjà enregistrée")

    assert Activity.objects.count() == 1


def test_screen_used_again_with_another_number_records_another_wave_when_asked(visit, stage):
    page = visit("mediator_lyon")
    page.goto(reverse("record_wave"))
    fill_wave(page)
    record_wave(page)
    expect(page.locator("#toasts")).to_contain_text("enregistrée")
    page.go_back()
    fill_wave(page, "20")
    record_wave(page)

    expect(page.locator(".error-summary")).to_contain_text("a déjà servi")
    assert page.locator("[name=gathered]").input_value() == "20"
    record_wave(page)
    expect(page.locator("#toasts")).to_contain_text("Vague de 20 passages")
    assert sorted(Activity.objects.values_list("gathered_count", flat=True)) == [12, 20]


def test_wave_without_javascript(visit, stage):
    page = visit("mediator_lyon", script=False)
    page.goto(reverse("record_wave"))
    fill_wave(page)
    record_wave(page)

    expect(page.locator("#toasts")).to_contain_text("Vague de 12 passages enregistrée")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_tally_sheet_prints_on_one_a4_page(visit, stage, picture, size):
    """The fullest sheet: the longest names, and a long day."""
    longest = sorted(Theme.objects.all(), key=lambda theme: -len(theme.label))[:10]
    for theme in longest:
        record(stage, day=day_in_paris(timezone.now()) - timedelta(days=2),
               requests=(RequestContent(theme.code),))  # fmt: skip
    stage.sites["lyon"].opening_hours = "Mo-Sa 08:00-18:30"
    stage.sites["lyon"].save()
    page = visit("mediator_lyon", size=size)
    page.goto(f"{reverse('tally_sheet')}?day=2026-03-17")
    assert page.locator(".sheet tbody tr").count() == 13
    assert page.locator(".sheet thead th").count() == 1 + 11
    picture(page, f"sheet-{size}")
    assert faults(page) == []

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})  # what the margins leave of A4
    picture(page, f"sheet-print-{size}")
    printed = page.pdf(prefer_css_page_size=True)

    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [(round(float(w)), round(float(h))) for w, h in boxes] == [A4_LANDSCAPE]
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1


@pytest.mark.parametrize(("size", "script"), [("desktop", True), ("phone", True), ("phone", False)])
def test_sheet_is_taken_in_after_a_summary(visit, stage, picture, size, script):
    page = visit("mediator_lyon", size=size, script=script)
    page.goto(reverse("enter_sheet"))
    page.fill("[name=day]", yesterday())
    page.fill("[name=v0-h9]", "21")
    page.fill("[name=v1-h14]", "15")
    page.select_option("[name=v9-theme]", "pension")
    page.fill("[name=v9-h16]", "1")
    if script:
        picture(page, f"sheet-entry-{size}")
        assert faults(page) == []
    page.get_by_role("button", name="Vérifier la feuille").click()

    expect(page.locator("#sheet-summary")).to_have_text("37 accueils seront enregistrés")
    assert not Activity.objects.exists()
    if script:
        picture(page, f"sheet-summary-{size}")
        assert faults(page) == []
    page.get_by_role("button", name="Revenir au tableau").click()
    assert page.locator("[name=v0-h9]").input_value() == "21"
    page.get_by_role("button", name="Vérifier la feuille").click()
    page.get_by_role("button", name="Enregistrer 37 accueils").click()

    expect(page.locator("#toasts")).to_contain_text("37 accueils enregistrés")
    assert set(Activity.objects.values_list("entry", "day")) == {
        ("sheet", day_in_paris(timezone.now()) - timedelta(days=1))
    }
    assert Activity.objects.count() == 37
    expect(page.get_by_text("saisi après coup").first).to_be_visible()


def test_sheet_sent_again_by_the_back_button_is_recorded_once(visit, stage):
    page = visit("mediator_lyon")
    page.goto(reverse("enter_sheet"))
    for _time in range(2):
        page.fill("[name=day]", yesterday())
        page.fill("[name=v0-h9]", "3")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#sheet-summary")).to_be_visible()
        page.keyboard.press("Control+Enter")
        page.wait_for_url(re.compile("/accueils"))
        expect(page.locator("#toasts")).to_contain_text(re.compile("enregistré"))
        page.go_back()
        page.go_back()
        page.wait_for_selector("[name=v0-h9]")

    assert Activity.objects.count() == 3


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_own_activity_and_the_button_that_takes_the_list_away(visit, stage, picture, size):
    page = visit("mediator_lyon", size=size)
    page.goto(reverse("record_wave"))
    fill_wave(page)
    record_wave(page)
    page.goto(reverse("my_activity"))
    page.get_by_role("link", name="Année").click()
    page.locator("details summary").first.click()
    picture(page, f"mine-{size}")
    assert faults(page) == []
    assert "personne ne classe les personnes" in page.inner_text("main")

    page.goto(f"{reverse('acts')}?period=month")
    picture(page, f"acts-{size}")
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter (CSV)").click()
    assert re.fullmatch(r"accueils-point-daccueil-lyon-.+\.csv", download.value.suggested_filename)
