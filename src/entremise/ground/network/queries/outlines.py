"""The outlines of the départements, when the operator supplied them (a GeoJSON file)."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outlines:
    """The file as it is sent: plain, packed, and its entity tag."""

    plain: bytes
    packed: bytes
    etag: str


def outlines_of(path: str) -> Outlines | None:
    """Return the outlines, read again only when the file changed; None without a file."""
    try:
        changed = Path(path).stat().st_mtime_ns if path else 0
        return _read(path, changed) if path else None
    except OSError:
        return None


@lru_cache(maxsize=1)
def _read(path: str, _changed: int) -> Outlines:
    plain = Path(path).read_bytes()
    return Outlines(plain, gzip.compress(plain), f'"{hashlib.sha256(plain).hexdigest()[:32]}"')
