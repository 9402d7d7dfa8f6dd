"""Remembering which state of a source was loaded, so that the next start costs nothing."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from entremise.foundation.journal import operations as journal
from entremise.ground.reference.models import LoadedSource

# To raise when the same files would be written otherwise, so that they are loaded again.
SHAPE = b"1"


def fingerprint_of(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the files, in order. Raises OSError when one cannot be read."""
    digest = hashlib.sha256(SHAPE)
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_already_loaded(name: str, fingerprint: str) -> bool:
    """True when the last state loaded under this name is this one."""
    return LoadedSource.objects.filter(name=name, fingerprint=fingerprint).exists()


def note_loaded(
    name: str, fingerprint: str, detail: str, *, by: journal.Signatory, at: datetime
) -> None:
    """Remember the state loaded and sign it in the journal; `detail` holds counts."""
    source, _ = LoadedSource.objects.update_or_create(
        name=name, defaults={"fingerprint": fingerprint, "loaded_at": at}
    )
    journal.note_decision("reference.loaded", source, by=by, at=at, detail=detail)
