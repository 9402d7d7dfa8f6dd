"""Which keys a file has shown so far: a few bytes a row, whatever the size of the file."""

import hashlib
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np

_NAMESPACE = uuid5(NAMESPACE_URL, "entremise:imported-acts")
_VERSION_5 = 5


class ActNames:
    """Names acts: the same structure, source, key and rank always give the same UUID (v5)."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._started: dict[UUID, hashlib._Hash] = {}

    def act(self, structure: UUID, key: str, rank: int = 0) -> UUID:
        """Return the identifier of the act."""
        return UUID(bytes=self._hash(structure, f"{key}\n{rank}")[:16], version=_VERSION_5)

    def _hash(self, structure: UUID, text: str) -> bytes:
        started = self._started.get(structure)
        if started is None:
            namespace = uuid5(_NAMESPACE, str(structure))
            started = hashlib.sha1(namespace.bytes, usedforsecurity=False)
            started.update(f"{self._source}\n".encode())
            self._started[structure] = started
        named = started.copy()
        named.update(text.encode())
        return named.digest()


class SeenKeys:
    """Remembers digests in a sorted array, sixteen bytes each, with a number for each."""

    def __init__(self) -> None:
        self._digests = np.empty(0, np.uint64)
        self._numbers = np.empty(0, np.int64)

    def first_rows(self, digests: list[bytes], rows: list[int]) -> list[int]:
        """Return the row where each was first seen, 0 when it is there for the first time."""
        known, told = self._known(digests), []
        latest: dict[bytes, int] = {}
        for digest, row, before in zip(digests, rows, known, strict=True):
            first = before or latest.get(digest, 0)
            told.append(first)
            if not first:
                latest[digest] = row
        self._keep(latest)
        return told

    def ranks(self, digests: list[bytes]) -> list[int]:
        """Return how many times each was seen before."""
        known, told = self._known(digests), []
        latest: dict[bytes, int] = {}
        for digest, before in zip(digests, known, strict=True):
            rank = latest.get(digest, before)
            told.append(rank)
            latest[digest] = rank + 1
        self._keep(latest)
        return told

    def _known(self, digests: list[bytes]) -> list[int]:
        if not len(self._digests) or not digests:
            return [0] * len(digests)
        sought = np.frombuffer(b"".join(digests), np.uint64)
        places = np.searchsorted(self._digests, sought).clip(max=len(self._digests) - 1)
        found: list[int] = np.where(
            self._digests[places] == sought, self._numbers[places], 0
        ).tolist()
        return found

    def _keep(self, latest: dict[bytes, int]) -> None:
        if not latest:
            return
        digests = np.frombuffer(b"".join(latest), np.uint64)
        numbers = np.fromiter(latest.values(), np.int64, len(latest))
        order = np.argsort(digests)
        digests, numbers = digests[order], numbers[order]
        places = np.searchsorted(self._digests, digests)
        if len(self._digests):
            known = self._digests[places.clip(max=len(self._digests) - 1)] == digests
            self._numbers[places[known]] = numbers[known]
            places, digests, numbers = places[~known], digests[~known], numbers[~known]
        self._digests = np.insert(self._digests, places, digests)
        self._numbers = np.insert(self._numbers, places, numbers)
