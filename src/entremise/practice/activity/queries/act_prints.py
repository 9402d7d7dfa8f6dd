"""The fingerprints of thousands of contents, equal byte for byte to the engine's one at a time."""

import json
from dataclasses import fields
from datetime import date
from hashlib import sha256
from operator import attrgetter
from typing import Any

from entremise.practice.activity.engine import (
    APART,
    TOLD_SINCE,
    ActContent,
    ParticipantContent,
    RequestContent,
)

_TOLD = sorted(field.name for field in fields(ActContent) if field.name not in APART)
_ALL = attrgetter(*_TOLD)
_NAMED = [(f'"{name}": ', name in TOLD_SINCE, TOLD_SINCE.get(name)) for name in _TOLD]
_OF_REQUEST = sorted(field.name for field in fields(RequestContent))
_OF_PARTICIPANTS = sorted(field.name for field in fields(ParticipantContent))
_REMEMBERED = 100_000


class Prints:
    """Remembers how each value is written, since a file repeats a few of them."""

    def __init__(self) -> None:
        self._written: dict[Any, str] = {None: "null"}

    def of(self, content: ActContent) -> bytes:
        """Return the SHA-256 of a content, as the engine's `fingerprint` does."""
        if len(self._written) > _REMEMBERED:
            self._written = {None: "null"}
        written = self._written
        parts = [
            prefix + (written.get(value) or self._text(value))
            for (prefix, is_recent, usual), value in zip(_NAMED, _ALL(content), strict=True)
            if not is_recent or value != usual
        ]
        return sha256(f"{{{', '.join(parts)}}}".encode()).digest()

    def _text(self, value: Any) -> str:
        known = self._written.get(value)
        if known is None:
            known = self._written[value] = self._write(value)
        return known

    def _write(self, value: Any) -> str:
        if isinstance(value, tuple):
            return f"[{', '.join(map(self._text, value))}]"
        if isinstance(value, RequestContent):
            return self._object(value, _OF_REQUEST)
        if isinstance(value, ParticipantContent):
            return self._object(value, _OF_PARTICIPANTS)
        if isinstance(value, date):
            return f'"{value.isoformat()}"'
        if isinstance(value, int):
            return str(value)
        return json.dumps(str(value), ensure_ascii=False)

    def _object(self, value: Any, names: list[str]) -> str:
        told = (f'"{name}": {self._text(getattr(value, name))}' for name in names)
        return f"{{{', '.join(told)}}}"
