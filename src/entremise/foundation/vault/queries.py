"""Open what was sealed."""

from uuid import UUID

from entremise.foundation.vault import engine, keyring, master
from entremise.foundation.vault.errors import SealBroken, WrongKey
from entremise.foundation.vault.models import DataKey


def unseal(sealed: bytes, *, owner: UUID, about: str) -> str:
    """Return the text sealed for this owner and `about` (see `operations.seal`).

    One query the first time a key is met, none after. Raises SealBroken when the value was
    altered or moved, KeyMissing or WrongKey when the master key is absent or another.
    """
    sealed = bytes(sealed)
    try:
        version = engine.version_of(sealed)
        if known := keyring.reader(owner, version):
            try:
                return engine.unseal(sealed, key=known, owner=owner, about=about)
            except engine.NotOpened:
                pass  # the database may have been restored since: its own key has the last word
        stored = DataKey.objects.filter(owner=owner, version=version).first()
        if stored is None:
            raise SealBroken
        key = opened(stored)
        text = engine.unseal(sealed, key=key, owner=owner, about=about)
    except engine.NotOpened:
        raise SealBroken from None
    keyring.remember_reader(owner, version, key)
    return text


def opened(stored: DataKey) -> bytes:
    """Return a stored key in clear. Raises KeyMissing, WrongKey."""
    try:
        return engine.unwrap(
            bytes(stored.wrapped),
            master=master.master_key(),
            owner=stored.owner,
            version=stored.version,
        )
    except engine.NotOpened:
        raise WrongKey from None
