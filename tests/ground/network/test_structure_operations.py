"""Opening a structure, its modules and its first steps."""

from datetime import UTC, date, datetime

import pytest

from entremise.foundation.core.todos import ToDo
from entremise.ground.network import events, menus
from entremise.ground.network.enums import FirstStep, Module
from entremise.ground.network.models import Network, Site, Structure
from entremise.ground.network.operations import structures as operations
from entremise.ground.network.queries import checklist

AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
TODAY = date(2026, 3, 16)


def test_structure_opened_starts_with_the_desk_alone(cast):
    structure = operations.open_structure(
        Structure(name="L’Éclaircie"), by=cast["network_head"], at=AT
    )

    assert (structure.code, structure.sort_name, structure.modules) == (
        "leclaircie",
        "l eclaircie",
        [Module.DESK],
    )


def test_structure_opened_under_a_name_already_taken_has_another_code(cast):
    first = operations.open_structure(Structure(name="Passage"), by=cast["network_head"], at=AT)
    second = operations.open_structure(Structure(name="Passage"), by=cast["network_head"], at=AT)

    assert (first.code, second.code) == ("passage", "passage-2")


def test_modules_switched_refuse_one_that_does_not_exist(cast):
    with pytest.raises(ValueError, match="nothing"):
        operations.switch_modules(
            cast.structures["lyon"], modules=["nothing"], by=cast["director_lyon"], at=AT
        )


def _steps(cast, structure):
    annotated = checklist.with_progress(Structure.objects.filter(pk=structure.pk), TODAY).get()
    steps = checklist.steps_of(annotated, cast.actor("director_lyon"))
    return {step.code: step for step in steps}


def test_first_steps_of_a_new_structure_are_all_to_do(cast):
    structure = operations.open_structure(Structure(name="Neuve"), by=cast["network_head"], at=AT)

    assert [step.done for step in _steps(cast, structure).values()] == [False] * 10


def test_first_steps_see_places_hours_points_and_people(cast):
    done = {code for code, step in _steps(cast, cast.structures["lyon"]).items() if step.done}

    assert done >= {
        FirstStep.FIRST_SITE,
        FirstStep.HOURS,
        FirstStep.POINT,
        FirstStep.FIRST_MEDIATOR,
        FirstStep.SECOND_MEDIATOR,
    }
    assert FirstStep.IDENTITY not in done


def test_hours_step_waits_for_every_place(cast):
    Site.objects.filter(pk=cast.sites["lyon_bus"].pk).update(opening_hours="")

    assert _steps(cast, cast.structures["lyon"])[FirstStep.HOURS].done is False


def test_step_ticked_by_hand_is_done_and_can_be_unticked(cast):
    lyon = cast.structures["lyon"]
    operations.tick_step(lyon, step=FirstStep.MODULES, done=True, by=cast["director_lyon"], at=AT)
    ticked = _steps(cast, lyon)[FirstStep.MODULES]
    operations.tick_step(lyon, step=FirstStep.MODULES, done=False, by=cast["director_lyon"], at=AT)

    assert (ticked.done, ticked.by_hand) == (True, True)
    assert _steps(cast, lyon)[FirstStep.MODULES].done is False


def test_first_act_is_asked_of_the_floor_above(cast, monkeypatch):
    monkeypatch.setattr(events, "first_act_checks", [lambda structure: True])

    step = _steps(cast, cast.structures["lyon"])[FirstStep.FIRST_ACT]

    assert (step.done, step.by_hand) == (True, False)


def test_director_is_told_of_the_steps_that_remain(cast):
    told = list(menus.first_steps_left(cast.actor("director_lyon"), TODAY))

    assert [type(one) for one in told] == [ToDo]
    assert "Entremise Lyon" in str(told[0].label)
    assert list(menus.first_steps_left(cast.actor("mediator_lyon"), TODAY)) == []


def test_network_head_is_told_of_the_places_to_attach(cast):
    holding = Structure.objects.create(
        network=Network.objects.get(), code="attente", name="À rattacher", holding=True
    )
    Site.objects.filter(pk=cast.sites["lille"].pk).update(structure=holding)

    told = list(menus.sites_to_attach(cast.actor("network_head"), TODAY))

    assert [str(one.label) for one in told] == ["1 point d’accueil à rattacher à sa structure"]
    assert list(menus.sites_to_attach(cast.actor("director_lyon"), TODAY)) == []
