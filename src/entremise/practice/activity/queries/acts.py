"""The list of acts and its filters; one act and its versions."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.french import search_key
from entremise.foundation.core.periods import Period
from entremise.ground.reference.models import Operator, Theme
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
        about = Request.objects.filter(conditions, structure__in=actor.structures)
        acts = acts.filter(pk__in=about.values("activity"))
    return acts.order_by("-day", "-quarter", "id")


def _about_requests(filters: ActFilters) -> Q | None:
    asked: list[Q] = []
    if filters.theme:
        asked.append(Q(theme__in=_family_of(filters.theme)))
    for field in ("operator", "nature", "outcome", "frame"):
        if value := getattr(filters, field):
            asked.append(Q(**{field: value}))
    if filters.words:
        asked.append(_named_with(search_key(filters.words)))
    return reduce(and_, asked) if asked else None


def _family_of(code: str) -> list[str]:
    """Return the theme and those under it: the database then needs no join."""
    return [t.code for t in Theme.objects.filter(Q(code=code) | Q(parent=code))]


def _named_with(key: str) -> Q:
    """Return the requests whose theme, family or operator bears these words, in any accent."""
    themes = list(Theme.objects.select_related("parent"))
    operators = list(Operator.objects.all())
    return Q(theme__in=[t.code for t in themes if _bears(t, key) or _bears(t.parent, key)]) | Q(
        operator__in=[operator.code for operator in operators if _bears(operator, key)]
    )


def _bears(entry: Theme | Operator | None, key: str) -> bool:
    return entry is not None and (
        key in search_key(entry.label) or key in search_key(entry.label_en)
    )


class ActPages(Paginator):
    """Pages of acts: identifiers from the index alone, then what the lines of one page show."""

    def __init__(self, acts: QuerySet[Activity], per_page: int) -> None:
        super().__init__(acts.values_list("pk", flat=True), per_page)

    def page(self, number: int | str) -> Page[Activity]:
        """Return a page of acts in order; three queries whatever the page."""
        page = super().page(number)
        ids = list(page.object_list)
        requests = Request.objects.select_related("theme", "operator", "nature", "outcome")
        lines = (
            Activity.objects.filter(pk__in=ids)
            .select_related("site", "stop")
            .prefetch_related(Prefetch("requests", requests.order_by("position")))
        )
        page.object_list = sorted(lines, key=lambda act: ids.index(act.pk))
        return page


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
