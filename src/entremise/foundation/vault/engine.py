"""Seal and open bytes with AES-256-GCM. No database, no file, no clock.

The nonce is drawn at random each time: one key may seal 2³² values (NIST SP 800-38D, §8.3).
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION_BYTES = 2
SHORTEST = VERSION_BYTES + NONCE_BYTES + 16  # the tag of an empty text


class NotOpened(Exception):
    """The key, the place or the bytes are not those of the sealing."""


def new_key() -> bytes:
    """Return 32 random bytes."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def wrap(key: bytes, *, master: bytes, owner: UUID, version: int) -> bytes:
    """Return a data key sealed by the master key, for this owner and version alone."""
    return _encrypt(master, key, _place(b"key", owner, version))


def unwrap(wrapped: bytes, *, master: bytes, owner: UUID, version: int) -> bytes:
    """Return the data key. Raises NotOpened."""
    return _decrypt(master, wrapped, _place(b"key", owner, version))


def seal(text: str, *, key: bytes, version: int, owner: UUID, about: str) -> bytes:
    """Return the key's version, the nonce and the ciphertext, bound to the owner and `about`."""
    place = _place(b"text", owner, version, about)
    return _version_bytes(version) + _encrypt(key, text.encode(), place)


def version_of(sealed: bytes) -> int:
    """Return the version of the key that sealed. Raises NotOpened when too short to be sealed."""
    if len(sealed) < SHORTEST:
        raise NotOpened
    return int.from_bytes(sealed[:VERSION_BYTES])


def unseal(sealed: bytes, *, key: bytes, owner: UUID, about: str) -> str:
    """Return the text. Raises NotOpened."""
    place = _place(b"text", owner, version_of(sealed), about)
    return _decrypt(key, sealed[VERSION_BYTES:], place).decode()


def _encrypt(key: bytes, clear: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, clear, place)


def _decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except InvalidTag:
        raise NotOpened from None


def _place(use: bytes, owner: UUID, version: int, about: str = "") -> bytes:
    # Every part before the last has a fixed length or an end: two places never read the same.
    return b"entremise." + use + b"\0" + owner.bytes + _version_bytes(version) + about.encode()


def _version_bytes(version: int) -> bytes:
    return version.to_bytes(VERSION_BYTES)
