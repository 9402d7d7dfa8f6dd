"""The e-mails of a demonstration, and only of a demonstration."""

import psycopg
import pytest
from django.core.mail import get_connection, send_mail
from django.db import connections

PAGE = "/courriels"


@pytest.fixture
def outbox(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    return settings.EMAIL_FILE_PATH


@pytest.fixture
def demo(cast):
    """Mark the database as `demo` does, then take the mark away."""
    parameters = connections["owner"].get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    with psycopg.connect(
        **{name: parameters[name] for name in names if parameters.get(name)}, autocommit=True
    ) as owner:
        owner.execute("COMMENT ON SCHEMA public IS 'entremise demo'")
        yield
        owner.execute("COMMENT ON SCHEMA public IS NULL")


def write_message(subject: str, text: str) -> None:
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend")
    send_mail(subject, text, "reseau@essai.example", ["awa@essai.example"], connection=backend)


def test_messages_are_read_as_plain_text(demo, outbox, sign_in):
    write_message(
        "Première invitation", "Bonjour Awa,\n\nhttp://testserver/compte/x\n\nÀ bientôt <b>."
    )
    write_message("Seconde invitation", "Bonjour.")

    page = sign_in("admin").get(PAGE)

    assert {m.subject for m in page.context["sent"]} == {
        "Première invitation",
        "Seconde invitation",
    }
    assert 'href="http://testserver/compte/x"' in page.text
    assert "À bientôt &lt;b&gt;." in page.text


def test_empty_outbox_says_what_to_do(demo, outbox, sign_in):
    page = sign_in("network_head").get(PAGE)

    assert "Aucun courriel" in page.text
    assert f'href="{PAGE}"' in page.text


@pytest.mark.parametrize(
    ("who", "status"), [("mediator_lyon", 403), ("dpo", 403), ("stranger", 404), ("visitor", 302)]
)
def test_who_may_not_read_the_outbox(demo, outbox, sign_in, who, status):
    assert sign_in(who).get(PAGE).status_code == status


def test_outbox_does_not_exist_outside_a_demonstration(outbox, sign_in):
    client = sign_in("admin")

    assert client.get(PAGE).status_code == 404
    assert f'href="{PAGE}"' not in client.get("/compte/").text
