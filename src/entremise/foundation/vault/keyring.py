"""Data keys in the memory of this process, so that sealing asks the database nothing.

At most KEPT owners, the oldest forgotten first. A key found here passes no wall: the wall stands
before the sealed row itself. After LAPSE the current key is asked again, so that a rotation or a
restored database is seen; a transaction that has not committed never leaves its new key here,
for a text sealed by a key that was rolled back would never open again.
"""

import threading
import time
from collections import OrderedDict
from uuid import UUID

KEPT = 4096
LAPSE = 60.0  # seconds

_lock = threading.Lock()
_current: OrderedDict[UUID, tuple[int, bytes, float]] = OrderedDict()
_readers: OrderedDict[tuple[UUID, int], bytes] = OrderedDict()
_uncommitted: set[UUID] = set()


def current(owner: UUID) -> tuple[int, bytes] | None:
    """Return the version and the key that seal for this owner, when known and fresh."""
    with _lock:
        found = _current.get(owner)
    if found is None or time.monotonic() - found[2] > LAPSE:
        return None
    return found[0], found[1]


def remember_current(owner: UUID, version: int, key: bytes) -> None:
    """Keep a committed key to seal with."""
    with _lock:
        _current[owner] = (version, key, time.monotonic())
        _current.move_to_end(owner)
        while len(_current) > KEPT:
            _current.popitem(last=False)


def reader(owner: UUID, version: int) -> bytes | None:
    """Return the key that opens what this version sealed, when known."""
    with _lock:
        return _readers.get((owner, version))


def remember_reader(owner: UUID, version: int, key: bytes) -> None:
    """Keep a key to open with."""
    with _lock:
        _readers[owner, version] = key
        _readers.move_to_end((owner, version))
        while len(_readers) > KEPT:
            _readers.popitem(last=False)


def note_uncommitted(stored: UUID) -> None:
    """Say that a stored key may still be rolled back."""
    with _lock:
        _uncommitted.add(stored)


def note_committed(stored: UUID) -> None:
    """Say that a stored key is there to stay."""
    with _lock:
        _uncommitted.discard(stored)


def is_uncommitted(stored: UUID) -> bool:
    """Tell whether this process made the stored key in a transaction that has not committed."""
    with _lock:
        return stored in _uncommitted


def forget() -> None:
    """Empty the memory."""
    with _lock:
        _current.clear()
        _readers.clear()
