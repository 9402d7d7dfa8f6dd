"""The master key: where it is looked for, who may read it, and what is said without it."""

import base64
import stat
from pathlib import Path
from uuid import uuid4

import pytest

from entremise.foundation.access.actors import acting_as
from entremise.foundation.vault import engine, keyring, master, operations
from entremise.foundation.vault.errors import KeyMissing, WrongKey
from entremise.foundation.vault.queries import unseal
from tests.foundation.vault.conftest import ABOUT, AT, acting_for


@pytest.fixture
def home(tmp_path: Path, settings, monkeypatch) -> Path:
    """A state folder of its own, and nothing in the environment."""
    for name in ("ENTREMISE_MASTER_KEY", "ENTREMISE_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    settings.HOME = tmp_path / "home"
    return settings.HOME


def written_key() -> str:
    return base64.b64encode(engine.new_key()).decode()


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.django_db(databases=["default", "owner"])
def test_key_is_made_once_for_its_owner_alone(home):
    assert operations.make_master_key() is True
    first = master.master_key()

    assert operations.make_master_key() is False
    path = home / "keys" / "master.key"
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)
    assert (len(first), master.master_key()) == (32, first)
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_two_commands_at_once_keep_one_key(home):
    path = home / "keys" / "master.key"
    assert master.write_new_key(path) is True
    first = master.master_key()

    assert master.write_new_key(path) is False
    assert master.master_key() == first


@pytest.mark.django_db(databases=["default", "owner"])
def test_key_of_the_environment_comes_first(home, monkeypatch):
    given = written_key()
    monkeypatch.setenv("ENTREMISE_MASTER_KEY", given)

    assert operations.make_master_key() is False
    assert not home.exists()
    master.write_new_key(home / "keys" / "master.key")
    assert master.master_key() == base64.b64decode(given)


def test_key_file_of_the_operator_is_read_and_never_made(home, tmp_path, monkeypatch):
    path = tmp_path / "cle"
    monkeypatch.setenv("ENTREMISE_KEY_FILE", str(path))

    assert operations.make_master_key() is False
    assert not path.exists()
    path.write_text(f"{written_key()}\n")
    assert len(master.master_key()) == 32


def test_missing_key_says_which_file_to_bring_back(home):
    with pytest.raises(KeyMissing) as refusal:
        master.master_key()

    assert str(home / "keys" / "master.key") in str(refusal.value)
    assert "ENTREMISE_MASTER_KEY" in str(refusal.value)


@pytest.mark.parametrize("text", ["pas du base64", "Y291cnQ=", "é" * 44])
def test_key_that_is_no_key_is_refused(home, monkeypatch, text):
    monkeypatch.setenv("ENTREMISE_MASTER_KEY", text)

    with pytest.raises(KeyMissing, match="32 octets"):
        master.master_key()


def test_file_that_is_no_text_is_refused(home, tmp_path, monkeypatch):
    path = tmp_path / "cle"
    path.write_bytes(b"\xff" * 32)
    monkeypatch.setenv("ENTREMISE_KEY_FILE", str(path))

    with pytest.raises(KeyMissing, match="n’a pas pu être lue"):
        master.master_key()


def test_another_master_key_opens_nothing_and_is_told(lyon, monkeypatch):
    monkeypatch.setenv("ENTREMISE_MASTER_KEY", written_key())
    sealed = operations.seal("un texte", owner=lyon, about=ABOUT, at=AT)
    keyring.forget()

    monkeypatch.setenv("ENTREMISE_MASTER_KEY", written_key())

    with pytest.raises(WrongKey, match="n’est pas celle de cette base"):
        unseal(sealed, owner=lyon, about=ABOUT)
    with pytest.raises(WrongKey):
        operations.seal("un autre", owner=lyon, about=ABOUT, at=AT)


def test_sealing_without_a_key_writes_nothing(lyon, home):
    with pytest.raises(KeyMissing):
        operations.seal("un texte", owner=lyon, about=ABOUT, at=AT)


def test_no_new_key_hides_that_the_right_one_is_lost(transactional_owner, home, monkeypatch):
    structure = uuid4()
    monkeypatch.setenv("ENTREMISE_MASTER_KEY", written_key())
    with acting_as(acting_for(structure)):
        operations.seal("un texte", owner=structure, about=ABOUT, at=AT)
    monkeypatch.delenv("ENTREMISE_MASTER_KEY")

    assert operations.make_master_key() is False
    assert not (home / "keys").exists()
