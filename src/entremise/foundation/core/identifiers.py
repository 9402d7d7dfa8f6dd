"""Identifiers: random where a link would betray, ordered by time elsewhere."""

import uuid

import uuid_utils.compat


def ordered_id() -> uuid.UUID:
    """Return a time-ordered UUIDv7 (RFC 9562), for tables that may show when they grew."""
    return uuid_utils.compat.uuid7()


def random_id() -> uuid.UUID:
    """Return a random UUIDv4, for acts, persons, parties and files: it tells no time."""
    return uuid.uuid4()
