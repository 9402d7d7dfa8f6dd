"""Open and change an employing structure, its modules and its first steps."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from entremise.foundation.accounts.models import User
from entremise.foundation.core.french import search_key
from entremise.foundation.journal import operations as journal
from entremise.ground.network.enums import FirstStep, Module
from entremise.ground.network.models import Network, Structure

STARTING_MODULES = [Module.DESK.value]
EDITABLE = (
    "name", "sort_name", "status", "siret", "rna", "franchise_from", "franchise_until",
    "email", "phone", "website",
)  # fmt: skip


@transaction.atomic
def open_structure(structure: Structure, *, by: User, at: datetime) -> Structure:
    """Add a structure to the network, with few modules; its code is made from its name at need."""
    structure.network = Network.objects.get()
    structure.sort_name = search_key(structure.name)
    structure.code = structure.code or _free_code(structure.name)
    structure.modules = list(STARTING_MODULES)
    structure.save(force_insert=True)
    journal.note_decision(
        "network.structure_opened", structure, by=by, at=at, structure=structure.pk
    )
    return structure


@transaction.atomic
def edit_structure(structure: Structure, *, by: User, at: datetime) -> Structure:
    """Keep what was changed of a structure's description."""
    structure.sort_name = search_key(structure.name)
    structure.save(update_fields=EDITABLE)
    journal.note_decision(
        "network.structure_changed", structure, by=by, at=at, structure=structure.pk
    )
    return structure


@transaction.atomic
def switch_modules(
    structure: Structure, *, modules: Iterable[str], by: User, at: datetime
) -> Structure:
    """Switch on exactly these modules. Raises ValueError on one that does not exist."""
    structure.modules = [Module(code).value for code in modules]
    structure.save(update_fields=["modules"])
    journal.note_decision(
        "network.modules_switched",
        structure,
        by=by,
        at=at,
        structure=structure.pk,
        detail=",".join(structure.modules),
    )
    return structure


@transaction.atomic
def tick_step(
    structure: Structure, *, step: FirstStep, done: bool, by: User, at: datetime
) -> Structure:
    """Tick or untick by hand one of the ten first steps."""
    locked = Structure.objects.select_for_update().get(pk=structure.pk)
    others = [code for code in locked.checklist_done if code != step.value]
    structure.checklist_done = [*others, step.value] if done else others
    structure.save(update_fields=["checklist_done"])
    journal.note_decision(
        "network.step_ticked" if done else "network.step_unticked",
        structure,
        by=by,
        at=at,
        structure=structure.pk,
        detail=step.value,
    )
    return structure


def _free_code(name: str) -> str:
    base = slugify(name)[:34] or "structure"
    taken = set(Structure.objects.filter(code__startswith=base).values_list("code", flat=True))
    ranked = (f"{base}-{rank}" for rank in range(2, len(taken) + 3))
    return base if base not in taken else next(code for code in ranked if code not in taken)
