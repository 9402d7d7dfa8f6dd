"""Who may do what with acts: one readable table. Changes need the deontology owner's approval.

The network head, the director and every outsider get counts, never acts (domain.md, annex A).
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import EVERYTHING, NOTHING, Fact, grant, read_with
from entremise.ground.network.enums import Role
from entremise.ground.network.models import Site
from entremise.ground.network.roles import AT_THE_DESK
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.models import Activity, LocalTag, MonthClosing


def _place_of(subject: Any) -> tuple[Any, Any]:
    if isinstance(subject, Site):
        return subject.structure_id, subject.pk
    return subject.structure_id, subject.site_id


def _holds_there(actor: Actor, subject: Any, role: Role) -> bool:
    structure, site = _place_of(subject)
    return any(
        duty.structure_id == structure and duty.site_id in (None, site)
        for duty in actor.duties_as(role)
    )


def _rows_there(actor: Actor, role: Role, *, site: str) -> Q:
    duties = actor.duties_as(role)
    if not duties:
        return NOTHING
    one_site = [duty.site_id for duty in duties if duty.site_id]
    every_site = [duty.structure_id for duty in duties if not duty.site_id]
    found = Q(**{f"{site}__in": one_site}) if one_site else Q(pk__in=[])
    return found | Q(structure__in=every_site) if every_site else found


def works_at_its_site(role: Role, sentence: Any) -> Fact:
    """Return the fact « holds this role at the site where it took place »."""
    return Fact(
        sentence,
        holds=lambda actor, subject: _holds_there(actor, subject, role),
        rows=lambda actor: _rows_there(actor, role, site="site"),
    )


def works_at_this_site(role: Role, sentence: Any) -> Fact:
    """Return the fact « holds this role at this site »."""
    return Fact(
        sentence,
        holds=lambda actor, subject: _holds_there(actor, subject, role),
        rows=lambda actor: _rows_there(actor, role, site="pk"),
    )


mediates_at_its_site = works_at_its_site(Role.MEDIATOR, _("est médiateur dans ce lieu"))
receives_at_its_site = works_at_its_site(Role.RECEPTION, _("tient l’accueil dans ce lieu"))
leads_its_site = works_at_its_site(Role.SITE_LEAD, _("est responsable de ce lieu"))
follows_its_quality = works_at_its_site(Role.QUALITY, _("est référent qualité de la structure"))
mediates_here = works_at_this_site(Role.MEDIATOR, _("est médiateur dans ce point d’accueil"))
receives_here = works_at_this_site(Role.RECEPTION, _("tient l’accueil de ce point d’accueil"))
leads_here = works_at_this_site(Role.SITE_LEAD, _("est responsable de ce point d’accueil"))
directs_here = works_at_this_site(Role.DIRECTOR, _("dirige la structure de ce point d’accueil"))
follows_quality_here = works_at_this_site(
    Role.QUALITY, _("est référent qualité de la structure de ce point d’accueil")
)
is_of_today = Fact(
    _("l’accueil est du jour"),
    holds=lambda actor, act: act.day == actor.today,
    rows=lambda actor: Q(day=actor.today),
)
recorded_it = Fact(
    _("a enregistré l’accueil"),
    holds=lambda actor, act: act.recorded_by_id == actor.user.pk,
    rows=lambda actor: Q(recorded_by=actor.user.pk),
)


def _memberships(actor: Actor) -> list[Any]:
    return [duty.membership_id for duty in actor.duties]


is_its_mediator = Fact(
    _("a mené l’accueil"),
    holds=lambda actor, act: bool(
        {act.mediator_id, act.second_mediator_id} & set(_memberships(actor))
    ),
    rows=lambda actor: (
        Q(mediator__in=ids) | Q(second_mediator__in=ids)
        if (ids := _memberships(actor))
        else NOTHING
    ),
)
tends_a_desk = Fact(
    _("tient un accueil"),
    holds=lambda actor, act: bool(actor.duties_as(*AT_THE_DESK)),
    rows=lambda actor: EVERYTHING if actor.duties_as(*AT_THE_DESK) else NOTHING,
)
led_it = Fact(
    _("a mené l’accueil, même sous un rôle terminé depuis"),
    holds=lambda actor, act: (
        act.mediator.user_id == actor.user.pk
        or (act.second_mediator is not None and act.second_mediator.user_id == actor.user.pk)
    ),
    rows=lambda actor: Q(mediator__user=actor.user.pk) | Q(second_mediator__user=actor.user.pk),
)
tags_its_structure = Fact(
    _("est responsable de site ou direction de la structure"),
    holds=lambda actor, tag: any(
        duty.structure_id == tag.structure_id
        for duty in actor.duties_as(Role.SITE_LEAD, Role.DIRECTOR)
    ),
    rows=lambda actor: (
        Q(structure__in=[duty.structure_id for duty in duties])
        if (duties := actor.duties_as(Role.SITE_LEAD, Role.DIRECTOR))
        else NOTHING
    ),
)
directs_its_structure = Fact(
    _("dirige la structure"),
    holds=lambda actor, closing: any(
        duty.structure_id == closing.structure_id for duty in actor.duties_as(Role.DIRECTOR)
    ),
    rows=lambda actor: (
        Q(structure__in=[duty.structure_id for duty in duties])
        if (duties := actor.duties_as(Role.DIRECTOR))
        else NOTHING
    ),
)


def register() -> None:
    """Write the table, at start-up."""
    read_with(Activity, May.READ)
    read_with(MonthClosing, May.CLOSE_MONTH)
    read_with(LocalTag, May.MANAGE_TAGS)
    grant(May.RECORD, [mediates_here], [receives_here])
    grant(
        May.READ,
        [mediates_at_its_site],
        [receives_at_its_site, is_of_today],
        [leads_its_site],
        [follows_its_quality],
    )
    grant(
        May.READ_DAY,
        [mediates_here],
        [receives_here],
        [leads_here],
        [directs_here],
        [follows_quality_here],
    )
    grant(
        May.CORRECT,
        [mediates_at_its_site, is_its_mediator],
        [mediates_at_its_site, recorded_it],
        [receives_at_its_site, is_of_today, recorded_it],
        [leads_its_site],
    )
    grant(
        May.READ_NOTE,
        [mediates_at_its_site],
        [receives_at_its_site, is_of_today, recorded_it],
        [leads_its_site],
    )
    grant(May.REVIEW, [leads_here])
    grant(May.CLOSE_MONTH, [directs_its_structure])
    grant(May.EXPORT, [mediates_at_its_site], [leads_its_site], [follows_its_quality])
    grant(May.SEE_OWN, [tends_a_desk, led_it])
    grant(May.MANAGE_TAGS, [tags_its_structure])
