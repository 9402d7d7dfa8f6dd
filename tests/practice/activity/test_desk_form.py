"""The desk's form: what was typed stays valid, whatever this place met meanwhile."""

from datetime import UTC, datetime

from django.http import QueryDict
from django.urls import reverse

from entremise.practice.activity.forms.desk import desk_form
from tests.cast import record

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


def test_public_not_asked_leaves_no_participant(cast):
    form = _form(cast)

    assert form.is_valid()
    assert form.content().participants == ()


def test_band_asked_alone_keeps_the_sex_not_asked(cast):
    form = _form(cast, **{"p0-band": "nc"})

    assert form.is_valid()
    (group,) = form.content().participants
    assert (group.sex, group.band) == ("nd", "nc")


def test_aidants_connect_asks_for_its_term(cast):
    form = _form(cast, mandate="aidants_connect")

    assert not form.is_valid()
    assert "mandate_until" in form.errors


def test_only_place_people_mode_and_stop_carry_over(cast, sign_in):
    client = sign_in("mediator_lyon")
    today = cast.actor("mediator_lyon").today.isoformat()
    posted = _posted(cast, day=today, start="00:00", mode="phone", minutes="15",
                     **{"r0-outcome": "resolved", "p0-sex": "f"})  # fmt: skip
    assert client.post(reverse("record_visit"), posted).status_code == 302

    form = client.get(reverse("today")).context["form"]

    assert form["mode"].value() == "phone"
    untouched = [form["minutes"], form["origin"], form.participants[0]["sex"]]
    untouched += [form.requests[0][name] for name in ("theme", "operator", "nature", "outcome")]
    assert [field.value() for field in untouched] == [None] * len(untouched)


def test_page_of_an_act_shows_no_instant_of_recording(cast, sign_in):
    activity = record(cast)

    page = sign_in("site_lead_lyon").get(activity.get_absolute_url()).content.decode()

    assert "Version 1" in page
    assert not {"9:07", "09:07", "9 h 07", "10 h 07", "10:07"} & set(page.split())
