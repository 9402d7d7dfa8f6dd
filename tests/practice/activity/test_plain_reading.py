"""The quick reader of a visit answers exactly as the desk's form, or lets the form answer."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entremise.practice.activity.forms.desk import desk_form
from entremise.practice.activity.forms.reading import plain_visit
from tests.cast import Cast

NOON = datetime(2026, 3, 16, 11, 20, tzinfo=UTC)
TODAY = NOON.date()
ORDINARY = {
    "requests": "1", "kind": "reception", "mode": "walk_in", "day": TODAY.isoformat(),
    "start": "12:15", "r0-favourite": "energy-bill|edf|inform|", "p0-cell": "f:40-59",
    "p0-count": "1", "r0-outcome": "resolved", "r0-frame": "mediation",
}  # fmt: skip

POOLS: dict[str, list[str]] = {
    "requests": ["1", "2", "7", "0", "-1", "²"],
    "kind": ["reception", "support", "sale", "failed_contact", "nothing", ""],
    "mode": ["walk_in", "phone", "home", "outside", "pigeon", ""],
    "day": ["2026-03-15", "2026-03-17", "16/03/2026", "2026-02-30", ""],
    "start": ["09:07", "23:59", "24:00", "9:15", "T0915", ""],
    "minutes": ["5", "15", "7", ""],
    "minutes_exact": ["1", "007", "0", "-5", "1440", "1441", "12.0", ""],
    "origin": ["spontaneous", "partner", "stars"],
    "basis": ["declared", "guessed"],
    "presence": ["concerned", "relative", "ghost"],
    "first_visit": ["yes", "unknown", "perhaps"],
    "autonomy": ["alone", "never"],
    "mandate": ["none", "written", "aidants_connect"],
    "commune": ["Lyon-Essai", "Nowhere"],
    "commune_answer": ["unknown", "undisclosed", "yes"],
    "qpv_answer": ["yes", "no", "often"],
    "no_register": ["on"],
    "add_request": ["1"],
    "note": ["revient jeudi"],
    "p0-cell": ["nd", "f:40-59", "m:70-", "nc:nc", "nd:18-24", "f", "f:", "x:1-2", ":"],
    "p0-count": ["2", "0", "100", "trois"],
    "p1-sex": ["f", "nd", "z"],
    "p1-band": ["25-39", "1-2"],
    "p1-count": ["3", "99", "0"],
    "p0-sex": ["f"],
}  # fmt: skip
REQUEST = {
    "favourite": ["energy-bill|edf|inform|", "tax|||", "other", "nope|||", "|||", "a|b",
                  "energy-bill|edf|clear-misunderstanding|both_sides",
                  "energy-bill|edf|inform|both_sides"],
    "theme": ["energy-bill", "tax", "other", "nope"],
    "theme_other": ["housing", "nope"],
    "operator": ["edf", "caf", "other", "nope"],
    "operator_other": ["engie", "nope"],
    "nature": ["inform", "clear-misunderstanding", "other", "nope"],
    "nature_other": ["refer", "read-letter", "inform"],
    "explanation": ["both_sides", "institution_contacted", "nope"],
    "outcome": ["resolved", "nope"],
    "frame": ["mediation", "france_services", "nope"],
    "minutes": ["10", "0", "2000"],
    "local_tag": ["x"],
}  # fmt: skip
for part in ("r0-", "r1-", "r7-"):
    POOLS |= {f"{part}{name}": values for name, values in REQUEST.items()}

CHANGES = st.lists(
    st.sampled_from(sorted(POOLS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(POOLS[name]))
    ),
    max_size=4,
)


def _posted(cast: Cast, changes: dict[str, str]) -> QueryDict:
    signed = {
        "act": str(uuid4()),
        "site": str(cast.sites["lyon"].pk),
        "signed_as": str(cast["mediator_lyon"].pk),
        "mediator": str(cast.memberships["mediator_lyon"].pk),
        "csrfmiddlewaretoken": "x",
    }
    posted = QueryDict(mutable=True)
    posted.update(signed | ORDINARY | changes)
    return posted


def _form(cast: Cast, posted: QueryDict) -> Any:
    actor = cast.actor("mediator_lyon")
    return desk_form(cast.sites["lyon"], actor, at=NOON, posted=posted)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_reader_that_answers_says_what_the_form_says(cast: Cast, changes: list[tuple[str, str]]):
    posted = _posted(cast, dict(changes))

    content = plain_visit(posted, today=TODAY)

    form = _form(cast, posted)
    if content is not None and content.day == TODAY:  # its caller refuses any other day
        assert form.is_valid(), [part.errors for part in form.every_part]
        assert content == form.content()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"r0-favourite": "", "r0-theme": "tax", "r0-operator": "caf", "r0-nature": "inform"},
        {"r0-favourite": "energy-bill|edf|clear-misunderstanding|both_sides"},
        {"p0-cell": "nd"},
        {"p0-cell": "", "minutes": "15", "r0-outcome": ""},
        {"requests": "2", "r1-favourite": "tax|||", "r1-minutes": "5", "minutes_exact": "20"},
        {"p1-sex": "m", "p1-band": "25-39", "mode": "phone", "presence": "relative"},
    ],
)
def test_ordinary_visit_is_read_without_the_form(cast: Cast, changes: dict[str, str]):
    posted = _posted(cast, changes)

    content = plain_visit(posted, today=TODAY)

    assert content is not None
    assert content == _valid(_form(cast, posted)).content()


def _valid(form: Any) -> Any:
    assert form.is_valid(), [part.errors for part in form.every_part]
    return form


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "revient jeudi"},
        {"commune": "Lyon-Essai"},
        {"kind": "sale"},
        {"day": "2026-03-13"},
        {"r0-favourite": ""},
        {"a-field-to-come": "x"},
    ],
)
def test_visit_out_of_the_ordinary_is_left_to_the_form(cast: Cast, changes: dict[str, str]):
    assert plain_visit(_posted(cast, changes), today=TODAY) is None
