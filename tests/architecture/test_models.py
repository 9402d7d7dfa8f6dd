"""Models: their keys point down the floors, and each field says what it is to a person."""

import pytest
from django.contrib.auth import get_user_model
from django.db import models
from django.test.utils import isolate_apps

from entremise.foundation.core.privacy import UndeclaredField, fields_of, own_models
from tests.architecture.house import place

OWN = "entremise."
# Who did it: every domain of every floor may point at an account, through Django's own setting.
ACCOUNT = get_user_model()


def points_up(source: str, target: str) -> bool:
    """True when a key from one module to the other goes up, or across to a sibling."""
    (floor, layer, domain), (its_floor, its_layer, its_domain) = place(source), place(target)
    return domain != its_domain and (its_floor, its_layer) >= (floor, layer)


@pytest.mark.parametrize(
    ("source", "target", "is_up"),
    [
        ("entremise.practice.activity.models", "entremise.ground.network.models", False),
        ("entremise.ground.network.models", "entremise.ground.network.models", False),
        ("entremise.ground.network.models", "entremise.ground.reference.models", False),
        ("entremise.ground.network.models", "entremise.practice.activity.models", True),
        ("entremise.ground.reference.models", "entremise.ground.network.models", True),
        ("entremise.foundation.imports.models", "entremise.foundation.accounts.models", True),
    ],
)
def test_what_counts_as_a_key_pointing_up(source, target, is_up):
    assert points_up(source, target) is is_up


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
        if field.related_model.__module__.startswith(OWN)
        if field.related_model is not ACCOUNT
        if points_up(model.__module__, field.related_model.__module__)
    ]

    assert upward == []


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_field_says_what_it_is_to_a_person(model):
    assert len(list(fields_of(model))) > 0


@isolate_apps("entremise.foundation.core")
def test_silence_about_a_field_is_refused():
    class Silent(models.Model):
        phone = models.CharField(max_length=20)

        class Privacy:
            neutral = {"id"}

        class Meta:
            app_label = "core"

    with pytest.raises(UndeclaredField, match="phone"):
        list(fields_of(Silent))
