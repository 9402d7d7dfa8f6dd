"""A wave: several passages in one act, in no register, recorded once and shown apart."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from entremise.foundation.core.periods import day_in_paris
from entremise.ground.network.enums import Module
from entremise.practice.activity.models import Activity
from tests.cast import DAY, record


def posted(cast, who: str = "mediator_lyon", **changes: str) -> dict[str, str]:
    """Return what a browser sends for twelve people between nine and ten."""
    return {
        "act": str(uuid4()), "site": str(cast.sites["lyon"].pk), "signed_as": str(cast[who].pk),
        "mediator": str(cast.memberships["mediator_lyon"].pk), "day": DAY.isoformat(),
        "gathered": "12", "start": "09:00", "until": "10:00",
        "theme": "", "operator": "", "nature": "",
    } | changes  # fmt: skip


def send(client, fields: dict[str, str], **how):
    return client.post(reverse("record_wave"), fields, **how)


def only_act() -> Activity:
    return Activity.objects.get()


def test_wave_counts_one_activity_and_its_passages_in_no_register(cast, sign_in):
    answer = send(
        sign_in("mediator_lyon"), posted(cast, theme="tax", nature="clear-misunderstanding")
    )

    act = only_act()
    assert answer.status_code == 302
    assert (act.entry, act.gathered_count, act.quarter, act.until_quarter) == ("wave", 12, 36, 40)
    assert (act.passage_count, act.request_count, act.accompaniment_count) == (12, 1, 12)
    assert (act.main_register, act.mode) == (None, "walk_in")
    assert act.requests.get().nature_id == "clear-misunderstanding"
    assert not act.participants.exists()


def test_wave_sent_twice_is_recorded_once(cast, sign_in):
    client, fields = sign_in("mediator_lyon"), posted(cast)

    send(client, fields)
    again = send(client, fields, follow=True)

    assert Activity.objects.count() == 1
    assert "déjà enregistrée" in again.content.decode()


def test_wave_undone_then_sent_again_by_the_back_button_stays_undone(cast, sign_in):
    client, fields = sign_in("mediator_lyon"), posted(cast)
    send(client, fields)
    client.post(reverse("undo_act", args=[fields["act"]]))

    again = send(client, fields, follow=True)

    assert not Activity.objects.current().exists()
    assert "rien n’a été changé" in again.content.decode()


def test_screen_that_has_served_offers_another_wave_and_keeps_what_was_typed(cast, sign_in):
    client, fields = sign_in("mediator_lyon"), posted(cast)
    send(client, fields)

    refused = send(client, fields | {"gathered": "15"})

    form = refused.context["form"]
    assert refused.status_code == 409
    assert Activity.objects.get().gathered_count == 12
    assert form["gathered"].value() == "15"
    assert form["act"].value() not in ("", fields["act"])
    send(client, fields | {"gathered": "15", "act": form["act"].value()})
    assert sorted(Activity.objects.values_list("gathered_count", flat=True)) == [12, 15]


def test_identifier_of_an_act_elsewhere_is_refused_without_saying_where(cast, sign_in):
    taken = record(cast, "lille")

    refused = send(sign_in("mediator_lyon"), posted(cast, act=str(taken.act)))

    assert refused.status_code == 409
    assert "Lille" not in refused.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"gathered": "1"}, "gathered", "2"),
        ({"gathered": "501"}, "gathered", "500"),
        ({"gathered": "-3"}, "gathered", "2"),
        ({"gathered": "douze"}, "gathered", "entier"),
        ({"until": "09:00"}, "until", "La fin vient avant le début"),
        ({"until": "08:15"}, "until", "La fin vient avant le début"),
        ({"day": "2099-01-01"}, "day", "n’est pas encore venu"),
        ({"nature": "inform"}, "theme", "Choisissez le motif"),
        ({"theme": "no-such-theme"}, "theme", "no-such-theme"),
        ({"mediator": str(uuid4())}, "mediator", "choix"),
    ],
)
def test_wave_that_does_not_hold_is_refused_in_french_and_shown_again(
    cast, sign_in, changes, field, sentence
):
    refused = send(sign_in("mediator_lyon"), posted(cast) | changes)

    assert refused.status_code == 422
    assert sentence in " ".join(refused.context["form"].errors[field])
    assert not Activity.objects.exists()


def test_wave_of_an_hour_to_come_is_refused(cast, sign_in):
    today = day_in_paris(timezone.now())

    refused = send(
        sign_in("mediator_lyon"),
        posted(cast, day=today.isoformat(), start="23:59", until="00:00"),
    )

    assert refused.context["form"].errors["start"] == ["Cette heure n’est pas encore venue."]


@pytest.mark.parametrize(
    ("start", "until", "quarters"),
    [("09:07", "10:05", (36, 41)), ("23:00", "00:00", (92, 96)), ("00:00", "00:15", (0, 1))],
)
def test_hours_are_kept_to_the_whole_quarters_they_touch(cast, sign_in, start, until, quarters):
    send(sign_in("mediator_lyon"), posted(cast, start=start, until=until))

    assert (only_act().quarter, only_act().until_quarter) == quarters


def test_screen_opened_under_another_account_asks_and_keeps_what_was_typed(cast, sign_in):
    refused = send(sign_in("reception_lyon"), posted(cast, "mediator_lyon"))

    assert refused.status_code == 422
    assert "sous un autre compte" in refused.content.decode()
    assert refused.context["form"]["gathered"].value() == "12"
    assert refused.context["form"]["signed_as"].value() == str(cast["reception_lyon"].pk)
    assert not Activity.objects.exists()


def test_place_of_another_structure_is_not_recorded(cast, sign_in):
    refused = send(sign_in("mediator_lyon"), posted(cast, site=str(cast.sites["lille"].pk)))

    assert refused.status_code == 422
    assert not Activity.objects.exists()


def test_mediator_who_was_not_there_that_day_is_named_as_the_reason(cast, sign_in):
    early = (cast.memberships["mediator_lyon"].starts_on - timedelta(days=1)).isoformat()

    refused = send(sign_in("mediator_lyon"), posted(cast, day=early))

    assert "ne tient pas l’accueil" in refused.content.decode()


def test_structure_without_the_desk_records_no_wave(cast, sign_in):
    structure = cast.structures["lyon"]
    structure.modules = [Module.MOBILE]
    structure.save()

    assert send(sign_in("mediator_lyon"), posted(cast)).status_code == 409


def test_list_and_page_of_the_act_show_the_wave_apart(cast, sign_in):
    client = sign_in("mediator_lyon")
    record(cast, quarter=50)
    wave = record(cast, entry="wave", gathered=12, quarter=36, until_quarter=40, requests=())
    hours = "9\u00a0h – 10\u00a0h"

    listed = client.get(reverse("acts"), {"since": DAY.isoformat(), "until": DAY.isoformat()})

    page = listed.content.decode()
    assert (page.count("vague de 12"), page.count(hours)) == (1, 1)
    shown = client.get(wave.get_absolute_url()).content.decode()
    assert "vague de 12 personnes" in shown
    assert hours in shown


def test_empty_form_proposes_the_hour_just_gone_by_and_whoever_is_signed_in(cast, sign_in):
    form = sign_in("mediator_lyon").get(reverse("record_wave")).context["form"]

    assert form["mediator"].value() == str(cast.memberships["mediator_lyon"].pk)
    assert form["gathered"].value() is None
    assert form["start"].value() < form["until"].value()
    assert (form["theme"].value(), form["nature"].value()) == (None, None)
