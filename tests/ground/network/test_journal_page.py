"""The page of the journal: who reads it, what it says, and what it never says."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import entremise
from entremise.foundation.journal.models import Access
from entremise.foundation.journal.operations import note_decision
from entremise.foundation.journal.verbs import named_verbs, verb_label

PAGE = "/journal"
WRITTEN = re.compile(r'(?:note_decision|_note)\(\s*"([a-z_]+\.[a-z_]+)"')


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("network_head", 200), ("dpo", 200), ("mediator_lyon", 403), ("director_lyon", 403),
        ("auditor", 403), ("admin", 403), ("stranger", 404), ("visitor", 302),
    ],
)  # fmt: skip
def test_who_reads_the_journal(sign_in, who, status):
    assert sign_in(who).get(PAGE).status_code == status


def test_reading_the_journal_is_an_access(cast, sign_in):
    sign_in("dpo").get(PAGE)

    accesses = Access.objects.using("journal").filter(actor_id=cast["dpo"].pk)
    assert [access.verb for access in accesses] == ["journal.read"]


def test_decision_is_told_with_its_day_and_never_its_instant(cast, sign_in):
    at = timezone.now().replace(hour=7, minute=43, second=21) - timedelta(days=1)
    note_decision(
        "network.structure_changed", cast.structures["lille"], by=cast["network_head"], at=at,
        structure=cast.structures["lille"].pk,
    )  # fmt: skip

    page = sign_in("dpo").get(PAGE).text

    assert "structure modifiée" in page
    assert "Entremise Lille" in page
    assert "Network Head" in page
    assert not re.search(r"\b0?[789][ :\u00a0]?h?[ \u00a0]?43", page)


def test_act_leaves_neither_its_identifier_nor_its_author(cast, sign_in):
    act = uuid4()
    note_decision(
        "activity.recorded", None, by=cast["mediator_lyon"], at=timezone.now(),
        structure=cast.structures["lyon"].pk, detail=str(act),
    )  # fmt: skip

    page = sign_in("dpo").get(PAGE).text

    assert "accueil enregistré" in page
    assert "Entremise Lyon" in page
    assert str(act) not in page
    assert "Mediator Lyon" not in page


def test_journal_is_narrowed_to_a_verb_and_a_day(cast, sign_in):
    note_decision(
        "account.changed", cast["admin"], by=cast["admin"], at=datetime(2026, 1, 10, tzinfo=UTC)
    )
    note_decision(
        "network.step_ticked", None, by=cast["admin"], at=datetime(2026, 1, 9, tzinfo=UTC)
    )
    note_decision(
        "network.step_ticked", None, by=cast["admin"], at=datetime(2026, 1, 11, tzinfo=UTC)
    )

    lines = sign_in("dpo").get(PAGE, {"last_day": "2026-01-10"}).context["lines"]
    narrowed = sign_in("dpo").get(PAGE, {"last_day": "2026-01-10", "verb_code": "account.changed"})

    assert [line.verb for line in lines] == ["compte modifié", "premier pas coché"]
    assert [line.verb for line in narrowed.context["lines"]] == ["compte modifié"]


def test_journal_costs_the_same_for_one_line_and_for_three(cast, sign_in):
    client = sign_in("dpo")
    counts = []
    for rank in range(3):
        note_decision(
            "network.member_invited", cast.memberships["auditor"], by=cast["admin"],
            at=timezone.now() + timedelta(seconds=rank),
        )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[2]


def test_every_verb_written_has_its_french_name():
    sources = Path(entremise.__file__).parent.rglob("*.py")
    written = {verb for source in sources for verb in WRITTEN.findall(source.read_text())}

    assert len(written) > 20
    assert written - {code for code, _ in named_verbs()} == set()


def test_verb_of_a_domain_that_left_is_shown_as_written():
    assert verb_label("gone.thing_done") == "gone.thing_done"
