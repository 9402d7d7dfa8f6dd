"""Record, correct and undo an act; keep local tags. An act is never overwritten."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import day_in_paris
from entremise.foundation.journal import operations as journal
from entremise.ground.network.models import Membership, Site
from entremise.ground.network.roles import AT_THE_DESK
from entremise.ground.reference.models import Nature
from entremise.practice.activity import engine
from entremise.practice.activity.engine import ActContent
from entremise.practice.activity.enums import Closing
from entremise.practice.activity.errors import (
    ActDiffers,
    CarriedElsewhere,
    IdentifierTaken,
    MediatorNotThere,
    RegisterNotEarned,
    VersionSuperseded,
)
from entremise.practice.activity.models import Activity, LocalTag, Participants, Request

IDENTITY_CONSTRAINTS = {"activity_one_per_version", "activity_one_current"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """The act as it stands, and whether this call only replayed a recording made before."""

    activity: Activity
    replayed: bool


@transaction.atomic
def record_activity(content: ActContent, *, act: UUID, by: User, at: datetime) -> Recorded:
    """Record an act once, whatever the number of times that it is sent.

    Raises ActDiffers when the identifier holds another content, IdentifierTaken when it is used
    where this person sees nothing, and the refusals of the content itself.
    """
    content = engine.with_minutes(content)
    if replay := _replay(content, act=act):
        return replay
    activity = _version(content, act=act, version=1, by=by, at=at)
    try:
        with transaction.atomic():
            _write(activity, content)
    except IntegrityError as error:
        if _refused_by(error) not in IDENTITY_CONSTRAINTS:
            raise
        if replay := _replay(content, act=act):
            return replay
        raise IdentifierTaken from None
    journal.note_decision(
        "activity.recorded", None, by=by, at=at, structure=activity.structure_id, detail=str(act)
    )
    return Recorded(activity, replayed=False)


@transaction.atomic
def correct_activity(
    activity: Activity, content: ActContent, *, by: User, at: datetime
) -> Activity:
    """Close the current version and open another with this content; the site of the day stays.

    Returns the version in force: the same one when nothing changed. Raises VersionSuperseded
    when someone was quicker, CarriedElsewhere for an act that a file or a sheet carries.
    """
    current = _lock_current(activity)
    content = engine.with_minutes(content)
    if engine.fingerprint(content) == bytes(current.fingerprint):
        return current
    _close(current, Closing.CORRECTED, by=by, at=at)
    opened = _version(content, act=current.act, version=current.version + 1, by=by, at=at)
    _write(opened, content)
    journal.note_decision(
        "activity.corrected",
        None,
        by=by,
        at=at,
        structure=opened.structure_id,
        detail=f"{opened.act}:{opened.version}",
    )
    return opened


@transaction.atomic
def undo_activity(activity: Activity, *, by: User, at: datetime) -> Activity:
    """Close the current version without another: the act counts no more, its versions stay."""
    current = _lock_current(activity)
    _close(current, Closing.UNDONE, by=by, at=at)
    journal.note_decision(
        "activity.undone",
        None,
        by=by,
        at=at,
        structure=current.structure_id,
        detail=str(current.act),
    )
    return current


@transaction.atomic
def keep_local_tag(tag: LocalTag, *, by: User, at: datetime) -> LocalTag:
    """Keep a local tag; the database refuses one without a national theme."""
    tag.save()
    journal.note_decision("activity.tag_kept", tag, by=by, at=at, structure=tag.structure_id)
    return tag


def _replay(content: ActContent, *, act: UUID) -> Recorded | None:
    versions = list(Activity.objects.filter(act=act).order_by("version"))
    if not versions:
        return None
    if bytes(versions[0].fingerprint) != engine.fingerprint(content):
        raise ActDiffers(versions[-1])
    return Recorded(versions[-1], replayed=True)


def _refused_by(error: IntegrityError) -> str:
    """Return the name of the constraint behind a refusal of the database."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")


def _lock_current(activity: Activity) -> Activity:
    if activity.carrier_kind:
        raise CarriedElsewhere
    current = (
        Activity.objects.current().filter(pk=activity.pk).select_for_update(of=("self",)).first()
    )
    if current is None:
        raise VersionSuperseded
    return current


def _close(activity: Activity, closing: Closing, *, by: User, at: datetime) -> None:
    activity.superseded_at = at
    activity.superseded_on = day_in_paris(at)
    activity.superseded_by = by
    activity.closing = closing
    activity.save(update_fields=["superseded_at", "superseded_on", "superseded_by", "closing"])


def _version(content: ActContent, *, act: UUID, version: int, by: User, at: datetime) -> Activity:
    site = Site.objects.get(pk=content.site)
    supervised = _check_mediators(content, site)
    registers = dict(Nature.objects.values_list("code", "register"))
    if content.main_register is not None and (
        content.main_register != engine.proposed_register(content, registers)
    ):
        raise RegisterNotEarned
    counted = engine.counters(content)
    return Activity(
        act=act,
        version=version,
        structure_id=site.structure_id,
        site=site,
        mediator_id=content.mediator,
        second_mediator_id=content.second_mediator,
        supervised=supervised,
        kind=content.kind,
        mode=content.mode,
        day=content.day,
        quarter=content.quarter,
        minutes=content.minutes,
        origin=content.origin,
        place_kind=content.place_kind,
        stop_id=content.stop,
        place_commune_id=content.place_commune,
        basis=content.basis,
        presence=list(content.presence),
        first_visit=content.first_visit,
        commune_answer=content.commune_answer,
        commune_id=content.commune,
        qpv_answer=content.qpv_answer,
        qpv_id=content.qpv,
        autonomy=content.autonomy,
        mandate=content.mandate,
        mandate_until=content.mandate_until,
        main_register=content.main_register,
        secondary_registers=list(content.secondary_registers),
        passage_count=counted.passages,
        request_count=counted.requests,
        accompaniment_count=counted.accompaniments,
        fingerprint=engine.fingerprint(content),
        recorded_on=day_in_paris(at),
        recorded_at=at,
        recorded_by=by,
    )


def _check_mediators(content: ActContent, site: Site) -> bool:
    named = {pk for pk in (content.mediator, content.second_mediator) if pk}
    there = Membership.objects.filter(
        Q(site=site) | Q(site=None), pk__in=named, role__in=AT_THE_DESK, structure=site.structure_id
    ).filter(Q(ends_on=None) | Q(ends_on__gt=content.day), starts_on__lte=content.day)
    memberships = list(there)
    if len(memberships) != len(named):
        raise MediatorNotThere
    return any(membership.needs_supervisor for membership in memberships)


def _write(activity: Activity, content: ActContent) -> None:
    activity.save(force_insert=True)
    Request.objects.bulk_create(
        Request(
            activity=activity,
            structure_id=activity.structure_id,
            position=position,
            theme_id=request.theme,
            operator_id=request.operator,
            nature_id=request.nature,
            outcome_id=request.outcome,
            frame=request.frame,
            explanation=request.explanation,
            minutes=request.minutes,
            local_tag_id=request.local_tag,
        )
        for position, request in enumerate(content.requests)
    )
    Participants.objects.bulk_create(
        Participants(
            activity=activity,
            structure_id=activity.structure_id,
            sex=group.sex,
            band=group.band,
            people_count=group.count,
        )
        for group in content.participants
    )


def content_of(activity: Activity) -> ActContent:
    """Return the content that a version was recorded with."""
    return ActContent(
        site=activity.site_id,
        mediator=activity.mediator_id,
        second_mediator=activity.second_mediator_id,
        day=activity.day,
        quarter=activity.quarter,
        kind=activity.kind,
        mode=activity.mode,
        place_kind=activity.place_kind,
        stop=activity.stop_id,
        place_commune=activity.place_commune_id,
        minutes=activity.minutes,
        origin=activity.origin,
        requests=tuple(
            engine.RequestContent(
                theme=request.theme_id,
                operator=request.operator_id,
                nature=request.nature_id,
                outcome=request.outcome_id,
                frame=request.frame,
                explanation=request.explanation,
                minutes=request.minutes,
                local_tag=request.local_tag_id,
            )
            for request in activity.requests.order_by("position")
        ),
        participants=tuple(
            engine.ParticipantContent(group.sex, group.band, group.people_count)
            for group in activity.participants.order_by("id")
        ),
        basis=activity.basis,
        presence=tuple(activity.presence),
        first_visit=activity.first_visit,
        commune_answer=activity.commune_answer,
        commune=activity.commune_id,
        qpv_answer=activity.qpv_answer,
        qpv=activity.qpv_id,
        autonomy=activity.autonomy,
        mandate=activity.mandate,
        mandate_until=activity.mandate_until,
        main_register=activity.main_register,
        secondary_registers=tuple(activity.secondary_registers),
    )
