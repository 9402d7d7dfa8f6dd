"""The bulk path writes what the operations write: every column, every version."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import models

from entremise.demo.loading import Loaded
from entremise.foundation.access.actors import acting_as
from entremise.foundation.accounts.models import User
from entremise.ground.network.duties import system_actor
from entremise.practice.activity import engine, operations
from entremise.practice.activity.models import Activity

OWN = {"id", "act", "activity", "reviewed_on"}  # a review is an operation of its own


@pytest.fixture
def as_everybody(demo: Loaded) -> Any:
    with acting_as(system_actor(User.objects.get(username="demo"))):
        yield


def _columns(row: models.Model) -> dict[str, Any]:
    columns = {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in OWN
    }
    return {n: bytes(v) if isinstance(v, memoryview) else v for n, v in columns.items()}


def _told(version: Activity) -> dict[str, Any]:
    return {
        "activity": _columns(version),
        "requests": [_columns(r) for r in version.requests.order_by("position")],
        "participants": [_columns(p) for p in version.participants.order_by("id")],
    }


def _record_again(versions: list[Activity]) -> list[Activity]:
    first = versions[0]
    act = uuid4()
    by = User.objects.get(pk=first.recorded_by_id)
    recorded = operations.record_activity(
        operations.content_of(first), act=act, by=by, at=first.recorded_at
    ).activity
    for version in versions[1:]:
        content = operations.content_of(version)
        operations.correct_activity(recorded, content, by=by, at=version.recorded_at)
    if first.closing == "undone":
        operations.undo_activity(recorded, by=by, at=first.superseded_at)
    return list(Activity.objects.filter(act=act).order_by("version"))


def _sample(**wanted: Any) -> list[Activity]:
    return list(Activity.objects.filter(version=1, **wanted).order_by("id"))


SAMPLES = {
    "any": ({}, 200),
    "corrected": ({"closing": "corrected"}, 20),
    "undone": ({"closing": "undone"}, 8),
    "sale": ({"kind": "sale"}, 15),
    "failed": ({"kind": "failed_contact"}, 10),
    "register": ({"main_register": 3}, 15),
    "bus": ({"place_kind": "stop"}, 15),
    "pair": ({"second_mediator__isnull": False}, 15),
    "mandate": ({"mandate": "aidants_connect"}, 10),
    "crowd": ({"accompaniment_count__gt": 2}, 15),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_acts_loaded_at_once_when_recorded_one_by_one_are_the_same(as_everybody: Any, name: str):
    wanted, count = SAMPLES[name]
    loaded = _sample(**wanted)[:count]

    assert loaded
    for first in loaded:
        versions = list(Activity.objects.filter(act=first.act).order_by("version"))
        again = _record_again(versions)
        assert [_told(version) for version in again] == [_told(version) for version in versions]


def test_fingerprints_of_a_bulk_are_those_of_the_engine(as_everybody: Any):
    for version in _sample()[:100]:
        content = operations.content_of(version)

        assert bytes(version.fingerprint) == engine.fingerprint(content)
