"""The two journals: chained at commit, refused to change, verified without trust."""

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from entremise.foundation.accounts.models import User
from entremise.foundation.journal import operations, verification
from entremise.foundation.journal.models import Access, Decision

AT = datetime(2026, 3, 16, 9, 7, 31, 123456, tzinfo=UTC)


@pytest.fixture
def journals(transactional_owner: None) -> User:
    """Two empty journals, committed for real, and someone to sign."""
    return User(username="quelqu’un")


def _note(by: User, verb: str = "essai.note", detail: str = "") -> Decision:
    with transaction.atomic():
        return operations.note_decision(verb, None, by=by, at=AT, detail=detail)


def _as_owner(statement: str, values: tuple = ()) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL entremise.retention = 'on'")
        cursor.execute(statement, values)


def test_chain_of_several_entries_verifies(journals):
    for rank in range(3):
        _note(journals, detail=f"rang:{rank}")

    verdict = verification.verify("journal_decision")

    assert (verdict.entry_count, verdict.faults) == (3, ())


def test_flipped_byte_is_found_and_names_its_entry(journals):
    _note(journals)
    altered = _note(journals)
    _note(journals)

    _as_owner("UPDATE journal_decision SET verb = 'essai.nota' WHERE id = %s", (altered.pk,))

    faults = verification.verify("journal_decision").faults
    assert faults == (f"entrée 2 ({altered.pk}) : son contenu ne correspond plus à son empreinte",)


def test_entry_removed_is_found(journals):
    gone = _note(journals)
    _note(journals)

    _as_owner("DELETE FROM journal_decision WHERE id = %s", (gone.pk,))

    faults = verification.verify("journal_decision").faults
    assert faults == (f"entrée 1 ({gone.pk}) : le maillon est là, l’entrée a disparu",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_decision SET verb = 'x'",
        "DELETE FROM journal_decision",
        "INSERT INTO journal_decisionlink VALUES (9, gen_random_uuid(), '2026-03', '', '')",
        "DELETE FROM journal_decisionlink",
        "TRUNCATE journal_decision",
    ],
)
def test_application_cannot_change_the_journal(journals, statement):
    _note(journals)

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_owner_is_refused_too_without_the_retention_door(journals):
    _note(journals)

    with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE journal_decision SET verb = 'x'")


def test_text_of_a_person_is_refused(journals):
    with pytest.raises(DatabaseError, match="decision_holds_codes_only"):
        _note(journals, detail="Madame Untel est venue")


def test_writer_does_not_wait_for_another_page(journals):
    other_is_done = threading.Event()

    def record_meanwhile() -> None:
        _note(journals, verb="essai.autre")
        connection.close()
        other_is_done.set()

    with transaction.atomic():
        operations.note_decision("essai.longue_page", None, by=journals, at=AT)
        thread = threading.Thread(target=record_meanwhile)
        thread.start()
        assert other_is_done.wait(timeout=20)
    thread.join()

    assert verification.verify("journal_decision").faults == ()


def test_concurrent_writers_leave_one_chain(journals):
    def write() -> None:
        for _ in range(20):
            _note(journals)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    verdict = verification.verify("journal_decision")
    assert (verdict.entry_count, verdict.faults) == (80, ())


def test_access_is_committed_although_the_page_fails(journals):
    def failing_page() -> None:
        with transaction.atomic():
            operations.note_access("essai.lecture", by=journals, at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_page()

    assert [entry.verb for entry in Access.objects.all()] == ["essai.lecture"]


def test_journal_still_verifies_after_a_purge(journals):
    for rank in range(4):
        operations.note_access("essai.lecture", by=journals, at=AT, detail=f"rang:{rank}")
    _as_owner("UPDATE journal_accesslink SET month = '2024-01' WHERE position <= 3")
    head = verification.verify("journal_access").head

    forgotten = operations.seal_and_purge_accesses()

    verdict = verification.verify("journal_access")
    assert (forgotten, verdict.entry_count, verdict.faults) == (3, 1, ())
    assert verdict.head == head


def test_first_entry_after_everything_was_purged_follows_the_sealed_head(journals):
    operations.note_access("essai.lecture", by=journals, at=AT)
    _as_owner("UPDATE journal_accesslink SET month = '2024-01'")
    operations.seal_and_purge_accesses()

    operations.note_access("essai.lecture", by=journals, at=AT)

    verdict = verification.verify("journal_access")
    assert (verdict.entry_count, verdict.faults) == (1, ())


def test_command_ends_with_the_count_and_the_head(journals, capsys):
    _note(journals)

    call_command("journal_verify")

    last_line = capsys.readouterr().out.splitlines()[-1]
    assert last_line == f"1 {verification.verify('journal_decision').head}"


def test_command_fails_naming_the_entry(journals, capsys):
    altered = _note(journals)
    _as_owner("UPDATE journal_decision SET subject_id = %s", (str(uuid4()),))

    with pytest.raises(CommandError):
        call_command("journal_verify")

    assert str(altered.pk) in capsys.readouterr().err
