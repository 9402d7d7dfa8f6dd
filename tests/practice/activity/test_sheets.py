"""The tally sheet: printed without a person's data, taken in as one act a visit, once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from entremise.practice.activity.engine import RequestContent
from entremise.practice.activity.forms.sheets import hours_of
from entremise.practice.activity.models import Activity
from tests.cast import DAY, record


def posted(cast, who: str = "mediator_lyon", **changes: str) -> dict[str, str]:
    """Return what a browser sends: three visits for energy, two for tax, at three hours."""
    return {
        "act": str(uuid4()), "site": str(cast.sites["lyon"].pk), "signed_as": str(cast[who].pk),
        "mediator": str(cast.memberships["mediator_lyon"].pk), "day": DAY.isoformat(),
        "hours": "9,10,14", "rows": "3", "printed": "1", "confirm": "1",
        "v0-theme": "energy-bill", "v0-h9": "2", "v0-h14": "1",
        "v1-theme": "tax", "v1-h10": "2", "v2-theme": "",
    } | changes  # fmt: skip


def send(client, fields: dict[str, str], **how):
    return client.post(reverse("enter_sheet"), fields, **how)


def visits() -> list[tuple[str, int]]:
    """Return the theme and the quarter of every act, in order."""
    acts = Activity.objects.current().prefetch_related("requests")
    return sorted((act.requests.all()[0].theme_id, act.quarter) for act in acts)


def test_each_visit_becomes_an_act_of_its_hour_typed_after(cast, sign_in):
    answer = send(sign_in("mediator_lyon"), posted(cast), follow=True)

    assert visits() == [
        ("energy-bill", 36), ("energy-bill", 36), ("energy-bill", 56), ("tax", 40), ("tax", 40),
    ]  # fmt: skip
    act = Activity.objects.first()
    assert (act.entry, act.mode, act.day, act.passage_count) == ("sheet", "walk_in", DAY, 1)
    assert (act.main_register, act.gathered_count, act.minutes) == (None, None, None)
    assert not act.participants.exists()
    page = answer.content.decode()
    assert "5 accueils enregistrés" in page
    assert page.count("saisi après coup</span>") == 5


def test_table_shows_what_it_amounts_to_before_anything_is_written(cast, sign_in):
    client, fields = sign_in("mediator_lyon"), posted(cast)
    del fields["confirm"]

    shown = send(client, fields)

    page = shown.content.decode()
    assert shown.status_code == 200
    assert "5 accueils seront enregistrés" in page
    assert "Enregistrer 5 accueils" in page
    assert not Activity.objects.exists()


def test_going_back_to_the_table_keeps_every_cell(cast, sign_in):
    shown = send(sign_in("mediator_lyon"), posted(cast, mend="1"))

    form = shown.context["form"]
    assert shown.status_code == 200
    assert [cell.value() for _hour, cell in form.rows[0].cells] == ["2", None, "1"]
    assert not Activity.objects.exists()


def test_sheet_sent_twice_is_recorded_once(cast, sign_in):
    client, fields = sign_in("mediator_lyon"), posted(cast)

    send(client, fields)
    again = send(client, fields, follow=True)

    assert len(visits()) == 5
    assert "rien n’a été compté deux fois" in again.content.decode()


def test_sheet_whose_act_was_undone_since_is_not_revived_by_a_replay(cast, sign_in):
    client, fields = sign_in("mediator_lyon"), posted(cast)
    send(client, fields)
    client.post(reverse("undo_act", args=[Activity.objects.first().act]))

    send(client, fields)

    assert len(visits()) == 4


@pytest.mark.parametrize(
    "changes",
    [{"v1-h14": "1"}, {"v1-h10": "1"}, {"v0-h9": "3"}, {"v0-theme": "work"}, {"v1-h10": ""}],
)
def test_sheet_sent_again_with_other_numbers_writes_nothing_and_drops_nothing(
    cast, sign_in, changes
):
    client, fields = sign_in("mediator_lyon"), posted(cast)
    send(client, fields)
    before = visits()

    refused = send(client, fields | changes)

    assert refused.status_code == 409
    assert visits() == before
    form = refused.context["form"]
    fresh = form["act"].value()
    assert UUID(fresh) != UUID(fields["act"])
    send(client, fields | changes | {"act": fresh})
    assert len(visits()) == 5 + form.total


def test_refusal_in_the_middle_of_a_sheet_leaves_no_act(cast, sign_in):
    early = (cast.memberships["mediator_lyon"].starts_on - timedelta(days=1)).isoformat()

    refused = send(sign_in("mediator_lyon"), posted(cast, day=early))

    assert refused.status_code == 422
    assert "ne tient pas l’accueil" in refused.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"v2-h9": "1"}, "Choisissez le motif de cette ligne."),
        ({"v0-h9": "", "v0-h14": "", "v1-h10": "0"}, "Notez au moins une visite"),
        ({"v0-h9": "99", "v0-h14": "99", "v1-h10": "3"}, "en compte 201"),
        ({"v0-h9": "100"}, "99"),
        ({"v0-h9": "-1"}, "0"),
        ({"v0-h9": "deux"}, "entier"),
        ({"v0-theme": "no-such-theme"}, "no-such-theme"),
        ({"day": "2099-01-01"}, "pas encore venu"),
        ({"day": ""}, "obligatoire"),
    ],
)
def test_sheet_that_does_not_hold_is_refused_and_nothing_typed_is_lost(
    cast, sign_in, changes, sentence
):
    refused = send(sign_in("mediator_lyon"), posted(cast) | changes)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in page
    assert refused.context["form"].rows[1]["theme"].value() == "tax"
    assert not Activity.objects.exists()


def test_two_hundred_visits_fit_in_one_sheet(cast, sign_in):
    send(sign_in("mediator_lyon"), posted(cast, **{"v0-h9": "99", "v0-h14": "99"}))

    assert len(visits()) == 200


def test_row_is_added_without_losing_the_others(cast, sign_in):
    shown = send(sign_in("mediator_lyon"), posted(cast, add_row="1"))

    assert len(shown.context["form"].rows) == 4
    assert shown.context["form"].rows[1]["h10"].value() == "2"


def test_screen_opened_under_another_account_asks_first(cast, sign_in):
    refused = send(sign_in("reception_lyon"), posted(cast, "mediator_lyon"))

    assert refused.status_code == 422
    assert "sous un autre compte" in refused.content.decode()
    assert not Activity.objects.exists()


def test_printed_sheet_holds_the_themes_of_the_place_and_no_person(cast, sign_in):
    record(cast, day=cast.actor("mediator_lyon").today - timedelta(days=2),
           requests=(RequestContent("disability-card"),))  # fmt: skip

    shown = sign_in("mediator_lyon").get(reverse("tally_sheet"), {"day": "2026-03-17"})

    sheet = shown.content.decode().split('class="sheet"')[1].split("</main>")[0]
    assert shown.context["themes"][0].code == "disability-card"
    assert "Aucun nom, aucun numéro." in sheet
    assert "mardi 17 mars 2026" in sheet
    assert sheet.count('class="ticks"') == 8 * (8 + 3)
    assert str(cast["mediator_lyon"]) not in sheet


@pytest.mark.parametrize("day", ["", "demain", "2026-13-45"])
def test_sheet_printed_in_advance_leaves_the_day_to_the_pen(cast, sign_in, day):
    shown = sign_in("mediator_lyon").get(reverse("tally_sheet"), {"day": day})

    assert (shown.status_code, shown.context["day"]) == (200, None)


@pytest.mark.parametrize(
    ("opening_hours", "hours"),
    [
        ("", [9, 10, 11, 12, 13, 14, 15, 16]),
        ("Mo-Fr 10:00-12:00", [9, 10, 11, 12, 13, 14, 15, 16]),
        ("Tu 08:30-18:15", [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]),
        ("Sa 07:00-20:00", [7, 9, 11, 13, 15, 17, 19]),
        ("n’importe quoi", [9, 10, 11, 12, 13, 14, 15, 16]),
    ],
)
def test_columns_follow_the_hours_of_the_place(cast, opening_hours, hours):
    site = cast.sites["lyon"]
    site.opening_hours = opening_hours

    assert hours_of(site) == hours
