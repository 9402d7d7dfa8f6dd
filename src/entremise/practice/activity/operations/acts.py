"""Record, correct and undo an act. An act is never overwritten."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from entremise.foundation.accounts.models import User
from entremise.foundation.core.inserting import insert_once
from entremise.foundation.core.periods import day_in_paris, same_day_in_months
from entremise.foundation.guard import rules as guard
from entremise.foundation.journal import operations as journal
from entremise.foundation.vault.operations import seal
from entremise.foundation.vault.queries import unseal
from entremise.ground.network.enums import Module, Status
from entremise.ground.network.queries.reception import Reception, reception_at
from entremise.ground.network.roles import NEEDS_SUPERVISOR
from entremise.ground.reference.models import Nature
from entremise.practice.activity import engine
from entremise.practice.activity.engine import ActContent
from entremise.practice.activity.enums import Closing, PlaceKind
from entremise.practice.activity.errors import (
    ActDiffers,
    CarriedElsewhere,
    DeskIsOff,
    IdentifierTaken,
    MediatorNotThere,
    MotiveNeeded,
    RegisterNotEarned,
    VersionSuperseded,
)
from entremise.practice.activity.models import Activity, ActNote, Participants, Request
from entremise.practice.activity.queries.closings import needs_motive

NOTE_MONTHS = 12  # how long a working note is kept (CNIL: no longer than it serves)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The act as it stands, whether this call only replayed a recording made before, and whether
    it took place on site on a day of closure (a call or an outing does not).
    """

    activity: Activity
    replayed: bool
    while_closed: bool


def record_activity(
    content: ActContent, *, act: UUID, by: User, at: datetime, place: Reception | None = None
) -> Recorded:
    """Record an act once, whatever the number of times that it is sent.

    `place` is what `reception_at` told of it in this very transaction, when the caller asked.
    Raises ActDiffers when the identifier holds another content, IdentifierTaken when it is used
    where this person sees nothing, and the refusals of the content itself.
    """
    content = _guarded(engine.with_minutes(content))
    place = _checked(place or _place(content), content)
    while_closed = place.is_closed and content.place_kind == PlaceKind.SITE
    activity = _version(content, place, act=act, version=1, by=by, at=at)
    if _write(activity, content, "activity.recorded", str(act), by=by, at=at):
        return Recorded(activity, replayed=False, while_closed=while_closed)
    versions = list(Activity.objects.filter(act=act).order_by("version"))
    if not versions:
        raise IdentifierTaken
    if not _is_same(versions[0], content, at):
        raise ActDiffers(versions[-1])
    return Recorded(versions[-1], replayed=True, while_closed=while_closed)


@transaction.atomic
def correct_activity(
    activity: Activity, content: ActContent, *, by: User, at: datetime, motive: str = ""
) -> Activity:
    """Close the current version and open another with this content; the site of the day stays.

    Returns the version in force: the same one when nothing changed. The note of the closed
    version is erased: only the one in force is kept. Raises VersionSuperseded when someone was
    quicker, CarriedElsewhere for an act that a file or a sheet carries, MotiveNeeded when the
    day was validated, or its month closed, and no motive is given.
    """
    current = _lock_current(activity)
    content = engine.with_minutes(content)
    if current.fingerprint and _is_same(current, content, at):
        return current
    content = _guarded(content, before=_kept_note(current))
    _close(current, Closing.CORRECTED, by=by, at=at, motive=motive)
    place = _checked(_place(content), content)
    opened = _version(content, place, act=current.act, version=current.version + 1, by=by, at=at)
    opened.batch_id = current.batch_id  # an act taken over stays so
    told = f"{opened.act}:{opened.version}"
    _write(opened, content, "activity.corrected", told, by=by, at=at)
    return opened


@transaction.atomic
def undo_activity(activity: Activity, *, by: User, at: datetime, motive: str = "") -> Activity:
    """Close the current version without another: the act counts no more, its versions stay.

    Raises VersionSuperseded, CarriedElsewhere and MotiveNeeded as a correction does.
    """
    current = _lock_current(activity)
    _close(current, Closing.UNDONE, by=by, at=at, motive=motive)
    journal.note_decision(
        "activity.undone",
        None,
        by=by,
        at=at,
        structure=current.structure_id,
        detail=str(current.act),
    )
    return current


def _is_same(version: Activity, content: ActContent, at: datetime) -> bool:
    """True when the version holds this content; a note or a fingerprint erased since matches."""
    if version.fingerprint and engine.fingerprint(content) != bytes(version.fingerprint):
        return False
    if not version.is_current or day_in_paris(at) >= day_of_erasure(version.day):
        return True
    return note_of(version) == content.note


def note_of(version: Activity) -> str:
    """Return the note of a version in clear, empty when it has none."""
    return _kept_note(version)[0]


def _kept_note(version: Activity) -> tuple[str, str]:
    """Return the note of a version in clear and the reason that let it through."""
    kept = ActNote.objects.filter(activity=version.pk).first()
    if kept is None:
        return "", ""
    text = unseal(bytes(kept.sealed), owner=version.structure_id, about=_about(version))
    return text, kept.reason


def _guarded(content: ActContent, before: tuple[str, str] = ("", "")) -> ActContent:
    """Return the content with a note that names nobody; the one kept `before` was checked then."""
    text, reason = before
    if not content.note:
        return content
    if content.note == text:
        return replace(content, note_reason=content.note_reason or reason)
    return replace(content, note=guard.check(content.note, reason=content.note_reason))


def day_of_erasure(day: date) -> date:
    """Return the day on which the note of an act of this day is erased."""
    return same_day_in_months(day, NOTE_MONTHS)


def _about(version: Activity) -> str:
    return f"activity.note:{version.pk}"


def _lock_current(activity: Activity) -> Activity:
    if activity.carrier_kind:
        raise CarriedElsewhere
    current = (
        Activity.objects.current().filter(pk=activity.pk).select_for_update(of=("self",)).first()
    )
    if current is None:
        raise VersionSuperseded
    return current


def _close(activity: Activity, closing: Closing, *, by: User, at: datetime, motive: str) -> None:
    if not motive and needs_motive(activity):
        raise MotiveNeeded
    ActNote.objects.filter(activity=activity.pk).delete()
    activity.motive = motive
    activity.superseded_at = at
    activity.superseded_on = day_in_paris(at)
    activity.superseded_by = by
    activity.closing = closing
    activity.save(
        update_fields=["superseded_at", "superseded_on", "superseded_by", "closing", "motive"]
    )


def _version(
    content: ActContent, place: Reception, *, act: UUID, version: int, by: User, at: datetime
) -> Activity:
    engine.check_gathering(content)
    if content.main_register is not None:
        registers = dict(Nature.objects.values_list("code", "register"))
        if content.main_register != engine.proposed_register(content, registers):
            raise RegisterNotEarned
    counted = engine.counters(content)
    return Activity(
        act=act,
        version=version,
        structure_id=place.structure,
        site_id=content.site,
        mediator_id=content.mediator,
        second_mediator_id=content.second_mediator,
        supervised=any(Status(status) in NEEDS_SUPERVISOR for status in place.statuses),
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
        entry=content.entry,
        gathered_count=content.gathered,
        until_quarter=content.until_quarter,
        passage_count=counted.passages,
        request_count=counted.requests,
        accompaniment_count=counted.accompaniments,
        fingerprint=engine.fingerprint(content),
        recorded_on=day_in_paris(at),
        recorded_at=at,
        recorded_by=by,
    )


def people_of(content: ActContent) -> set[UUID]:
    """Return the memberships of who received."""
    return {pk for pk in (content.mediator, content.second_mediator) if pk}


def _place(content: ActContent) -> Reception | None:
    return reception_at(content.site, content.day, people_of(content))


def _checked(place: Reception | None, content: ActContent) -> Reception:
    if place is None or len(place.statuses) != len(people_of(content)):
        raise MediatorNotThere
    if Module.DESK not in place.modules:
        raise DeskIsOff
    return place


def _write(
    activity: Activity, content: ActContent, verb: str, detail: str, *, by: User, at: datetime
) -> bool:
    """Write a version with all that it holds, and its journal entry; False when it was there."""
    below = [*_requests(activity, content), *_participants(activity, content)]
    with transaction.atomic(savepoint=False):
        if not insert_once(activity, below):
            return False
        if content.note:
            _keep_note(activity, content)
        journal.note_decision(
            verb, None, by=by, at=at, structure=activity.structure_id, detail=detail
        )
    return True


def _requests(activity: Activity, content: ActContent) -> list[Request]:
    return [
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
    ]


def _participants(activity: Activity, content: ActContent) -> list[Participants]:
    return [
        Participants(
            activity=activity,
            structure_id=activity.structure_id,
            sex=group.sex,
            band=group.band,
            people_count=group.count,
        )
        for group in content.participants
    ]


def _keep_note(activity: Activity, content: ActContent) -> None:
    ActNote.objects.create(
        activity=activity,
        structure_id=activity.structure_id,
        sealed=seal(
            content.note,
            owner=activity.structure_id,
            about=_about(activity),
            at=activity.recorded_at,
        ),
        reason=content.note_reason,
        erase_on=day_of_erasure(activity.day),
    )


def content_of(activity: Activity) -> ActContent:
    """Return the content that a version was recorded with, but its note (see note_of)."""
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
        entry=activity.entry,
        gathered=activity.gathered_count,
        until_quarter=activity.until_quarter,
    )
