"""The desk's form: what was typed stays valid, whatever this place met meanwhile."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.urls import reverse

from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.forms.desk import desk_form
from entremise.practice.activity.queries.day import day_counts
from tests.cast import DAY, act_content, record

NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)


def _posted(cast, **changes: str) -> QueryDict:
    fields = {
        "act": "6f1f3c6e-3c1e-4a55-9a0e-6f7f6f1f3c6e",
        "site": str(cast.sites["lyon"].pk),
        "signed_as": str(cast["mediator_lyon"].pk),
        "mediator": str(cast.memberships["mediator_lyon"].pk),
        "kind": "reception", "mode": "walk_in", "day": "2026-03-16", "start": "11:52",
        "requests": "1", "r0-theme": "energy-bill",
    }  # fmt: skip
    posted = QueryDict(mutable=True)
    posted.update(fields | changes)
    return posted


def _form(cast, **changes: str):
    return desk_form(
        cast.sites["lyon"], cast.actor("mediator_lyon"), at=NOON, posted=_posted(cast, **changes)
    )


def test_chip_that_is_no_longer_usual_is_still_accepted_and_shown(cast):
    form = _form(cast, **{"r0-operator": "saur"})

    assert form.is_valid(), [part.errors for part in form.every_part]
    assert "saur" in dict(form.requests[0].fields["operator"].choices)
    assert form.content().requests[0].operator == "saur"


def test_code_of_no_list_is_refused(cast):
    assert not _form(cast, **{"r0-theme": "no-such-theme"}).is_valid()


def test_time_is_kept_to_the_quarter_hour(cast):
    form = _form(cast)

    assert form.is_valid()
    assert form.content().quarter == 11 * 4 + 3


def test_day_to_come_is_refused_in_french(cast):
    form = _form(cast, day="2026-03-17")

    assert not form.is_valid()
    assert form.errors["day"] == ["Ce jour n’est pas encore venu."]


def test_commune_is_found_by_its_name_and_nothing_is_asked_of_its_quarter(cast):
    form = _form(cast, commune="lille essai")

    assert form.is_valid(), form.errors
    content = form.content()
    assert (content.commune, content.commune_answer, content.qpv_answer) == ("00059", "yes", "")


def test_unknown_commune_says_what_to_do(cast):
    form = _form(cast, commune="Nulle-Part-sur-Rien")

    assert not form.is_valid()
    assert "ne sait pas" in form.errors["commune"][0]


@pytest.mark.parametrize(
    ("answers", "groups"),
    [
        ({}, []),
        ({"p0-cell": "nd"}, [("nd", "nd", 1)]),
        ({"p0-cell": "f:25-39"}, [("f", "25-39", 1)]),
        ({"p0-cell": "nc:nc"}, [("nc", "nc", 1)]),
        ({"p0-cell": "m:nd"}, [("m", "nd", 1)]),
        ({"p0-count": "3"}, [("nd", "nd", 3)]),
        ({"p0-cell": "f:40-59", "p1-sex": "m"}, [("f", "40-59", 1), ("m", "nd", 1)]),
    ],
)
def test_public_is_what_was_told_and_nothing_more(cast, answers, groups):
    form = _form(cast, **answers)

    assert form.is_valid(), [part.errors for part in form.every_part]
    told = form.content().participants
    assert [(group.sex, group.band, group.count) for group in told] == groups


@pytest.mark.parametrize("cell", ["f:200-300", "z:25-39", "25-39", "f"])
def test_cell_of_no_list_is_refused(cast, cell):
    form = _form(cast, **{"p0-cell": cell})

    assert not form.is_valid()
    assert form.public.errors["cell"] == ["Choisissez une case du tableau."]


def test_grid_has_a_cell_for_each_sex_and_band_in_force(cast):
    grid = _form(cast, **{"p0-cell": "m:70-plus"}).public.grid

    assert [column.short for column in grid.columns] == [
        "<12", "12–17", "18–24", "25–39", "40–59", "60–69", "70+", "nc",
    ]  # fmt: skip
    assert [(row.short, row.key) for row in grid.rows] == [
        ("F", "1"), ("H", "2"), ("A", "3"), ("nc", "4"),
    ]  # fmt: skip
    chosen = [label for row in grid.rows for _value, label, _key, told in row.cells if told]
    assert chosen == ["homme, 70 ans et plus"]


def test_pair_recorded_before_that_no_cell_tells_stays_in_sight(cast):
    content = act_content(cast, participants=(ParticipantContent("f", "nd", 2),))
    form = desk_form(cast.sites["lyon"], cast.actor("mediator_lyon"), at=NOON, content=content)

    assert form.public.grid.beside == ("f:nd", "femme, âge non demandé")
    assert form.are_several


def test_motive_of_a_correction_is_asked_once_the_day_was_read(cast):
    about = {"at": NOON, "content": act_content(cast)}
    here = (cast.sites["lyon"], cast.actor("mediator_lyon"))

    before = desk_form(*here, posted=_posted(cast), **about)
    after = desk_form(*here, posted=_posted(cast), needs_motive=True, **about)

    assert before.is_valid()
    assert not after.is_valid()
    assert list(after.errors) == ["motive"]


def test_note_is_told_and_stays_out_of_sight_of_who_may_not_read_it(cast):
    here = (cast.sites["lyon"], cast.actor("mediator_lyon"))

    form = _form(cast, note="Rappeler la date limite.")
    hidden = desk_form(*here, at=NOON, content=act_content(cast, note="x"), shows_note=False)

    assert form.is_valid()
    assert form.content().note == "Rappeler la date limite."
    assert not {"note", "note_reason"} & set(hidden.fields)


def test_day_says_how_much_was_left_untold(cast):
    told = {"outcome": "resolved", "theme": "energy"}
    record(cast, participants=(ParticipantContent("f", "25-39"),))
    record(cast, participants=(ParticipantContent("nd", "nd"),), requests=(RequestContent(**told),))
    record(cast, requests=(RequestContent(**told), RequestContent("tax")))
    record(cast, kind="failed_contact", mode="phone", requests=())

    counts = day_counts(cast.sites["lyon"], DAY)

    assert (counts.activities, counts.visits) == (4, 3)
    assert (counts.public_untold, counts.public_untold_share) == (1, 33)
    assert (counts.outcome_untold, counts.outcome_untold_share) == (2, 67)


def test_aidants_connect_asks_for_its_term(cast):
    form = _form(cast, mandate="aidants_connect")

    assert not form.is_valid()
    assert "mandate_until" in form.errors


def test_only_place_people_mode_and_stop_carry_over(cast, sign_in):
    client = sign_in("mediator_lyon")
    today = cast.actor("mediator_lyon").today.isoformat()
    posted = _posted(cast, day=today, start="00:00", mode="phone", minutes="15",
                     **{"r0-outcome": "resolved", "p0-cell": "f:25-39",
                        "r0-favourite": "tax|||"})  # fmt: skip
    assert client.post(reverse("record_visit"), posted).status_code == 302

    form = client.get(reverse("today")).context["form"]

    assert form["mode"].value() == "phone"
    names = ("favourite", "theme", "operator", "nature", "outcome")
    untouched = [form["minutes"], form["origin"], form.public["cell"]]
    untouched += [form.requests[0][name] for name in names]
    assert [field.value() for field in untouched] == [None] * len(untouched)


def test_page_of_an_act_shows_no_instant_of_recording(cast, sign_in):
    activity = record(cast)

    page = sign_in("site_lead_lyon").get(activity.get_absolute_url()).content.decode()

    assert "Version 1" in page
    assert not {"9:07", "09:07", "9 h 07", "10 h 07", "10:07"} & set(page.split())
