"""Seeded draws in vectors: the same seed gives the same network, identifiers included."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Columns = dict[str, Ints]


def generator(*seed: int) -> np.random.Generator:
    """Return the generator of one part of the network, so that parts do not disturb each other."""
    return np.random.default_rng(seed)


def random_bytes(rng: np.random.Generator, count: int) -> Bytes:
    """Return `count` identifiers of 16 bytes shaped as UUIDv4."""
    drawn = np.frombuffer(rng.bytes(16 * count), np.uint8).reshape(count, 16).copy()
    drawn[:, 6] = drawn[:, 6] & 0x0F | 0x40
    drawn[:, 8] = drawn[:, 8] & 0x3F | 0x80
    return drawn


def in_groups(identifiers: Bytes, groups: Ints) -> Bytes:
    """Sort identifiers inside each group of neighbours, so that their order is that of the rows."""
    leading = identifiers[:, :8].copy().view(">u8")[:, 0]
    return identifiers[np.lexsort((leading, groups))]


def as_text(identifiers: Bytes) -> pl.Series:
    """Return identifiers as 32 hexadecimal digits, which PostgreSQL reads as UUID."""
    digits = identifiers.tobytes().hex()
    return pl.Series([digits[at : at + 32] for at in range(0, len(digits), 32)], dtype=pl.String)


def random_uuid(rng: np.random.Generator) -> UUID:
    """Return one identifier."""
    return UUID(bytes=random_bytes(rng, 1).tobytes())


def cumulated(weights: npt.ArrayLike) -> Floats:
    """Return cumulated shares along the last axis, ready for `pick` and `pick_by`."""
    table = np.asarray(weights, dtype=float)
    shares = np.cumsum(table / table.sum(axis=-1, keepdims=True), axis=-1)
    shares[..., -1] = 1.0
    return shares


def pick(rng: np.random.Generator, shares: Floats, count: int) -> Ints:
    """Return `count` ranks drawn along one row of cumulated shares."""
    return np.searchsorted(shares, rng.random(count), side="right")


def pick_by(rng: np.random.Generator, shares: Floats, rows: Ints) -> Ints:
    """Return one rank per element of `rows`, drawn along that row of the table of shares."""
    drawn = rng.random(len(rows))[:, None]
    return (drawn >= shares[rows]).sum(axis=1)


def chosen(values: Sequence[str | None], ranks: Ints) -> pl.Series:
    """Return the values at the ranks, as a column of text."""
    return pl.Series(values, dtype=pl.String).gather(ranks)
