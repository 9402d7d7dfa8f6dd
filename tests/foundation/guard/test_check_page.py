"""The check while typing: for people signed in, by POST, and nothing is kept of it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from entremise.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.force_login(User.objects.create_user("testeuse", password="un mot de passe de test 42"))
    return client


def test_check_says_what_it_saw_and_what_to_do(signed_in):
    text = "Mme Quéméneur, 01 99 00 12 34"

    answer = signed_in.post(reverse("check_note"), {"text": text})

    findings = json.loads(answer.content)["findings"]
    assert [(f["kind"], f["severity"], f["word"]) for f in findings] == [
        ("person_name", "ask", "Mme Quéméneur"),
        ("phone", "ask", "01 99 00 12 34"),
    ]
    assert all(text[f["start"] : f["end"]] == f["word"] for f in findings)
    assert "retirez-le" in findings[1]["sentence"]
    assert "no-store" in answer["Cache-Control"]


def test_check_of_a_harmless_note_sees_nothing(signed_in):
    answer = signed_in.post(reverse("check_note"), {"text": "Rdv le 12/03/2026 place Jean Jaurès"})

    assert json.loads(answer.content) == {"findings": []}


def test_check_reads_no_more_than_a_note(signed_in):
    text = "a" * 280 + " 01 99 00 12 34" + "b" * 100_000

    answer = signed_in.post(reverse("check_note"), {"text": text})

    assert json.loads(answer.content) == {"findings": []}


def test_check_writes_nothing(signed_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(2) as queries:
        signed_in.post(reverse("check_note"), {"text": "Mme Quéméneur"})

    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_check_is_for_people_signed_in(client):
    answer = client.post(reverse("check_note"), {"text": "Mme Quéméneur"})

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_check_takes_no_get_and_no_foreign_post(signed_in):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies

    assert signed_in.get(reverse("check_note")).status_code == 405
    assert strict.post(reverse("check_note"), {"text": "a"}).status_code == 403
