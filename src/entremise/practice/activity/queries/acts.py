"""The list of acts and its filters; one act and its versions."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.periods import Period
from entremise.ground.reference.models import Theme
from entremise.practice.activity.models import Activity, Request


@dataclass(frozen=True, slots=True)
class ActFilters:
    """What a list of acts is narrowed to; None or empty keeps everything."""

    period: Period | None = None
    site: UUID | None = None
    kind: str = ""
    mode: str = ""
    theme: str = ""
    operator: str = ""
    nature: str = ""
    outcome: str = ""
    register: str = ""
    frame: str = ""
    words: str = ""


def acts_matching(actor: Actor, filters: ActFilters) -> QuerySet[Activity]:
    """Return the current acts that this person may read and the filters keep, latest first."""
    acts = Activity.objects.visible_to(actor).current()
    if filters.period:
        acts = acts.during(filters.period)
    for field in ("site", "kind", "mode"):
        if value := getattr(filters, field):
            acts = acts.filter(**{field: value})
    if filters.register:
        acts = acts.filter(
            main_register=None if filters.register == "none" else int(filters.register)
        )
    if conditions := _about_requests(filters):
        acts = acts.filter(Exists(Request.objects.filter(conditions, activity=OuterRef("pk"))))
    return acts.order_by("-day", "-quarter", "id")


def _about_requests(filters: ActFilters) -> Q | None:
    found: Q | None = None
    asked: list[Q] = []
    if filters.theme:
        asked.append(Q(theme=filters.theme) | Q(theme__parent=filters.theme))
    for field in ("operator", "nature", "outcome", "frame"):
        if value := getattr(filters, field):
            asked.append(Q(**{field: value}))
    if filters.words:
        themes = Theme.objects.filter(
            Q(label__unaccent__icontains=filters.words)
            | Q(label_en__icontains=filters.words)
            | Q(parent__label__unaccent__icontains=filters.words)
        )
        asked.append(Q(theme__in=themes) | Q(operator__label__unaccent__icontains=filters.words))
    for condition in asked:
        found = condition if found is None else found & condition
    return found


def for_list(acts: QuerySet[Activity]) -> QuerySet[Activity]:
    """Bring what a line of the list shows, in a constant number of queries."""
    requests = Request.objects.select_related("theme", "operator", "nature", "outcome")
    return acts.select_related("site", "stop").prefetch_related(
        Prefetch("requests", requests.order_by("position"))
    )


def versions_of(act: UUID, actor: Actor) -> list[Activity]:
    """Return every version of an act that this person may read, the first one first."""
    requests = Request.objects.select_related("theme", "operator", "nature", "outcome", "local_tag")
    return list(
        Activity.objects.visible_to(actor)
        .filter(act=act)
        .select_related(
            "site", "structure", "stop", "commune", "place_commune", "qpv",
            "mediator__user", "second_mediator__user",
        )
        .prefetch_related(Prefetch("requests", requests.order_by("position")), "participants")
        .order_by("version")
    )  # fmt: skip
