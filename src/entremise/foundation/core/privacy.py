"""What each field is to a person: one declaration, read by grants, exports and erasure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

KINDS = ("identifying", "free_text", "neutral", "internal")


@dataclass(frozen=True, slots=True)
class FieldPrivacy:
    """One stored column and its class: identifying, free_text, neutral or internal.

    `internal` is neutral to a person yet kept from figures and screens (decisions.md 3: the
    instant of recording would join an anonymous act to the person who stood there).
    """

    model: type[models.Model]
    field: models.Field
    kind: str


class UndeclaredField(Exception):
    """A field says nothing, or two things, about what it is to a person."""


def own_models() -> list[type[models.Model]]:
    """Return the concrete models of the house, sorted by table."""
    return sorted(
        (m for m in apps.get_models() if m.__module__.startswith("entremise.")),
        key=lambda model: model._meta.db_table,
    )


def fields_of(model: type[models.Model]) -> Iterator[FieldPrivacy]:
    """Yield each stored field with its class. Raises UndeclaredField on silence or doubt."""
    declared = getattr(model, "Privacy", None)
    stored = {f.name: f for f in model._meta.local_concrete_fields}
    stored |= {f.name: f for f in model._meta.local_many_to_many}
    told: set[str] = set()
    for kind in KINDS:
        told |= set(getattr(declared, kind, ()))
    if extra := told - set(stored):
        raise UndeclaredField(f"{model.__name__} declares {sorted(extra)}, which it does not store")
    for name, field in stored.items():
        kinds = [kind for kind in KINDS if name in getattr(declared, kind, ())]
        if len(kinds) != 1:
            raise UndeclaredField(f"{model.__name__}.{name} declares {kinds or 'nothing'}")
        yield FieldPrivacy(model, field, kinds[0])
