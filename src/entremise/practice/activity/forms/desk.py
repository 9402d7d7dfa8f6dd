"""Builds the desk's form for a place, a person and a moment, with what that place usually meets."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.http import QueryDict

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.identifiers import random_id
from entremise.ground.network.enums import Module
from entremise.ground.network.models import Site
from entremise.practice.activity.engine import ActContent
from entremise.practice.activity.enums import Kind, Mode
from entremise.practice.activity.forms.visit import VisitForm, start_of, visit_initial
from entremise.practice.activity.models import LocalTag
from entremise.practice.activity.queries import day as days

DAY = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The only things that carry over from the last act: place, people, mode and stop."""

    site: str = ""
    mediator: str = ""
    second_mediator: str = ""
    mode: str = ""
    stop: str = ""


def desk_form(
    site: Site,
    actor: Actor,
    *,
    at: datetime,
    posted: QueryDict | None = None,
    carried: CarriedOver | None = None,
    content: ActContent | None = None,
    act: UUID | None = None,
    needs_motive: bool = False,
    shows_note: bool = True,
) -> VisitForm:
    """Return the form: empty for a new visit, filled for a correction, bound when posted.

    A correction after the day was read `needs_motive`; one by somebody who may not read the note
    does not show it.
    """
    today = days.local_day(site, at)
    return VisitForm(
        posted,
        site=site,
        team=days.desk_team(site, today),
        today=today,
        usual=_usual(site, today),
        tags=_tags(site, today),
        content=content,
        needs_motive=needs_motive,
        shows_note=shows_note,
        initial=_initial(
            site, actor, at=at, carried=carried or CarriedOver(), content=content, act=act
        ),
    )


def _usual(site: Site, day: date) -> days.Usual:
    """Return what the site meets most, learnt once a day for each place."""
    learnt: days.Usual | None = cache.get_or_set(
        f"usual:{site.pk}:{day}", lambda: days.usual_of(site, day), DAY
    )
    return learnt or days.Usual()


def _initial(
    site: Site,
    actor: Actor,
    *,
    at: datetime,
    carried: CarriedOver,
    content: ActContent | None,
    act: UUID | None,
) -> dict[str, Any]:
    signed = {"act": act or random_id(), "site": site.pk, "signed_as": actor.user.pk}
    if content:
        return signed | visit_initial(content)
    here = at.astimezone(ZoneInfo(site.time_zone))
    own = next((d.membership_id for d in actor.duties if d.site_id in (None, site.pk)), "")
    same_place = carried.site == str(site.pk)
    return signed | {
        "mediator": (carried.mediator if same_place else "") or str(own),
        "second_mediator": carried.second_mediator if same_place else "",
        "mode": carried.mode or Mode.WALK_IN,
        "stop": carried.stop if same_place else "",
        "kind": Kind.RECEPTION,
        "day": here.date(),
        "start": start_of(here.time()),
    }


def _tags(site: Site, day: date) -> list[LocalTag]:
    if Module.LOCAL_TAGS not in site.structure.modules:
        return []
    tags = LocalTag.objects.filter(structure=site.structure_id).order_by("label")
    return [tag for tag in tags if tag.valid_until is None or tag.valid_until > day]
