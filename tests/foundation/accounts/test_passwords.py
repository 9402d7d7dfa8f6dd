"""Passwords: forgotten, chosen from a link, changed; the link serves once."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client

from entremise.foundation.accounts import operations
from entremise.foundation.journal.models import Decision
from tests.cast import AT, PASSWORD, Cast

FORGOTTEN = "/compte/mot-de-passe/oublie"
CHOSEN = "une autre phrase de test 43"


@pytest.fixture
def mediator(cast: Cast):
    user = cast["mediator_lyon"]
    user.set_password(PASSWORD)
    user.save()
    return user


def link_of(message) -> str:
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def test_forgotten_password_round_trip(mediator, client):
    asked = client.post(FORGOTTEN, {"email": mediator.email}, follow=True)
    form_page = client.get(link_of(mail.outbox[0]), follow=True)
    typed = {"password1": CHOSEN, "password2": CHOSEN}
    done = client.post(form_page.redirect_chain[-1][0], typed, follow=True)
    signed = client.post("/compte/ouvrir", {"login": mediator.username, "password": CHOSEN})

    assert "Regardez vos courriels" in asked.text
    assert mail.outbox[0].subject == "Entremise · Choisir un autre mot de passe"
    assert "«\u00a0mediator_lyon\u00a0»" in mail.outbox[0].body
    assert "Choisir un mot de passe" in form_page.text
    assert "Mot de passe changé" in done.text
    assert signed.status_code == 302
    assert Decision.objects.filter(verb="account.password_changed").count() == 1


def test_link_serves_once(mediator, client):
    client.post(FORGOTTEN, {"email": mediator.email})
    link = link_of(mail.outbox[0])
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": CHOSEN, "password2": CHOSEN})

    again = Client().get(link, follow=True)

    assert "Ce lien ne sert plus" in again.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("court", "court"), "12 caractères"),
        ((CHOSEN, "une autre phrase"), "id_password2_error"),
        (("mediator_lyon_1", "mediator_lyon_1"), "trop semblable"),
    ],
)
def test_weak_or_unequal_passwords_are_explained(mediator, client, typed, said):
    client.post(FORGOTTEN, {"email": mediator.email})
    page = client.get(link_of(mail.outbox[0]), follow=True)

    answer = client.post(
        page.redirect_chain[-1][0], dict(zip(("password1", "password2"), typed, strict=True))
    )

    assert said in answer.text
    mediator.refresh_from_db()
    assert mediator.check_password(PASSWORD)


def test_unknown_address_gets_the_same_page_and_no_message(mediator, client):
    known = client.post(FORGOTTEN, {"email": mediator.email}, follow=True)
    unknown = client.post(FORGOTTEN, {"email": "personne@essai.example"}, follow=True)

    assert len(mail.outbox) == 1
    assert known.redirect_chain == unknown.redirect_chain


def test_former_address_resets_nothing_once_changed(mediator, client):
    former = mediator.email
    client.post(FORGOTTEN, {"email": former})
    mediator.email = "nouvelle@essai.example"
    operations.change_account(mediator, by=mediator, at=AT)

    client.post(FORGOTTEN, {"email": former})
    old_link = client.get(link_of(mail.outbox[0]), follow=True)

    assert len(mail.outbox) == 1
    assert "Ce lien ne sert plus" in old_link.text
    assert EmailAddress.objects.count() == 0


def test_change_of_password_needs_the_current_one(mediator, client):
    client.force_login(mediator)
    typed = {"oldpassword": "pas celui-là", "password1": CHOSEN, "password2": CHOSEN}

    answer = client.post("/compte/mot-de-passe", typed)

    assert "Ce n’est pas votre mot de passe actuel" in answer.text


def test_change_of_password_closes_the_other_sessions(mediator):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(mediator)

    typed = {"oldpassword": PASSWORD, "password1": CHOSEN, "password2": CHOSEN}
    changed = here.post("/compte/mot-de-passe", typed)

    assert changed.status_code == 302
    assert here.get("/compte/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302


def test_account_without_password_chooses_its_first(cast, client):
    person = cast["mediator_lille"]
    client.force_login(person)

    sent_there = client.get("/compte/mot-de-passe")
    chosen = client.post("/compte/mot-de-passe/definir", {"password1": CHOSEN, "password2": CHOSEN})

    assert sent_there["Location"] == "/compte/mot-de-passe/definir"
    assert chosen.status_code == 302
    person.refresh_from_db()
    assert person.check_password(CHOSEN)


def test_sign_out_everywhere_keeps_this_session(mediator, cast):
    here, elsewhere, colleague = Client(), Client(), Client()
    for client in (here, elsewhere):
        client.force_login(mediator)
    colleague.force_login(cast["mediator_lille"])

    answer = here.post("/compte/fermer-les-sessions", follow=True)

    assert "1 autre session fermée." in answer.text
    assert SESSION_KEY in here.session
    assert elsewhere.get("/compte/").status_code == 302
    assert colleague.get("/compte/").status_code == 200


def test_sign_out_everywhere_refuses_a_get(mediator, client):
    client.force_login(mediator)

    assert client.get("/compte/fermer-les-sessions").status_code == 405


def test_my_account_keeps_what_was_changed(mediator, client):
    client.force_login(mediator)
    typed = {"full_name": "Awa Essai", "email": mediator.email, "language": "en"}

    answer = client.post("/compte/", typed, follow=True)

    mediator.refresh_from_db()
    assert (mediator.full_name, mediator.language, mediator.shortcuts_on) == (
        "Awa Essai",
        "en",
        False,
    )
    assert answer["Content-Language"] == "en"


def test_my_account_refuses_the_address_of_another(mediator, client, cast):
    client.force_login(mediator)
    typed = {"full_name": "Awa", "email": cast["admin"].email.upper(), "language": "fr"}

    answer = client.post("/compte/", typed)

    assert answer.status_code == 422
    assert "Cette adresse sert déjà à un autre compte." in answer.text
