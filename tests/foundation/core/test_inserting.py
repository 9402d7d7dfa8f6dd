"""A row and those below it go in together, once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from entremise.foundation.core.inserting import insert_once
from entremise.foundation.journal.models import Decision

AT = datetime(2026, 3, 16, 9, 7, tzinfo=UTC)


def _entry(verb: str) -> Decision:
    return Decision(at=AT, verb=verb)


def _written() -> list[str]:
    return list(Decision.objects.filter(at=AT).order_by("verb").values_list("verb", flat=True))


@pytest.mark.django_db
def test_rows_go_in_together():
    parent, children = _entry("parent"), [_entry("first"), _entry("second")]

    assert insert_once(parent, children)

    assert _written() == ["first", "parent", "second"]


@pytest.mark.django_db
def test_second_time_writes_nothing_at_all():
    parent = _entry("parent")
    insert_once(parent, [])

    assert not insert_once(parent, [_entry("child")])

    assert _written() == ["parent"]


@pytest.mark.django_db
def test_other_constraints_refuse_aloud():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_once(_entry("parent"), [_entry("Not a Code")])

    assert _written() == []
