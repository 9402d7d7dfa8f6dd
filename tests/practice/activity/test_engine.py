"""What follows from an act: minutes that sum, counters that never mix, the register earned."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.practice.activity import engine
from entremise.practice.activity.engine import ActContent, ParticipantContent, RequestContent
from entremise.practice.activity.enums import Explanation, Frame, Kind, Mode
from entremise.practice.activity.errors import MinutesDisagree

REGISTERS = {"inform": None, "clear-misunderstanding": 3, "refer": None}
VISIT = ActContent(
    site=UUID(int=1),
    mediator=UUID(int=2),
    day=date(2026, 3, 16),
    quarter=36,
    requests=(RequestContent("energy"),),
)


def test_visit_counts_one_passage_and_one_accompaniment():
    assert engine.counters(VISIT) == engine.Counters(passages=1, requests=1, accompaniments=1)


def test_couple_is_one_passage_and_two_accompaniments():
    couple = replace(
        VISIT, participants=(ParticipantContent("f", "40-59"), ParticipantContent("m", "40-59"))
    )

    assert engine.counters(couple) == engine.Counters(passages=1, requests=1, accompaniments=2)


@pytest.mark.parametrize("mode", [Mode.PHONE, Mode.MESSAGE, Mode.MAIL, Mode.VIDEO])
def test_call_or_message_is_an_act_and_no_passage(mode):
    call = replace(VISIT, mode=mode)

    assert engine.counters(call) == engine.Counters(passages=0, requests=1, accompaniments=1)


@pytest.mark.parametrize("kind", [Kind.SALE, Kind.FAILED_CONTACT])
def test_sale_and_failed_contact_count_nobody_and_earn_nothing(kind):
    lifted = RequestContent(
        "energy", nature="clear-misunderstanding", explanation=Explanation.BOTH_SIDES
    )
    act = replace(VISIT, kind=kind, requests=(lifted,))

    assert engine.counters(act) == engine.Counters(passages=0, requests=1, accompaniments=0)
    assert engine.proposed_register(act, REGISTERS) is None


def test_misunderstanding_lifted_on_both_sides_earns_register_3():
    lifted = RequestContent(
        "energy", nature="clear-misunderstanding", explanation=Explanation.BOTH_SIDES
    )

    assert engine.proposed_register(replace(VISIT, requests=(lifted,)), REGISTERS) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"explanation": ""},
        {"frame": Frame.FRANCE_SERVICES},
        {"nature": "inform"},
        {"nature": "refer"},
    ],
)
def test_without_its_conditions_no_register_is_earned(changes):
    lifted = RequestContent(
        "energy", nature="clear-misunderstanding", explanation=Explanation.INSTITUTION_CONTACTED
    )
    act = replace(VISIT, requests=(replace(lifted, **changes),))

    assert engine.proposed_register(act, REGISTERS) is None


def test_france_services_request_does_not_hide_a_mediation_in_the_same_visit():
    mixed = replace(
        VISIT,
        requests=(
            RequestContent("papers", frame=Frame.FRANCE_SERVICES),
            RequestContent(
                "energy", nature="clear-misunderstanding", explanation=Explanation.BOTH_SIDES
            ),
        ),
    )

    assert engine.proposed_register(mixed, REGISTERS) == 3


@given(
    total=st.integers(1, 1440),
    declared=st.lists(st.one_of(st.none(), st.integers(1, 300)), min_size=1, max_size=6),
)
def test_minutes_of_requests_sum_to_the_act_or_are_refused(total, declared):
    try:
        split = engine.split_minutes(total, declared)
    except MinutesDisagree:
        told = sum(minutes for minutes in declared if minutes)
        assert told + declared.count(None) > total or None not in declared
    else:
        assert sum(split) == total
        assert all(s == d for s, d in zip(split, declared, strict=True) if d is not None)


def test_minutes_declared_for_each_request_make_the_total():
    act = replace(
        VISIT, requests=(RequestContent("energy", minutes=10), RequestContent("tax", minutes=25))
    )

    assert engine.with_minutes(act).minutes == 35


def test_minutes_not_told_stay_unknown():
    assert engine.with_minutes(VISIT).minutes is None


def test_fingerprint_tells_any_difference():
    same = replace(VISIT, requests=(RequestContent("energy"),))
    other = replace(VISIT, requests=(RequestContent("water"),))
    elsewhere = replace(VISIT, site=uuid4())

    assert engine.fingerprint(same) == engine.fingerprint(VISIT)
    assert len({engine.fingerprint(act) for act in (VISIT, other, elsewhere)}) == 3
