"""Signing in and out: who comes in, who is kept at the door, and what the door says."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.cast import PASSWORD, Cast

LOGIN = "/compte/ouvrir"


@pytest.fixture
def mediator(cast: Cast):
    user = cast["mediator_lyon"]
    user.set_password(PASSWORD)
    user.save()
    return user


def test_sign_in_page_is_french_and_ours(cast, client):
    page = client.get(LOGIN)

    assert page.status_code == 200
    assert "account/login.html" in [template.name for template in page.templates]
    assert "Nom de compte ou adresse électronique" in page.text
    assert "Remember" not in page.text


@pytest.mark.parametrize("name", ["mediator_lyon", "mediator_lyon@essai.example"])
def test_sign_in_with_name_or_address_leads_to_the_day(mediator, client, name):
    answer = client.post(LOGIN, {"login": name, "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(mediator.pk)
    assert client.session.get_expire_at_browser_close()


def test_wrong_password_keeps_the_name_typed(mediator, client):
    answer = client.post(LOGIN, {"login": "mediator_lyon", "password": "autre chose"})

    assert answer.status_code == 200
    assert 'value="mediator_lyon"' in answer.text
    assert "Ce compte et ce mot de passe ne vont pas ensemble" in answer.text
    assert "autre chose" not in answer.text


def test_unknown_name_gets_the_same_sentence_as_a_wrong_password(mediator, client):
    answer = client.post(LOGIN, {"login": "personne", "password": "autre chose"})

    assert "Ce compte et ce mot de passe ne vont pas ensemble" in answer.text


def test_sixth_failed_attempt_is_refused_even_with_the_right_password(mediator, client):
    for _ in range(5):
        client.post(LOGIN, {"login": "mediator_lyon", "password": "autre chose"})

    answer = client.post(LOGIN, {"login": "mediator_lyon", "password": PASSWORD})

    assert "Trop d’essais manqués. Attendez cinq minutes" in answer.text
    assert "_auth_user_id" not in client.session


def test_flood_of_sign_ins_from_one_place_gets_the_429_page(mediator, client):
    for rank in range(30):
        client.post(LOGIN, {"login": f"nom{rank}", "password": "autre chose"})

    answer = client.post(LOGIN, {"login": "mediator_lyon", "password": PASSWORD})

    assert answer.status_code == 429
    assert "Attendez cinq minutes" in answer.text


def test_closed_account_does_not_sign_in(mediator, client):
    mediator.is_active = False
    mediator.save()

    answer = client.post(LOGIN, {"login": "mediator_lyon", "password": PASSWORD}, follow=True)

    assert "_auth_user_id" not in client.session
    assert "fermé" in answer.text


def test_demo_account_is_refused_outside_the_demo(mediator, client):
    mediator.demo_only = True
    mediator.save()

    answer = client.post(LOGIN, {"login": "mediator_lyon", "password": PASSWORD})

    assert answer.status_code == 200
    assert "ne s’ouvrent que dans la démonstration" in answer.text
    assert "_auth_user_id" not in client.session


def test_sign_out_asks_first_and_obeys_a_post(mediator):
    client = Client()
    client.force_login(mediator)

    shown = client.get("/compte/fermer")
    still_in = "_auth_user_id" in client.session
    left = client.post("/compte/fermer")

    assert (shown.status_code, still_in) == (200, True)
    assert (left.status_code, left["Location"]) == (302, LOGIN)
    assert "_auth_user_id" not in client.session


def test_registration_is_closed_to_reading_and_to_posting(cast, client):
    typed = {"username": "intrus", "email": "intrus@essai.example", "password1": PASSWORD}

    pages = [client.get("/compte/inscription"), client.post("/compte/inscription", typed)]

    assert ["account/signup_closed.html" in [t.name for t in p.templates] for p in pages] == [
        True
    ] * 2
    assert not type(cast["admin"]).objects.filter(username="intrus").exists()


@pytest.mark.parametrize(
    "route", ["account_email", "account_confirm_email", "account_request_login_code"]
)
def test_routes_that_nobody_needs_are_absent(route):
    with pytest.raises(NoReverseMatch):
        reverse(route, args=["x"] if route == "account_confirm_email" else [])


def test_closed_and_repeated_identity_pages_are_ours(mediator, client):
    closed = client.get("/compte/inactif")
    client.force_login(mediator)
    again = client.get("/compte/a-nouveau")

    assert "Ce compte est fermé" in closed.text
    assert "Mot de passe actuel" in again.text
