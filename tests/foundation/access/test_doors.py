"""Two doors and the settings behind them: a reading cannot write, an actor does not linger."""

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from entremise.foundation.access import actors
from entremise.foundation.access.doors import reads, writes
from entremise.foundation.journal.models import Access
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.models import Structure


def _request(cast, who: str, method: str = "get"):
    request = getattr(RequestFactory(), method)("/")
    request.user = cast[who]
    request.session = {}
    return request


def _rename(_request) -> HttpResponse:
    Structure.objects.update(name="Changée")
    return HttpResponse("fait")


def _settings() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('entremise.user', true),"
            " current_setting('entremise.structures', true)"
        )
        return cursor.fetchone()


@pytest.mark.parametrize("door", [reads, writes])
def test_view_shown_by_get_cannot_write(cast, door):
    view = door(May.READ_DIRECTORY)(_rename)

    with pytest.raises(DatabaseError, match="read-only"):
        view(_request(cast, "network_head"))


def test_writing_door_writes_on_post(cast):
    view = writes(May.READ_DIRECTORY)(_rename)

    view(_request(cast, "network_head", "post"))

    assert set(Structure.objects.values_list("name", flat=True)) == {"Changée"}


def test_settings_found_on_entry_come_back(cast):
    before = _settings()

    with actors.acting_as(cast.actor("mediator_lille")):
        assert _settings() == (
            str(cast["mediator_lille"].pk),
            str(cast.structures["lille"].pk),
        )

    assert _settings() == before


def test_confidential_reading_is_noted_before_the_page(cast):
    def broken(_request) -> HttpResponse:
        raise ZeroDivisionError

    view = reads(May.READ_JOURNAL, confidential="essai.lecture")(broken)

    with pytest.raises(ZeroDivisionError):
        view(_request(cast, "dpo"))

    entry = Access.objects.using("journal").get(verb="essai.lecture")
    assert entry.actor_id == cast["dpo"].pk
