"""The lead reads a day over, the director closes a month, and a correction comes afterwards."""

from datetime import timedelta

import pytest

from entremise.practice.activity.models import Activity, DayReview, FrozenCount
from tests.cast import record


def _last_month(stage):
    today = stage.actor("mediator_lyon").today
    return (today.replace(day=1) - timedelta(days=1)).replace(day=10)


def _frozen_activities() -> int:
    return sum(FrozenCount.objects.filter(slice="total").values_list("activities", flat=True))


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_lead_validates_a_day_with_the_keyboard(visit, stage, size):
    yesterday = stage.actor("site_lead_lyon").today - timedelta(days=1)
    record(stage, day=yesterday)
    page = visit("site_lead_lyon", size=size)
    page.goto("/relecture")
    page.locator("[id^=day-]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/relecture/*/*")

    page.locator("button[data-confirm]").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Valider la journée").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/relecture")

    assert DayReview.objects.get().day == yesterday
    assert Activity.objects.get().reviewed_on is not None


@pytest.mark.parametrize("script", [True, False])
def test_correction_after_the_month_was_closed_leaves_its_figure(visit, stage, script):
    day = _last_month(stage)
    kept, undone = record(stage, day=day), record(stage, day=day, quarter=44)
    director = visit("director_lyon", script=script)
    director.goto(f"/mois/{day:%Y-%m}/clore")
    director.get_by_role("button", name="Clore le mois").click()
    director.wait_for_url("**/mois/**")
    assert _frozen_activities() == 2

    mediator = visit("mediator_lyon", script=script)
    mediator.goto(f"/accueils/{undone.act}/annuler")
    mediator.get_by_text("enregistré deux fois").click()
    mediator.locator("main form button[type=submit]").last.click()
    mediator.wait_for_load_state("networkidle")
    mediator.goto(f"/accueils/{kept.act}/corriger")
    mediator.locator("label", has_text="Reviendra").first.click()
    mediator.locator("label", has_text="oubli").first.click()
    mediator.get_by_role("button", name="Enregistrer").last.click()
    mediator.wait_for_url(f"**/accueils/{kept.act}")

    director.goto(f"/mois/{day:%Y-%m}")
    told = director.inner_text("main")
    assert _frozen_activities() == 2
    assert "1 activité" in told.replace("\u00a0", " ")
    assert Activity.objects.get(act=undone.act).motive == "twice"
    assert Activity.objects.filter(act=kept.act).count() == 2
