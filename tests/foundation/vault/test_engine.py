"""The sealing itself: what comes back, and everything that must not."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.foundation.vault import engine

KEY = engine.new_key()
LYON, LILLE = uuid4(), uuid4()
VERSIONS = st.integers(1, 2**15 - 1)


def sealed_note(text: str = "Revient lundi", about: str = "essai.note:1") -> bytes:
    return engine.seal(text, key=KEY, version=1, owner=LYON, about=about)


@given(text=st.text(), version=VERSIONS, owner=st.uuids(), about=st.text())
def test_text_sealed_comes_back(text: str, version: int, owner: UUID, about: str):
    sealed = engine.seal(text, key=KEY, version=version, owner=owner, about=about)

    assert engine.version_of(sealed) == version
    assert engine.unseal(sealed, key=KEY, owner=owner, about=about) == text


@given(text=st.text(max_size=40), place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(text: str, place: int, bit: int):
    altered = bytearray(sealed_note(text))
    altered[place % len(altered)] ^= 1 << bit

    with pytest.raises(engine.NotOpened):
        engine.unseal(bytes(altered), key=KEY, owner=LYON, about="essai.note:1")


@given(length=st.integers(0, len(sealed_note()) - 1))
def test_value_cut_anywhere_is_refused(length: int):
    with pytest.raises(engine.NotOpened):
        engine.unseal(sealed_note()[:length], key=KEY, owner=LYON, about="essai.note:1")


@given(about=st.text().filter(lambda about: about != "essai.note:1"))
def test_value_moved_to_another_row_is_refused(about: str):
    with pytest.raises(engine.NotOpened):
        engine.unseal(sealed_note(), key=KEY, owner=LYON, about=about)


def test_value_moved_to_another_structure_is_refused():
    with pytest.raises(engine.NotOpened):
        engine.unseal(sealed_note(), key=KEY, owner=LILLE, about="essai.note:1")


def test_same_text_is_never_sealed_twice_the_same():
    assert len({sealed_note() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("owner", "version"), [(LILLE, 1), (LYON, 2)], ids=["other owner", "other version"]
)
def test_wrapped_key_opens_for_its_owner_and_version_alone(owner, version):
    master, key = engine.new_key(), engine.new_key()
    wrapped = engine.wrap(key, master=master, owner=LYON, version=1)
    assert engine.unwrap(wrapped, master=master, owner=LYON, version=1) == key

    with pytest.raises(engine.NotOpened):
        engine.unwrap(wrapped, master=master, owner=owner, version=version)


def test_wrapped_key_is_no_sealed_text():
    wrapped = engine.wrap(b"k" * 32, master=KEY, owner=LYON, version=1)

    with pytest.raises(engine.NotOpened):
        engine.unseal(b"\0\1" + wrapped, key=KEY, owner=LYON, about="")
