"""What holds for any file of past acts: counts add up, a second import changes nothing, and each
act is what the desk would have stored.
"""

from collections import Counter
from dataclasses import fields, replace
from itertools import product
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entremise.practice.activity import engine, operations
from entremise.practice.activity.engine import ActContent, ParticipantContent, RequestContent
from entremise.practice.activity.models import Activity
from entremise.practice.activity.operations import imports
from entremise.practice.activity.queries.act_keys import ActNames, SeenKeys
from entremise.practice.activity.queries.act_prints import Prints
from tests.practice.activity.test_import_acts import MAPPING, run

CALM = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
HEADER = "n;jour;heure;theme;sexe;age;duree;nature;explication\n"
WIDE = MAPPING.replace(
    "[columns]",
    '[columns]\nminutes = "duree"\nnature = "nature"\nexplanation = "explication"',
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "4", "", "=x"]),
        st.sampled_from(["16/03/2026", "15/03/2026", "01/01/2099", "hier"]),
        st.sampled_from(["9:20", "14h", "99h"]),
        st.sampled_from(["énergie", "water", "", "?"]),
        st.sampled_from(["F", "H", ""]),
        st.sampled_from(["25-39", "nc", "", "12-18"]),
        st.sampled_from(["15", "", "-1"]),
        st.sampled_from(["inform", "clear-misunderstanding", ""]),
        st.sampled_from(["both_sides", ""]),
    ).map(";".join),
    min_size=1,
    max_size=12,
)
CODE = st.text('abc-é"\\', max_size=4)
CONTENT = st.builds(
    ActContent,
    site=st.uuids(),
    mediator=st.uuids(),
    day=st.dates(),
    quarter=st.integers(0, 95),
    minutes=st.none() | st.integers(1, 99),
    origin=CODE,
    presence=st.lists(CODE, max_size=2).map(tuple),
    requests=st.lists(
        st.builds(RequestContent, CODE, st.none() | CODE, minutes=st.none() | st.integers(1, 9)),
        max_size=3,
    ).map(tuple),
    participants=st.lists(
        st.builds(ParticipantContent, CODE, CODE, st.integers(1, 99)), max_size=2
    ).map(tuple),
    commune=st.none() | CODE,
    main_register=st.none() | st.just(3),
    entry=st.sampled_from(["direct", "imported"]),
    gathered=st.none() | st.integers(1, 9),
    note=CODE,
)


@CALM
@given(rows=ROWS, ranked=st.booleans(), size=st.integers(1, 5))
def test_second_import_changes_nothing(cast, tmp_path, rows, ranked, size):
    period = 'period = {first = "2026-01-01", last = "2026-03-20"}'
    mapping = WIDE.replace('id = ["n"]', period) if ranked else WIDE
    text = HEADER + "\n".join(rows) + "\n"
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(imports, "ROWS_AT_ONCE", size)
        dry = run(cast, tmp_path, text, mapping, dry_run=True)[:3]
        first = run(cast, tmp_path, text, mapping)[:3]
        second = run(cast, tmp_path, text, mapping)[:3]
        stored = list(Activity.objects.all())
        contents = {act.act: operations.content_of(act) for act in stored}
        transaction.set_rollback(True)

    created = first[0].get("created", 0)
    assert dry == first
    assert second[0] == {k: v for k, v in first[0].items() if k == "refused"} | (
        {"unchanged": created} if created else {}
    )
    assert (second[1:], len(stored)) == (first[1:], created)
    for act in stored:
        content = contents[act.act]
        bare = replace(content, requests=tuple(replace(r, minutes=None) for r in content.requests))
        assert bytes(act.fingerprint) == engine.fingerprint(content)
        assert engine.with_minutes(bare) == content


@given(contents=st.lists(CONTENT, max_size=3))
def test_prints_are_those_of_the_engine(contents):
    prints = Prints()

    assert [prints.of(c) for c in contents] == [engine.fingerprint(c) for c in contents]
    assert {field.name for field in fields(ActContent)} >= engine.APART | engine.TOLD_SINCE.keys()


@given(chunks=st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=6))
def test_seen_keys_count_like_a_counter(chunks):
    ranked, first = SeenKeys(), SeenKeys()
    counted: Counter[int] = Counter()
    rows: dict[int, int] = {}
    number = 1

    for chunk in chunks:
        digests = [bytes([key]) * 8 for key in chunk]
        numbers = list(range(number, number + len(chunk)))
        expected_ranks, expected_rows = [], []
        for key, row in zip(chunk, numbers, strict=True):
            expected_ranks.append(counted[key])
            counted[key] += 1
            expected_rows.append(rows.get(key, 0))
            rows.setdefault(key, row)
        number += len(chunk)

        assert ranked.ranks(digests) == expected_ranks
        assert first.first_rows(digests, numbers) == expected_rows


def test_acts_are_named_by_structure_source_key_and_rank():
    structures = (UUID(int=1), UUID(int=2))
    named = {
        ActNames(source).act(structure, key, rank)
        for source, structure, key, rank in product("ab", structures, "xy", (0, 1))
    }

    assert len(named) == 16
    assert {act.version for act in named} == {5}
    assert ActNames("a").act(structures[0], "x", 1) in named
