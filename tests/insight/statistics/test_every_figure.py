"""Every figure equals a brute-force count over the versions, whatever happened meanwhile."""

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from entremise.foundation.access.actors import acting_as
from entremise.foundation.access.errors import Refusal
from entremise.foundation.core.periods import Period, day_in_paris, month_period
from entremise.ground.network.duties import system_actor
from entremise.ground.network.models import Membership
from entremise.ground.network.operations import memberships, sites
from entremise.insight.statistics import facts
from entremise.insight.statistics.engine import Counts, Scope
from entremise.insight.statistics.operations import fold_figures
from entremise.practice.activity import engine, operations
from entremise.practice.activity.engine import ActContent, ParticipantContent, RequestContent
from entremise.practice.activity.enums import Motive
from entremise.practice.activity.models import Activity
from entremise.practice.activity.queries.closings import needs_motive
from tests.cast import Cast, build_cast
from tests.insight.statistics import oracle

START = datetime(2026, 2, 25, 9, 0, tzinfo=UTC)
PLACES = ["lyon", "lyon_bus", "lille"]
EXAMPLES = 40
BOOKS = (
    "statistics_delta", "statistics_monthlydelta", "statistics_fold", "activity_frozencount",
    "activity_monthclosing", "activity_dayreview", "activity_participants", "activity_request",
    "activity_activity", "network_membership",
)  # fmt: skip

REGISTERS = {"clear-misunderstanding": 3}

requests = st.builds(
    RequestContent,
    theme=st.sampled_from(["energy", "energy-bill", "tax"]),
    nature=st.sampled_from([None, "inform", "clear-misunderstanding"]),
    outcome=st.sampled_from([None, "resolved", "referred"]),
    explanation=st.sampled_from(["", "both_sides"]),
)
people = st.builds(
    ParticipantContent,
    sex=st.sampled_from(["f", "m", "nd"]),
    band=st.sampled_from(["25-39", "nd"]),
    count=st.integers(1, 2),
)
contents = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["reception", "reception", "support", "sale"]),
        "mode": st.sampled_from(["walk_in", "appointment", "phone"]),
        "quarter": st.integers(32, 70),
        "requests": st.lists(requests, max_size=3).map(tuple),
        "participants": st.lists(people, max_size=2, unique_by=lambda p: (p.sex, p.band)).map(
            tuple
        ),
        "gathered": st.sampled_from([None, None, 2, 12]),
    }
)
records = st.tuples(
    st.just("record"), st.sampled_from(PLACES), contents, st.sampled_from([0, 5, 6, 40])
)
steps = st.one_of(
    records,
    st.tuples(st.just("correct"), st.integers(0, 50), contents),
    st.tuples(st.just("undo"), st.integers(0, 50)),
    st.tuples(st.just("review"), st.sampled_from(PLACES)),
    st.tuples(st.just("sleep"), st.sampled_from([3, 8, 20])),
    st.tuples(st.just("fold"), st.integers(0, 5)),
    st.tuples(st.just("leave_and_return"), st.sampled_from(["lyon", "lille"])),
    st.tuples(st.just("move"), st.sampled_from(["lyon_bus", "lille"])),
    st.tuples(st.just("merge")),
    st.tuples(st.just("close"), st.sampled_from(["lyon", "lille"])),
)


@dataclass
class Story:
    """A small network that lives from day to day."""

    cast: Cast
    at: datetime = START
    closed: dict[tuple[UUID, date], Counts] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_in_paris(self.at)

    def record(self, place: str, told: dict, days_late: int) -> None:
        content = self._content(place, told, self.today - timedelta(days=days_late))
        operations.record_activity(content, act=uuid4(), by=self.cast["mediator_lyon"], at=self.at)

    def correct(self, rank: int, told: dict) -> None:
        act = self._current(rank)
        content = operations.content_of(act)
        told = self._content("lyon", told, act.day)
        told = replace(told, site=content.site, mediator=content.mediator)
        operations.correct_activity(
            act, told, by=self.cast["site_lead_lyon"], at=self.at, motive=self._motive(act)
        )

    def undo(self, rank: int) -> None:
        act = self._current(rank)
        operations.undo_activity(
            act, by=self.cast["site_lead_lyon"], at=self.at, motive=self._motive(act)
        )

    def review(self, place: str) -> None:
        acts = Activity.objects.current().filter(site=self.cast.sites[place], reviewed_on=None)
        for day in set(acts.values_list("day", flat=True)):
            operations.review_day(
                self.cast.sites[place], day, by=self.cast["site_lead_lyon"], at=self.at
            )

    def close(self, structure: str) -> None:
        """Close the month before, and keep what the books said that day."""
        month = (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
        one = self.cast.structures[structure]
        operations.close_month(one, month, by=self.cast["director_lyon"], at=self.at)
        scope = Scope(frozenset({one.pk}))
        self.closed[one.pk, month] = oracle.total_of(scope, month_period(month))

    def sleep(self, days: int) -> None:
        self.at += timedelta(days=days)

    def fold(self, days_ago: int) -> None:
        fold_figures(until=self.today - timedelta(days=1 + days_ago), at=self.at)

    def leave_and_return(self, place: str) -> None:
        held = self.cast.memberships[f"mediator_{place}"]
        held.refresh_from_db()
        memberships.end_membership(held, by=self.cast["admin"], at=self.at)
        held.pk, held.ends_on, held.starts_on = uuid4(), None, self.today
        held.save(force_insert=True)

    def move(self, place: str) -> None:
        site = self.cast.sites[place]
        site.refresh_from_db()
        others = [s for s in self.cast.structures.values() if s.pk != site.structure_id]
        sites.move_site(site, to=others[0], on=self.today, by=self.cast["admin"], at=self.at)

    def merge(self) -> None:
        site, into = self.cast.sites["lyon_bus"], self.cast.sites["lyon"]
        site.refresh_from_db()
        sites.merge_site(site, into=into, on=self.today, by=self.cast["admin"], at=self.at)

    def _current(self, rank: int) -> Activity:
        living = list(Activity.objects.current().order_by("act"))
        if not living:
            raise Refusal("nothing recorded yet")
        return living[rank % len(living)]

    def _content(self, place: str, told: dict, day: date) -> ActContent:
        there = Membership.objects.filter(
            structure=self.cast.sites[place].structure_id, role="mediator", ends_on=None
        )
        is_wave = told["gathered"] is not None
        entry = {"entry": "wave", "until_quarter": told["quarter"] + 4} if is_wave else {}
        content = ActContent(
            site=self.cast.sites[place].pk,
            mediator=there.order_by("pk").first().pk,
            day=day,
            **told | entry | ({"kind": "reception"} if is_wave else {}),
        )
        return engine.with_register(content, engine.proposed_register(content, REGISTERS))

    @staticmethod
    def _motive(act: Activity) -> str:
        return Motive.MISTYPED if needs_motive(act) else ""


@pytest.fixture
def people_and_places(transactional_owner: None) -> Cast:
    """The cast, committed; mediators work for the whole structure, so that any site may move."""
    cast = build_cast()
    for place in ("lyon", "lille"):
        held = cast.memberships[f"mediator_{place}"]
        held.site = None
        held.save()
    return cast


def begin(cast: Cast) -> Story:
    """Empty the books and put places and people back as they were; deleting beats truncating."""
    with connections["owner"].cursor() as cursor:
        for table in BOOKS:
            cursor.execute(f"DELETE FROM {table}")
    story = Story(deepcopy(cast))
    for site in story.cast.sites.values():
        site.save()
    for membership in story.cast.memberships.values():
        membership.save(force_insert=True)
    return story


def check(story: Story, scope: Scope, period: Period, as_of: date | None) -> None:
    """Compare every figure of a place and a period with the count over the versions."""
    versions = oracle.kept(oracle.known(oracle.every_version(), as_of), scope, period)

    found = facts.figures(scope, period, as_of=as_of)

    assert found.total == oracle.counts_of(versions, as_of)
    assert found.by_day == oracle.by_day(versions, as_of)
    place = "structure_id" if scope == Scope() else "site_id"
    assert {pk: one.counts for pk, one in found.by_place.items()} == oracle.by_place(
        versions, place, as_of
    )
    slices = {one: keys for one, keys in found.slices.items() if one != "total"}
    assert slices == oracle.by_slice(versions)
    if found.closed and found.closed.frozen and scope.structures and not scope.sites:
        (structure,) = scope.structures
        assert found.closed.frozen == story.closed[structure, period.first]


places = st.sampled_from(["network", "structure lyon", "structure lille", "site lyon", "both"])
periods = st.sampled_from(
    [
        month_period(date(2026, 2, 1)),
        month_period(date(2026, 3, 1)),
        Period(date(2026, 2, 1), date(2026, 4, 1)),
        Period(date(2026, 1, 15), date(2026, 3, 20)),
        Period(date(2026, 2, 22), date(2026, 3, 8)),
        Period(date(2026, 2, 25), date(2026, 2, 26)),
        Period(date(2026, 1, 1), date(2027, 1, 1)),
    ]
)
known_days = st.sampled_from([None, 0, 1, 3, 9, 21])
questions = st.lists(st.tuples(places, periods, known_days), min_size=5, max_size=5)


def scope_named(cast: Cast, name: str) -> Scope:
    lyon = frozenset({cast.structures["lyon"].pk})
    site = frozenset({cast.sites["lyon"].pk})
    return {
        "network": Scope(),
        "structure lyon": Scope(lyon),
        "structure lille": Scope(frozenset({cast.structures["lille"].pk})),
        "site lyon": Scope(None, site),
        "both": Scope(lyon, site),
    }[name]


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(records, min_size=4, max_size=6), st.lists(steps, min_size=12, max_size=16), questions
)
def test_every_figure_equals_the_count_over_the_versions(people_and_places, first, told, asked):
    story = begin(people_and_places)
    for rank, (name, *arguments) in enumerate([*first, *told]):
        story.sleep(2 * (rank % 4 == 3))
        with suppress(Refusal), acting_as(system_actor(story.cast["admin"])):
            getattr(story, name)(*arguments)

    with acting_as(system_actor(story.cast["admin"])):
        for name, period, days_ago in asked:
            as_of = None if days_ago is None else story.today - timedelta(days=days_ago)
            check(story, scope_named(story.cast, name), period, as_of)
