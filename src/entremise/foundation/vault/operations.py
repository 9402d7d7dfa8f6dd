"""Seal a text; make the master key when a network is set up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from entremise.foundation.vault import engine, keyring, master
from entremise.foundation.vault.models import DataKey
from entremise.foundation.vault.queries import opened


def seal(text: str, *, owner: UUID, about: str, at: datetime) -> bytes:
    """Return the text sealed for its place, to be kept in a BinaryField.

    `owner` is the structure whose key seals, made here at its first need; it must be one of those
    the transaction acts for. `about` names the row and the field, as in
    "activity.note:<uuid of the act>": a value moved to another row does not open. No query once
    this process knows the key. Raises KeyMissing, WrongKey.
    """
    version, key = keyring.current(owner) or _current_key(owner, at)
    return engine.seal(text, key=key, version=version, owner=owner, about=about)


def make_master_key() -> bool:
    """Write the default key file when nothing is sealed yet; return whether it was written.

    Never when the operator gives the key, nor when the database already holds wrapped keys: a
    new master key would hide that the right one is lost.
    """
    path = master.default_file()
    if master.is_in_environment() or master.key_file() != path or path.exists():
        return False
    if DataKey.objects.using("owner").exists():
        return False
    return master.write_new_key(path)


def _current_key(owner: UUID, at: datetime) -> tuple[int, bytes]:
    """Return the owner's key from the database, made when there is none.

    Two first sealings at once: the second waits at the unique index, then reads the first's key.
    """
    last = DataKey.objects.filter(owner=owner).order_by("-version").first()
    stored = last if last and last.retired_at is None else None
    if stored is None:
        _make_key(owner, last.version + 1 if last else 1, at)
        stored = DataKey.objects.get(owner=owner, retired_at=None)
    key = opened(stored)
    if not keyring.is_uncommitted(stored.pk):
        keyring.remember_current(owner, stored.version, key)
    return stored.version, key


def _make_key(owner: UUID, version: int, at: datetime) -> None:
    wrapped = engine.wrap(
        engine.new_key(), master=master.master_key(), owner=owner, version=version
    )
    made = DataKey(owner=owner, version=version, wrapped=wrapped, made_at=at)
    keyring.note_uncommitted(made.pk)
    DataKey.objects.bulk_create([made], ignore_conflicts=True)
    transaction.on_commit(lambda: keyring.note_committed(made.pk))
