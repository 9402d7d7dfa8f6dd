"""Sealing through the database: one key per structure, remembered, behind the wall."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from entremise.foundation.access.actors import acting_as
from entremise.foundation.vault import keyring, operations
from entremise.foundation.vault.errors import SealBroken
from entremise.foundation.vault.models import DataKey
from entremise.foundation.vault.queries import unseal
from tests.foundation.vault.conftest import ABOUT, AT, acting_for

CANARY = "Zéphyrine Quidam habite au 3"


def sealed_note(owner: UUID, text: str = CANARY) -> bytes:
    return operations.seal(text, owner=owner, about=ABOUT, at=AT)


def test_text_comes_back_to_another_process(lyon):
    sealed = sealed_note(lyon)
    keyring.forget()

    assert unseal(sealed, owner=lyon, about=ABOUT) == CANARY
    assert DataKey.objects.values_list("owner", "version", "made_at").get() == (lyon, 1, AT)


@pytest.mark.parametrize("place", [0, 1, 2, 13, 14, 20, -1], ids=str)
def test_altered_value_is_refused_with_a_sentence(lyon, place):
    altered = bytearray(sealed_note(lyon))
    altered[place] ^= 1

    with pytest.raises(SealBroken, match="ne s’ouvre pas"):
        unseal(bytes(altered), owner=lyon, about=ABOUT)


@pytest.mark.parametrize("value", [b"", b"\0\1", b"en clair"])
def test_value_that_was_never_sealed_is_refused(lyon, value):
    with pytest.raises(SealBroken):
        unseal(value, owner=lyon, about=ABOUT)


def test_value_of_another_row_is_refused(lyon):
    with pytest.raises(SealBroken):
        unseal(sealed_note(lyon), owner=lyon, about="essai.note:2")


def test_value_of_another_structure_is_refused(db):
    lyon, lille = uuid4(), uuid4()
    with acting_as(acting_for(lyon, lille)):
        sealed = sealed_note(lyon)
        sealed_note(lille)

        with pytest.raises(SealBroken):
            unseal(sealed, owner=lille, about=ABOUT)


def test_whoever_acts_for_another_structure_neither_opens_nor_makes_its_key(db):
    lyon, lille = uuid4(), uuid4()
    with acting_as(acting_for(lyon)):
        sealed = sealed_note(lyon)
    keyring.forget()

    with acting_as(acting_for(lille)):
        with pytest.raises(SealBroken):
            unseal(sealed, owner=lyon, about=ABOUT)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            sealed_note(uuid4())
        assert not DataKey.objects.exists()


def test_retired_key_still_opens_and_seals_no_more(lyon):
    before = sealed_note(lyon)
    DataKey.objects.update(retired_at=AT + timedelta(days=1))
    keyring.forget()

    after = sealed_note(lyon)

    assert (before[:2], after[:2]) == (b"\0\1", b"\0\2")
    assert [unseal(value, owner=lyon, about=ABOUT) for value in (before, after)] == [CANARY] * 2


def test_second_current_key_is_refused_by_the_database(lyon):
    sealed_note(lyon)

    with pytest.raises(DatabaseError, match="datakey_one_current"), transaction.atomic():
        DataKey.objects.create(owner=lyon, version=2, wrapped=b"", made_at=AT)


def test_sealing_and_opening_cost_no_query_once_the_key_is_known(
    transactional_owner, django_assert_num_queries
):
    lyon = uuid4()
    with acting_as(acting_for(lyon)):
        sealed = sealed_note(lyon)
    with acting_as(acting_for(lyon)):
        sealed_note(lyon), unseal(sealed, owner=lyon, about=ABOUT)

    with django_assert_num_queries(0):
        again = sealed_note(lyon)
        assert unseal(again, owner=lyon, about=ABOUT) == CANARY


def test_key_rolled_back_is_never_used_again(transactional_owner):
    lyon = uuid4()
    with transaction.atomic():
        with acting_as(acting_for(lyon)):
            lost = sealed_note(lyon)
            assert unseal(lost, owner=lyon, about=ABOUT) == CANARY
        transaction.set_rollback(True)

    with acting_as(acting_for(lyon)):
        sealed = sealed_note(lyon)
        assert unseal(sealed, owner=lyon, about=ABOUT) == CANARY
    keyring.forget()
    with acting_as(acting_for(lyon)):
        assert unseal(sealed, owner=lyon, about=ABOUT) == CANARY
        with pytest.raises(SealBroken):
            unseal(lost, owner=lyon, about=ABOUT)


def test_memory_forgets_the_oldest_key(monkeypatch):
    monkeypatch.setattr(keyring, "KEPT", 2)
    owners = [uuid4() for _ in range(3)]
    for owner in owners:
        keyring.remember_current(owner, 1, b"")
        keyring.remember_reader(owner, 1, b"")

    assert [keyring.current(owner) for owner in owners] == [None, (1, b""), (1, b"")]
    assert [keyring.reader(owner, 1) for owner in owners] == [None, b"", b""]


def test_key_to_seal_with_is_asked_again_after_a_while(monkeypatch):
    owner = uuid4()
    keyring.remember_current(owner, 1, b"")

    monkeypatch.setattr(keyring, "LAPSE", -1.0)

    assert keyring.current(owner) is None


def test_concurrent_first_sealings_make_one_key(transactional_owner):
    lyon = uuid4()
    together = threading.Barrier(2)
    sealed: list[bytes] = []

    def seal_first() -> None:
        with acting_as(acting_for(lyon)):
            connection.ensure_connection()
            together.wait(timeout=20)
            sealed.append(sealed_note(lyon))
        connection.close()

    threads = [threading.Thread(target=seal_first) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    keyring.forget()
    with acting_as(acting_for(lyon)):
        assert DataKey.objects.count() == 1
        assert [unseal(value, owner=lyon, about=ABOUT) for value in sealed] == [CANARY] * 2


def test_second_first_sealing_waits_and_takes_the_key_of_the_first(transactional_owner):
    lyon = uuid4()
    sealed: list[bytes] = []

    def seal_meanwhile() -> None:
        with acting_as(acting_for(lyon)):
            sealed.append(sealed_note(lyon))
        connection.close()

    second = threading.Thread(target=seal_meanwhile)
    with acting_as(acting_for(lyon)):
        sealed.append(sealed_note(lyon))
        second.start()
        _wait_until_somebody_waits()
    second.join()

    keyring.forget()
    with acting_as(acting_for(lyon)):
        assert DataKey.objects.count() == 1
        assert [unseal(value, owner=lyon, about=ABOUT) for value in sealed] == [CANARY] * 2


def _wait_until_somebody_waits() -> None:
    asked = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
    )
    with connections["owner"].cursor() as cursor:
        for _ in range(10_000):
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("the second sealing never waited for the first")


def test_nothing_readable_in_a_copy_of_the_database(transactional_owner):
    lyon = uuid4()
    with acting_as(acting_for(lyon)):
        sealed = sealed_note(lyon)
        _, key = operations._current_key(lyon, AT)
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE essai_note (sealed bytea, witness text)")
        cursor.execute("INSERT INTO essai_note VALUES (%s, %s)", [sealed, CANARY])
        try:
            copy = _dump(cursor)
        finally:
            cursor.execute("DROP TABLE essai_note")

    assert copy.count(CANARY) == 1  # the witness: the search itself finds what is in clear
    assert sealed.hex() in copy
    assert CANARY.encode().hex() not in copy
    assert key.hex() not in copy


def _dump(cursor) -> str:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = [name for (name,) in cursor.fetchall()]
    lines = []
    for table in tables:
        with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
            lines.extend(bytes(row).decode() for row in rows)
    return "".join(lines)
