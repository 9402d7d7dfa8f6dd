"""The short code: chosen with the password, hard to guess, stored as a hash, removed at will."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from entremise.foundation.access.errors import Refusal
from entremise.foundation.accounts import operations
from entremise.foundation.accounts.engine import is_too_easy
from entremise.foundation.accounts.errors import CodeTooEasy
from entremise.foundation.journal.models import Decision
from tests.cast import AT, PASSWORD, Cast

PAGE = "/compte/code-court"
CODE = "739164"


@pytest.fixture
def mediator(cast: Cast):
    user = cast["mediator_lyon"]
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize(
    "code",
    [
        "000000", "123456", "654321", "890123", "121212", "123123", "123321", "112211",
        "010190", "311299", "900131", "12345", "1234567", "12a456", "", "１２３９４６", "²73916",
    ],
)  # fmt: skip
def test_code_that_people_try_first_is_too_easy(code):
    assert is_too_easy(code)


@pytest.mark.parametrize("code", ["739164", "402857", "918273", "860493"])
def test_code_without_a_pattern_is_kept(code):
    assert not is_too_easy(code)


@given(st.text(max_size=8))
def test_any_text_is_either_six_plain_digits_or_too_easy(text):
    if not is_too_easy(text):
        assert len(text) == 6
        assert set(text) <= set("0123456789")


def test_code_is_stored_as_an_argon2_hash_and_signed_in_the_journal(mediator):
    operations.set_short_code(mediator, CODE, by=mediator, at=AT)

    mediator.refresh_from_db()
    assert mediator.short_code.startswith("argon2")
    assert CODE not in mediator.short_code
    assert mediator.short_code_set_at == AT
    entry = Decision.objects.get(verb="account.short_code_set")
    assert (entry.actor_id, entry.detail) == (mediator.pk, "")


def test_easy_code_is_refused_by_the_operation_too(mediator):
    with pytest.raises(CodeTooEasy) as refusal:
        operations.set_short_code(mediator, "123456", by=mediator, at=AT)

    assert isinstance(refusal.value, Refusal)
    mediator.refresh_from_db()
    assert mediator.short_code == ""


def test_code_without_its_date_is_refused_by_the_database(mediator):
    mediator.short_code = "argon2$somewhere"

    with pytest.raises(IntegrityError), transaction.atomic():
        mediator.save()


def test_code_is_chosen_on_its_page_with_the_password(mediator, client):
    client.force_login(mediator)

    answer = client.post(PAGE, {"code": CODE, "again": CODE, "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/compte/")
    mediator.refresh_from_db()
    assert mediator.short_code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": CODE, "again": CODE, "password": "autre chose"}, "pas votre mot de passe"),
        ({"code": CODE, "again": "739165", "password": PASSWORD}, "ne sont pas les mêmes"),
        ({"code": "123456", "again": "123456", "password": PASSWORD}, "moins faciles à deviner"),
    ],
)
def test_code_page_explains_what_it_refuses_and_keeps_nothing(mediator, client, typed, said):
    client.force_login(mediator)

    answer = client.post(PAGE, typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert CODE not in answer.text
    mediator.refresh_from_db()
    assert mediator.short_code == ""


def test_code_is_removed(mediator, client):
    operations.set_short_code(mediator, CODE, by=mediator, at=AT)
    client.force_login(mediator)

    client.post(PAGE, {"remove": "1"})

    mediator.refresh_from_db()
    assert (mediator.short_code, mediator.short_code_set_at) == ("", None)
    assert Decision.objects.filter(verb="account.short_code_removed").count() == 1


def test_code_page_asks_to_sign_in_first(cast, client):
    assert client.get(PAGE).status_code == 302
