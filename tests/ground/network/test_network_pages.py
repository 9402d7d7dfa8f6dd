"""The pages of the network, through a browser's eyes: what they show, refuse and keep."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.foundation.core.french import search_key
from entremise.ground.network.enums import SiteState
from entremise.ground.network.models import Membership, Network, OpeningException, Site, Structure
from entremise.ground.network.queries.outlines import outlines_of

EVERYWHERE = ["Bus Lyon", "Point d’accueil Lille", "Point d’accueil Lyon"]
STRANGE = "00000000-0000-4000-8000-000000000000"


def page_of(client, route, *args, **query):
    answer = client.get(reverse(route, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, EVERYWHERE),
        ({"q": "ACCUEIL lyon"}, ["Point d’accueil Lyon"]),
        ({"q": "69001"}, ["Point d’accueil Lyon"]),
        ({"q": "entremise lille"}, ["Point d’accueil Lille"]),
        ({"kind": "bus"}, ["Bus Lyon"]),
        ({"departement": "59"}, ["Point d’accueil Lille"]),
        ({"state": "closed"}, []),
        ({"structure": "not-a-structure"}, EVERYWHERE),
    ],
)
def test_directory_finds_places(cast, sign_in, query, names):
    for name, site in cast.sites.items():
        site.sort_name = search_key(site.name)
        site.postal_code = {"lyon": "69001"}.get(name, "")
        site.save()

    answer = sign_in("funder").get(reverse("sites"), query)

    assert [site.name for site in answer.context["page"]] == names


def test_directory_without_an_answer_says_what_to_do(cast, sign_in):
    assert "Aucun point d’accueil ici" in page_of(sign_in("funder"), "sites", q="introuvable")


@pytest.mark.parametrize("route", ["sites", "structures", "members", "map"])
def test_list_costs_the_same_for_few_and_many(cast, sign_in, route):
    client = sign_in("network_head")
    client.get(reverse(route))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(route))
    lyon = cast.sites["lyon"]
    for rank in range(20):
        structure = Structure.objects.create(
            network=cast.network, code=f"s{rank}", name=f"S{rank}", sort_name=f"s{rank}"
        )
        site = Site.objects.create(
            structure=structure,
            name=f"L{rank}",
            sort_name=f"l{rank}",
            kind="fixed",
            commune=lyon.commune,
        )
        Membership.objects.create(
            user=cast["stranger"],
            role="mediator",
            structure=structure,
            site=site,
            starts_on=date(2025, 1, 1),
            invited_at="2026-01-01T00:00Z",
            invited_by=cast["admin"],
        )

    with CaptureQueriesContext(connection) as many:
        client.get(reverse(route))

    assert len(many) == len(few)


def test_site_page_shows_the_week_the_phone_and_the_closure(cast, sign_in):
    lyon = cast.sites["lyon"]
    lyon.phone = "+33468436893"
    lyon.save()
    tomorrow = date.today() + timedelta(days=1)
    OpeningException.objects.create(
        site=lyon,
        day=tomorrow,
        half_day="morning",
        reason="works",
        noted_at="2026-01-01T00:00Z",
        noted_by=cast["admin"],
    )

    page = page_of(sign_in("funder"), "site", lyon.pk)

    assert 'href="tel:+33468436893"' in page
    assert "04\u00a068\u00a043\u00a068\u00a093" in page
    assert "9\u00a0h\u00a0– 12\u00a0h, 14\u00a0h\u00a0– 17\u00a0h" in page
    assert "travaux ou panne" in page
    assert "Retirer" not in page


def test_site_page_shows_buttons_by_right(cast, sign_in):
    lyon = cast.sites["lyon"].pk
    routes = ("edit_site", "note_opening_exception", "close_site")
    links = [reverse(route, args=[lyon]) for route in routes]

    shown = {
        who: [link in page_of(sign_in(who), "site", lyon) for link in links]
        for who in ("mediator_lyon", "site_lead_lyon", "director_lyon", "network_head")
    }

    assert shown == {
        "mediator_lyon": [False, False, False],
        "site_lead_lyon": [False, True, False],
        "director_lyon": [True, True, False],
        "network_head": [True, True, True],
    }


def test_director_of_another_structure_may_see_but_not_edit(cast, sign_in):
    answer = sign_in("director_lyon").get(reverse("edit_site", args=[cast.sites["lille"].pk]))

    assert answer.status_code == 403


def test_site_edited_with_a_mistake_keeps_what_was_typed(cast, sign_in):
    answer = sign_in("director_lyon").post(
        reverse("edit_site", args=[cast.sites["lyon"].pk]),
        {"name": "Nouveau nom", "kind": "fixed", "commune_text": "Nulle-Part"},
    )

    page = answer.content.decode()
    assert 'value="Nouveau nom"' in page
    assert "Aucune commune ne porte ce nom" in page
    assert Site.objects.get(pk=cast.sites["lyon"].pk).name == "Point d’accueil Lyon"


def test_site_edited_is_announced_on_its_page(cast, sign_in):
    lyon = cast.sites["lyon"]

    answer = sign_in("director_lyon").post(
        reverse("edit_site", args=[lyon.pk]),
        {
            "name": "Nouveau nom",
            "kind": "fixed",
            "commune_text": "Lyon-Essai",
            "hours_mo": "9h-12h",
        },
        follow=True,
    )

    assert answer.redirect_chain == [(reverse("site", args=[lyon.pk]), 302)]
    assert "La fiche du point d’accueil est à jour." in answer.content.decode()
    lyon.refresh_from_db()
    assert lyon.opening_hours == "Mo 09:00-12:00; PH off"


def test_site_opened_by_its_director(cast, sign_in):
    sign_in("director_lyon").post(
        reverse("open_site", args=[cast.structures["lyon"].pk]),
        {"name": "Antenne", "kind": "branch", "commune_text": "00069"},
    )

    assert Site.objects.get(name="Antenne").structure == cast.structures["lyon"]


def test_site_closed_in_the_future_is_refused_in_the_form(cast, sign_in):
    lyon = cast.sites["lyon"]
    later = date.today() + timedelta(days=3)

    answer = sign_in("network_head").post(
        reverse("close_site", args=[lyon.pk]), {"on": later.isoformat()}
    )

    page = answer.content.decode()
    assert "Cette date n’est pas possible" in page
    assert f'value="{later.isoformat()}"' in page
    lyon.refresh_from_db()
    assert lyon.state == SiteState.OPEN


def test_exception_noted_then_removed_by_the_site_lead(cast, sign_in):
    client, lyon = sign_in("site_lead_lyon"), cast.sites["lyon"]
    client.post(
        reverse("note_opening_exception", args=[lyon.pk]),
        {"is_open": "", "day": date.today().isoformat(), "half_day": "day", "reason": "staff"},
    )
    noted = lyon.opening_exceptions.get()

    client.post(reverse("remove_opening_exception", args=[lyon.pk, noted.pk]))

    assert noted.is_open is False
    assert lyon.opening_exceptions.count() == 0


def test_stop_added_then_shown_on_the_page_of_the_bus(cast, sign_in):
    client, bus = sign_in("director_lyon"), cast.sites["lyon_bus"]
    client.post(
        reverse("add_stop", args=[bus.pk]),
        {"label": "Marché", "commune": "Lyon-Essai", "weekday": "Tu", "hours": "9h-12h"},
    )

    page = page_of(client, "site", bus.pk)

    assert "Marché" in page
    assert "mardi 9\u00a0h\u00a0– 12\u00a0h" in page


def test_waiting_places_ticked_are_attached_together(cast, sign_in):
    holding = Structure.objects.create(
        network=Network.objects.get(),
        code="attente",
        name="Attente",
        sort_name="attente",
        holding=True,
    )
    Site.objects.update(structure=holding)
    client = sign_in("network_head")
    assert "Bus Lyon" in page_of(client, "unattached_sites")

    client.post(
        reverse("unattached_sites"),
        {
            "to": cast.structures["lille"].pk,
            "on": date.today().isoformat(),
            "sites": [cast.sites["lyon"].pk, cast.sites["lyon_bus"].pk],
        },
    )

    assert cast.structures["lille"].sites.count() == 2
    assert holding.sites.count() == 1


def test_map_points_follow_the_search(cast, sign_in):
    client = sign_in("funder")

    points = client.get(reverse("map_points"), {"kind": "bus"}).json()

    bus = cast.sites["lyon_bus"]
    assert points["features"] == [
        {
            "id": str(bus.pk),
            "name": "Bus Lyon",
            "lat": 45.75,
            "lon": 4.85,
            "kind": "bus",
            "status": "open",
            "url": reverse("site", args=[bus.pk]),
        }
    ]
    assert 'data-points="/carte/points?kind=bus"' in page_of(client, "map", kind="bus")


def test_outlines_are_served_once_and_recognised_after(cast, sign_in, settings, tmp_path):
    file = tmp_path / "outlines.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    settings.OUTLINES_FILE = str(file)
    client = sign_in("funder")

    first = client.get(reverse("map_outlines"))
    again = client.get(reverse("map_outlines"), headers={"If-None-Match": first["ETag"]})

    assert first.json()["type"] == "FeatureCollection"
    assert again.status_code == 304


def test_outlines_that_the_operator_did_not_supply_are_not_found(cast, sign_in, settings):
    settings.OUTLINES_FILE = ""

    assert sign_in("funder").get(reverse("map_outlines")).status_code == 404
    assert outlines_of("nowhere/outlines.geojson") is None


def test_structure_opened_by_the_network_head_lands_on_its_first_steps(cast, sign_in):
    answer = sign_in("network_head").post(
        reverse("open_structure"),
        {"name": "Nouvelle", "status": "association", "siret": "73282932000074"},
    )

    opened = Structure.objects.get(siret="73282932000074")
    assert answer["Location"] == reverse("checklist", args=[opened.pk])
    assert "0 sur 10" not in page_of(sign_in("network_head"), "checklist", opened.pk)
    assert "1 sur 10" in page_of(sign_in("network_head"), "checklist", opened.pk)


def test_structure_page_keeps_its_first_steps_for_who_holds_it(cast, sign_in):
    lyon = cast.structures["lyon"].pk

    assert "Premiers pas" in page_of(sign_in("director_lyon"), "structure", lyon)
    assert "Premiers pas" not in page_of(sign_in("funder"), "structure", lyon)


def test_modules_switched_off_by_the_director(cast, sign_in):
    client, lyon = sign_in("director_lyon"), cast.structures["lyon"]

    client.post(reverse("structure_modules", args=[lyon.pk]), {"modules": ["desk"]})

    lyon.refresh_from_db()
    assert lyon.modules == ["desk"]


def test_step_ticked_on_its_page(cast, sign_in):
    client, lyon = sign_in("director_lyon"), cast.structures["lyon"]

    client.post(reverse("tick_step", args=[lyon.pk, "ground_rules"]), {"done": "1"})

    lyon.refresh_from_db()
    assert lyon.checklist_done == ["ground_rules"]
    assert client.post(reverse("tick_step", args=[lyon.pk, "nothing"])).status_code == 404


def test_members_are_those_one_may_know(cast, sign_in):
    seen = {
        who: {m.user.username for m in sign_in(who).get(reverse("members")).context["page"]}
        for who in ("site_lead_lille", "director_lyon")
    }

    assert seen == {
        "site_lead_lille": {"mediator_lille", "site_lead_lille"},
        "director_lyon": {
            "mediator_lyon",
            "reception_lyon",
            "site_lead_lyon",
            "director_lyon",
            "quality_lyon",
        },
    }


INVITED = {
    "email": "ana@essai.example",
    "full_name": "Ana Essai",
    "username": "ana",
    "status": "mediator",
    "starts_on": "2026-03-16",
}


def test_invitation_leads_to_a_page_where_the_password_is_chosen(
    cast, sign_in, client, mailoutbox, django_capture_on_commit_callbacks
):
    lyon = cast.structures["lyon"].pk
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in("director_lyon").post(
            reverse("invite_member"), INVITED | {"role": "mediator", "structure": lyon}
        )
    link = next(word for word in mailoutbox[0].body.split() if word.startswith("http"))

    choosing = client.get(link, follow=True)

    membership = Membership.objects.get(user__username="ana")
    assert answer["Location"] == reverse("member", args=[membership.pk])
    assert 'name="password1"' in choosing.content.decode()


@pytest.mark.parametrize(("role", "structure"), [("network_head", ""), ("mediator", "lille")])
def test_director_invites_only_at_home(cast, sign_in, role, structure):
    place = cast.structures[structure].pk if structure else ""

    answer = sign_in("director_lyon").post(
        reverse("invite_member"), INVITED | {"role": role, "structure": place}
    )

    assert answer.status_code in (200, 403)
    assert not Membership.objects.filter(user__email="ana@essai.example").exists()


def test_network_head_invites_a_director_anywhere(cast, sign_in):
    sign_in("network_head").post(
        reverse("invite_member"),
        INVITED | {"role": "director", "structure": cast.structures["lille"].pk},
    )

    assert Membership.objects.get(user__username="ana").structure == cast.structures["lille"]


def test_role_ended_on_its_last_day(cast, sign_in):
    membership = cast.memberships["mediator_lyon"]
    last = date.today() + timedelta(days=9)

    sign_in("director_lyon").post(
        reverse("end_membership", args=[membership.pk]), {"last_day": last.isoformat()}
    )

    membership.refresh_from_db()
    assert membership.ends_on == last + timedelta(days=1)


def test_own_role_has_no_button_and_refuses_the_post(cast, sign_in):
    client, mine = sign_in("director_lyon"), cast.memberships["director_lyon"]

    answer = client.post(reverse("end_membership", args=[mine.pk]), {"last_day": ""})

    assert reverse("end_membership", args=[mine.pk]) not in page_of(client, "member", mine.pk)
    assert "Vous ne pouvez pas modifier votre propre rôle" in answer.content.decode()


def test_role_suspended_then_resumed(cast, sign_in):
    client, membership = sign_in("director_lyon"), cast.memberships["mediator_lyon"]

    client.post(reverse("suspend_membership", args=[membership.pk]))
    membership.refresh_from_db()
    suspended_by = membership.suspended_by
    client.post(reverse("resume_membership", args=[membership.pk]))

    membership.refresh_from_db()
    assert (suspended_by, membership.suspended_at) == (cast["director_lyon"], None)


def test_roles_page_quotes_the_table_of_rights(cast, sign_in):
    answer = sign_in("mediator_lyon").get(reverse("roles"))

    sheets = {
        sheet.description.role: [str(power.label) for power in sheet.powers]
        for sheet in answer.context["sheets"]
    }
    assert "créer une structure" in sheets["network_head"]
    assert "créer une structure" not in sheets["director"]
    assert "modifier un point d’accueil" in sheets["director"]


def _also_in_lille(cast):
    Membership.objects.create(
        user=cast["mediator_lyon"],
        role="mediator",
        structure=cast.structures["lille"],
        starts_on=date(2025, 6, 1),
        invited_at="2026-01-01T00:00Z",
        invited_by=cast["admin"],
    )


@pytest.mark.parametrize(
    ("wanted", "led"),
    [("/points-d-accueil", "/points-d-accueil"), ("https://evil.example/", "/"), ("", "/")],
)
def test_structure_switched_comes_back_safely(cast, sign_in, wanted, led):
    _also_in_lille(cast)
    client = sign_in("mediator_lyon")

    answer = client.post(
        reverse("switch_structure"), {"structure": cast.structures["lille"].pk, "next": wanted}
    )

    assert answer["Location"] == led
    assert client.session["acting_structure"] == str(cast.structures["lille"].pk)


def test_structure_of_others_cannot_be_acted_for(cast, sign_in):
    client = sign_in("mediator_lyon")

    answer = client.post(reverse("switch_structure"), {"structure": cast.structures["lille"].pk})

    assert answer.status_code == 409
    assert "acting_structure" not in client.session


@pytest.mark.parametrize("route", ["site", "structure"])
def test_place_that_does_not_exist_is_not_found(cast, sign_in, route):
    assert sign_in("funder").get(reverse(route, args=[STRANGE])).status_code == 404


def test_stranger_finds_nothing_and_a_visitor_is_sent_to_sign_in(cast, sign_in):
    lyon = cast.sites["lyon"].pk

    assert sign_in("stranger").get(reverse("site", args=[lyon])).status_code == 404
    assert sign_in("visitor").get(reverse("site", args=[lyon])).status_code == 302
