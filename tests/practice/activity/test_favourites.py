"""Favourites: learnt from the place, one click for a whole request, checked by the server."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from entremise.practice.activity.engine import ActContent, RequestContent
from entremise.practice.activity.forms.desk import desk_form
from entremise.practice.activity.forms.favourites import FIRST_FAVOURITES
from entremise.practice.activity.queries.day import usual_of
from tests.cast import DAY, record

NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
CLEARED = "energy-bill|edf|clear-misunderstanding|both_sides"


def _form(cast, **answers: str):
    fields = {
        "act": "6f1f3c6e-3c1e-4a55-9a0e-6f7f6f1f3c6e",
        "site": str(cast.sites["lyon"].pk),
        "signed_as": str(cast["mediator_lyon"].pk),
        "mediator": str(cast.memberships["mediator_lyon"].pk),
        "kind": "reception", "mode": "walk_in", "day": "2026-03-16", "start": "11:52",
        "requests": "1",
    }  # fmt: skip
    posted = QueryDict(mutable=True)
    posted.update(fields | answers)
    return desk_form(cast.sites["lyon"], cast.actor("mediator_lyon"), at=NOON, posted=posted)


def _content(form) -> ActContent:
    assert form.is_valid(), [part.errors for part in form.every_part]
    return form.content()


def _met(cast, days_ago: int, times: int, **request: str) -> None:
    for rank in range(times):
        record(
            cast, day=DAY - timedelta(days=days_ago), quarter=40 + rank,
            requests=(RequestContent(**request),),
        )  # fmt: skip


def test_favourite_tells_the_whole_request_and_its_register(cast):
    content = _content(_form(cast, **{"r0-favourite": CLEARED}))

    assert content.requests == (
        RequestContent("energy-bill", "edf", "clear-misunderstanding", explanation="both_sides"),
    )
    assert content.main_register == 3


def test_empty_part_of_a_favourite_is_not_told(cast):
    (request,) = _content(_form(cast, **{"r0-favourite": "papers||help-online|"})).requests

    assert request == RequestContent("papers", None, "help-online")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"r0-operator": "engie"}, ("energy-bill", "engie", "clear-misunderstanding", 3)),
        (
            {"r0-operator": "other", "r0-operator_other": "saur"},
            ("energy-bill", "saur", "clear-misunderstanding", 3),
        ),
        ({"r0-nature": "inform"}, ("energy-bill", "edf", "inform", None)),
        ({"r0-theme": "tax"}, ("tax", "edf", "clear-misunderstanding", 3)),
        ({"r0-frame": "france_services"}, ("energy-bill", "edf", "clear-misunderstanding", None)),
        ({"no_register": "on"}, ("energy-bill", "edf", "clear-misunderstanding", None)),
    ],
)
def test_what_is_chosen_on_its_own_comes_before_the_favourite(cast, answers, expected):
    content = _content(_form(cast, **{"r0-favourite": CLEARED, **answers}))

    (request,) = content.requests
    assert (request.theme, request.operator, request.nature, content.main_register) == expected


def test_each_request_has_its_own_favourite(cast):
    answers = {"r0-favourite": "tax|||", "r1-favourite": CLEARED, "requests": "2"}

    content = _content(_form(cast, **answers))

    assert [request.theme for request in content.requests] == ["tax", "energy-bill"]


def test_favourite_that_is_no_longer_shown_is_accepted_and_stays_in_sight(cast):
    value = "water-bill|saur|listen|"
    form = _form(cast, **{"r0-favourite": value})

    assert form.is_valid()
    shown = {one.value: one for one in form.requests[0].favourites}
    assert shown[value].chosen
    assert len(shown) == 9


@pytest.mark.parametrize(
    "value",
    [
        "no-such-theme|||",
        "tax|nobody||",
        "tax||nothing|",
        "|edf|inform|",
        "tax||inform|both_sides",
        "energy-bill|edf|clear-misunderstanding|said_so",
        "tax",
        "tax|||||",
    ],
)
def test_favourite_with_a_part_of_no_list_is_refused(cast, value):
    form = _form(cast, **{"r0-favourite": value})

    assert not form.is_valid()
    assert "favourite" in form.requests[0].errors


def test_other_alone_asks_for_a_motive(cast):
    form = _form(cast, **{"r0-favourite": "other"})

    assert not form.is_valid()
    assert form.requests[0].errors["favourite"] == ["Choisissez ce pour quoi la personne vient."]


def test_place_without_history_shows_the_common_ones(cast):
    shown = _form(cast).requests[0].favourites

    assert [one.value for one in shown] == list(FIRST_FAVOURITES)
    assert [one.key for one in shown] == list("12345678")
    assert [one.register for one in shown].count(3) == 1


def test_favourites_are_what_the_place_met_most_and_lately(cast):
    _met(cast, 28, 3, theme="tax")
    _met(cast, 1, 2, theme="papers", operator="caf", nature="inform")
    _met(cast, 40, 9, theme="water-bill")
    _met(cast, 0, 9, theme="work")

    usual = usual_of(cast.sites["lyon"], DAY)

    assert usual.requests == ["papers|caf|inform|", "tax|||"]
    assert (usual.themes, usual.operators) == (["papers", "tax"], ["caf"])


def test_explanation_is_learnt_under_social_mediation_only(cast):
    cleared = {"nature": "clear-misunderstanding", "explanation": "both_sides"}
    _met(cast, 1, 1, theme="tax", frame="france_services", **cleared)
    _met(cast, 2, 1, theme="papers", **cleared)

    usual = usual_of(cast.sites["lyon"], DAY)

    assert usual.requests == [
        "tax||clear-misunderstanding|",
        "papers||clear-misunderstanding|both_sides",
    ]


def test_past_acts_are_read_once_a_day(cast):
    cache.clear()
    with CaptureQueriesContext(connection) as first:
        _form(cast)

    with CaptureQueriesContext(connection) as second:
        _form(cast)

    assert _about_past_acts(first) == 1
    assert _about_past_acts(second) == 0


def _about_past_acts(queries: CaptureQueriesContext) -> int:
    return sum("activity_request" in query["sql"] for query in queries.captured_queries)


def test_correction_shows_the_request_on_its_favourite(cast):
    request = RequestContent("water-bill", "saur", "listen", outcome="resolved")
    activity = record(cast, requests=(request,))
    content = ActContent(
        site=activity.site_id, mediator=activity.mediator_id, day=DAY, quarter=37,
        requests=(request,),
    )  # fmt: skip

    form = desk_form(cast.sites["lyon"], cast.actor("mediator_lyon"), at=NOON, content=content)

    (chosen,) = [one for one in form.requests[0].favourites if one.chosen]
    assert (chosen.value, chosen.details) == ("water-bill|saur|listen|", "Saur · écouter")
    assert not form.requests[0].is_precise
