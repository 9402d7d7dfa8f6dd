"""What people type about places and structures, and what is made of it."""

from datetime import date

import pytest

from entremise.ground.network.forms.members import InvitationForm
from entremise.ground.network.forms.sites import ExceptionForm, SiteForm, StopForm
from entremise.ground.network.forms.structures import StructureForm
from entremise.ground.network.models import Site
from entremise.ground.reference.models import Commune

STRUCTURE = {"name": "Essai", "status": "association", "siret": "", "rna": ""}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("732 829 320 00074", "73282932000074"), ("356 000 000 49837", "35600000049837"), ("", "")],
)
def test_siret_is_checked_la_poste_included(cast, typed, kept):
    form = StructureForm(STRUCTURE | {"siret": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["siret"] == kept


@pytest.mark.parametrize("typed", ["73282932000075", "123", "7328293200007A"])
def test_siret_that_is_wrong_is_refused_and_kept_as_typed(cast, typed):
    form = StructureForm(STRUCTURE | {"siret": typed})

    assert list(form.errors) == ["siret"]
    assert form["siret"].value() == typed


def test_siret_of_another_structure_is_refused(cast):
    lille = cast.structures["lille"]
    lille.siret = "73282932000074"
    lille.save()

    form = StructureForm(STRUCTURE | {"siret": "73282932000074"})

    assert list(form.errors) == ["siret"]


@pytest.mark.parametrize(
    ("status", "rna", "refused"),
    [
        ("association", "w 691 000 001", []),
        ("association", "W2A1000001", []),
        ("association", "691000001", ["rna"]),
        ("local_law_association", "W671000001", ["rna"]),
        ("local_law_association", "", []),
    ],
)
def test_rna_by_legal_form(cast, status, rna, refused):
    form = StructureForm(STRUCTURE | {"status": status, "rna": rna})

    assert list(form.errors) == refused


def test_structure_phone_overseas_is_read_without_its_prefix(cast):
    form = StructureForm(STRUCTURE | {"phone": "02 62 40 00 00"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == "+262262400000"


def test_franchise_that_ends_before_it_starts_is_refused(cast):
    dates = {"franchise_from": "2026-03-01", "franchise_until": "2026-02-01"}

    assert list(StructureForm(STRUCTURE | dates).errors) == ["franchise_until"]


def site_form(cast, instance=None, **typed):
    usual = {"name": "Essai", "kind": "fixed", "commune_text": "Lyon-Essai"}
    site = instance or Site(structure=cast.structures["lyon"])
    return SiteForm(usual | typed, instance=site)


def test_site_week_typed_day_by_day_becomes_one_expression(cast):
    form = site_form(cast, hours_mo="9h-12h / 14h-17h", hours_tu="9h-12h / 14h-17h", hours_sa="")

    assert form.is_valid(), form.errors
    assert form.save(commit=False).opening_hours == "Mo-Tu 09:00-12:00,14:00-17:00; PH off"


def test_site_week_is_shown_as_it_would_be_typed(cast):
    form = SiteForm(instance=cast.sites["lyon"])

    assert form["hours_mo"].value() == "9h-12h / 14h-17h"
    assert form["opening_hours"].value() == ""


def test_site_hours_that_no_week_can_say_are_shown_whole_and_kept(cast):
    cast.sites["lyon"].opening_hours = "Jan-Jun Mo 09:00-12:00"
    shown = SiteForm(instance=cast.sites["lyon"])

    form = site_form(cast, cast.sites["lyon"], opening_hours=shown["opening_hours"].value())

    assert form.is_valid(), form.errors
    assert form.save(commit=False).opening_hours == "Jan-Jun Mo 09:00-12:00"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("hours_we", "le matin"),
        ("opening_hours", "lundi 9h"),
        ("phone", "12"),
        ("commune_text", "Nulle-Part"),
        ("longitude", None),
    ],
)
def test_site_answer_that_cannot_be_read_is_said_beside_its_field(cast, field, typed):
    answers = {"latitude": "45.7"} if typed is None else {field: typed}

    form = site_form(cast, **answers)

    assert list(form.errors) == [field]


def test_site_phone_is_read_in_its_departement(cast):
    lyon = cast.sites["lyon"].commune.departement
    form = site_form(cast, phone="04 68 43 68 93")

    assert form.is_valid(), form.errors
    assert (lyon.code, form.cleaned_data["phone"]) == ("69", "+33468436893")


def test_commune_named_like_another_asks_for_its_code(cast):
    other = cast.sites["lille"].commune
    Commune.objects.filter(pk=other.pk).update(name="Lyon-Essai", search_name="lyon essai")

    refused = site_form(cast)
    accepted = site_form(cast, commune_text=other.code)

    assert "00059" in refused.errors["commune_text"][0]
    assert accepted.is_valid(), accepted.errors
    assert accepted.instance.commune == other


def test_exception_form_reads_a_closure_and_an_opening(cast):
    answers = {"day": "2026-03-16", "half_day": "morning", "reason": "works"}
    forms = [ExceptionForm(answers | {"is_open": value}) for value in ("", "1")]

    assert [form.is_valid() and form.cleaned_data["is_open"] for form in forms] == [False, True]
    assert forms[0].cleaned_data["day"] == date(2026, 3, 16)


def test_stop_hours_need_their_day(cast):
    form = StopForm({"label": "Marché", "commune": "Lyon-Essai", "hours": "9h-12h"})

    assert list(form.errors) == ["weekday"]


def test_stop_hours_and_day_become_one_expression(cast):
    form = StopForm(
        {"label": "Marché", "commune": "Lyon-Essai", "weekday": "Tu", "hours": "9h-12h"}
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["opening_hours"] == "Tu 09:00-12:00; PH off"


def invitation(cast, **typed):
    usual = {
        "email": "ana@essai.example",
        "full_name": "Ana Essai",
        "username": "ana",
        "role": "mediator",
        "status": "mediator",
        "structure": cast.structures["lyon"].pk,
        "starts_on": "2026-03-16",
    }
    lyon = cast.structures["lyon"]
    return InvitationForm(usual | typed, structures=[lyon], structure=lyon, anywhere=False)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({}, []),
        ({"full_name": "", "username": ""}, ["full_name", "username"]),
        ({"username": "Mediator_Lyon"}, ["username"]),
        ({"username": "a b"}, ["username"]),
        ({"role": "network_head"}, ["role"]),
        ({"last_day": "2026-03-15"}, ["last_day"]),
        ({"email": "mediator_lille@essai.example", "full_name": "", "username": ""}, []),
    ],
)
def test_invitation_answers(cast, typed, refused):
    assert list(invitation(cast, **typed).errors) == refused


def test_invitation_to_a_place_of_another_structure_is_refused(cast):
    form = invitation(cast, site=cast.sites["lille"].pk)

    assert list(form.errors) == ["site"]
