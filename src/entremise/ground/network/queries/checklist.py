"""The ten first steps of a structure: what can be computed is, the rest is ticked by hand.

Whether a first act is recorded is asked of the floor above, through `events`.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.actors import Actor
from entremise.ground.network import events
from entremise.ground.network.enums import FirstStep, Role, SiteState
from entremise.ground.network.models import Structure
from entremise.ground.network.roles import AT_THE_DESK

SENTENCES: dict[FirstStep, str | Promise] = {
    FirstStep.CONTACT: _(
        "Un téléphone et une adresse électronique, pour que le réseau vous joigne."
    ),
    FirstStep.IDENTITY: _("Quatorze chiffres, vérifiés. Le numéro RNA est facultatif."),
    FirstStep.FIRST_SITE: _(
        "Un accueil se note toujours dans un lieu : le vôtre, une permanence, un bus."
    ),
    FirstStep.HOURS: _("Ils disent au public et aux partenaires si la porte est ouverte."),
    FirstStep.POINT: _("Deux nombres suffisent ; sans eux, le lieu manque sur la carte du réseau."),
    FirstStep.FIRST_MEDIATOR: _("Elle reçoit un lien pour choisir son mot de passe."),
    FirstStep.SECOND_MEDIATOR: _(
        "À deux, une absence ne ferme pas la porte et l’on relit ensemble."
    ),
    FirstStep.MODULES: _(
        "Seuls les accueils du jour sont ouverts au départ ; le reste attend votre besoin."
    ),
    FirstStep.GROUND_RULES: _(
        "L’accueil est anonyme par défaut : ni nom, ni récit. À dire avant le premier jour."
    ),
    FirstStep.FIRST_ACT: _(
        "La page « Aujourd’hui » suffit : un motif, ce qui a été fait, l’issue."
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One first step: where to do it, whether it is done, and whether a hand ticks it."""

    code: FirstStep
    sentence: str | Promise
    url: str
    done: bool
    by_hand: bool


def with_progress(structures: QuerySet[Structure], day: date) -> QuerySet[Structure]:
    """Annotate structures with the counts that their first steps are computed from."""
    living = ~Q(sites__state=SiteState.CLOSED) & Q(sites__isnull=False)
    timed = living & ~Q(sites__opening_hours="", sites__opening_text="")
    not_over = Q(memberships__ends_on=None) | Q(memberships__ends_on__gt=day)
    at_the_desk = Q(memberships__role__in=AT_THE_DESK) & not_over
    return structures.annotate(
        living_count=Count("sites", filter=living, distinct=True),
        timed_count=Count("sites", filter=timed, distinct=True),
        placed_count=Count(
            "sites", filter=living & Q(sites__latitude__isnull=False), distinct=True
        ),
        desk_count=Count("memberships__user", filter=at_the_desk, distinct=True),
    )


def steps_of(structure: Structure, actor: Actor) -> list[Step]:
    """Return the ten steps of a structure annotated by `with_progress`.

    The first act is asked only for the acting structure: the others are behind the wall.
    """
    computed = _computed(structure)
    if events.first_act_checks and structure.pk in actor.structures:
        computed[FirstStep.FIRST_ACT] = any(
            check(structure.pk) for check in events.first_act_checks
        )
    return [
        Step(
            code=step,
            sentence=SENTENCES[step],
            url=_where(step, structure),
            done=computed.get(step, step.value in structure.checklist_done),
            by_hand=step not in computed,
        )
        for step in FirstStep
    ]


def unfinished_of(actor: Actor, day: date) -> list[tuple[Structure, int]]:
    """Return the structures that the actor directs with how many steps remain, when some do."""
    directed = [duty.structure_id for duty in actor.duties_as(Role.DIRECTOR) if duty.structure_id]
    if not directed:
        return []
    found = with_progress(Structure.objects.filter(pk__in=directed), day)
    left = ((one, sum(not step.done for step in steps_of(one, actor))) for one in found)
    return [(structure, count) for structure, count in left if count]


def _computed(structure: Structure) -> dict[FirstStep, bool]:
    counts = structure.__dict__
    living = counts["living_count"]
    return {
        FirstStep.CONTACT: bool(structure.phone and structure.email),
        FirstStep.IDENTITY: bool(structure.siret),
        FirstStep.FIRST_SITE: living > 0,
        FirstStep.HOURS: 0 < living == counts["timed_count"],
        FirstStep.POINT: 0 < living == counts["placed_count"],
        FirstStep.FIRST_MEDIATOR: counts["desk_count"] >= 1,
        FirstStep.SECOND_MEDIATOR: counts["desk_count"] >= 2,
    }


def _where(step: FirstStep, structure: Structure) -> str:
    page = reverse("structure", args=[structure.pk])
    places = f"{page}#lieux"
    return {
        FirstStep.CONTACT: reverse("edit_structure", args=[structure.pk]),
        FirstStep.IDENTITY: reverse("edit_structure", args=[structure.pk]),
        FirstStep.FIRST_SITE: reverse("open_site", args=[structure.pk]),
        FirstStep.HOURS: places,
        FirstStep.POINT: places,
        FirstStep.FIRST_MEDIATOR: f"{reverse('invite_member')}?structure={structure.pk}",
        FirstStep.SECOND_MEDIATOR: f"{reverse('invite_member')}?structure={structure.pk}",
        FirstStep.MODULES: reverse("structure_modules", args=[structure.pk]),
        FirstStep.GROUND_RULES: reverse("roles"),
        FirstStep.FIRST_ACT: "/",
    }[step]
