"""Writes versions of imported acts by the thousand, under the policies of the application's role.

One array a column, unfolded by PostgreSQL: COPY is refused under row-level security. Bound on the
server, inside the running transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import uuid_utils
from django.db import connection

from entremise.foundation.core.identifiers import random_id
from entremise.foundation.core.periods import day_in_paris
from entremise.practice.activity import engine
from entremise.practice.activity.engine import ActContent
from entremise.practice.activity.enums import Closing, Entry, Motive

# A correction by hand keeps the batch of the version before; an import brings its own.
_VERSIONS = """
    SELECT a.id, a.act, a.version, a.fingerprint, a.superseded_at IS NULL,
           a.batch_id IS DISTINCT FROM lag(a.batch_id) OVER (PARTITION BY a.act ORDER BY a.version),
           coalesce(a.superseded_at = b.undone_at, false)
    FROM activity_activity a LEFT JOIN imports_importbatch b ON b.id = a.batch_id
    WHERE a.act = ANY(%s::uuid[])
    ORDER BY a.act, a.version
"""
_CLOSE = """
    UPDATE activity_activity
    SET superseded_at = %s, superseded_on = %s, superseded_by_id = %s, closing = %s, motive = %s
    WHERE id = ANY(%s::uuid[]) AND superseded_at IS NULL
"""
# What every imported act leaves empty is written once, in the statement.
_ACTIVITY = """
    INSERT INTO activity_activity (
        id, act, version, structure_id, site_id, mediator_id, supervised, kind, mode, day, quarter,
        minutes, origin, place_kind, basis, presence, first_visit, commune_answer, commune_id,
        qpv_answer, autonomy, main_register, gathered_count, passage_count, request_count,
        accompaniment_count, fingerprint, mandate, secondary_registers, carrier_kind, closing,
        motive, entry, recorded_on, reviewed_on, recorded_at, recorded_by_id, batch_id)
    SELECT u.id, u.act, u.version, u.structure, u.site, u.mediator, u.supervised, u.kind, u.mode,
           u.day, u.quarter, u.minutes, u.origin, u.place_kind, u.basis,
           string_to_array(u.presence, ',')::varchar[], u.first_visit,
           u.commune_answer, u.commune, u.qpv_answer, u.autonomy, u.register, u.gathered,
           u.passages, u.requests, u.accompaniments, decode(u.fingerprint, 'hex'),
           '', '{}', '', '', '', %s, %s, %s, %s, %s, %s
    FROM unnest(
        %s::uuid[], %s::uuid[], %s::int2[], %s::uuid[], %s::uuid[], %s::uuid[], %s::bool[],
        %s::text[], %s::text[], %s::date[], %s::int2[], %s::int2[], %s::text[], %s::text[],
        %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::int2[], %s::int2[], %s::int2[], %s::int2[], %s::int2[], %s::text[]
    ) AS u (id, act, version, structure, site, mediator, supervised, kind, mode, day, quarter,
            minutes, origin, place_kind, basis, presence, first_visit, commune_answer, commune,
            qpv_answer, autonomy, register, gathered, passages, requests, accompaniments,
            fingerprint)
"""
_REQUEST = """
    INSERT INTO activity_request (
        id, activity_id, structure_id, position, theme_id, operator_id, nature_id, outcome_id,
        frame, explanation, minutes)
    SELECT * FROM unnest(
        %s::uuid[], %s::uuid[], %s::uuid[], %s::int2[], %s::text[], %s::text[], %s::text[],
        %s::text[], %s::text[], %s::text[], %s::int2[])
"""
_PARTICIPANTS = """
    INSERT INTO activity_participants (id, activity_id, structure_id, sex, band, people_count)
    SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::int2[])
"""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to write: its act and rank, its content and what follows from it."""

    act: UUID
    version: int
    structure: UUID
    supervised: bool
    content: ActContent
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """A version in the books: what an import compares itself with. `is_imported` when an import
    wrote it, `is_taken_back` when the undo of its import closed it.
    """

    id: UUID
    act: UUID
    version: int
    fingerprint: bytes
    is_current: bool
    is_imported: bool
    is_taken_back: bool


def open_cursor() -> psycopg.Cursor[Any]:
    """Return a cursor that binds on the server, inside Django's running transaction."""
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


def versions_of(cursor: psycopg.Cursor[Any], acts: Iterable[UUID]) -> dict[UUID, list[Known]]:
    """Return the versions of acts in the books, the oldest first."""
    found: dict[UUID, list[Known]] = {}
    cursor.execute(_VERSIONS, [_ids(acts)])
    for row in cursor:
        found.setdefault(row[1], []).append(Known(*row))
    return found


def close_versions(
    cursor: psycopg.Cursor[Any], versions: Iterable[UUID], *, by: UUID, at: datetime
) -> int:
    """Close versions that a newer file corrects; return how many still were current."""
    closing = [at, day_in_paris(at), by, Closing.CORRECTED.value, Motive.TOLD_LATER.value]
    cursor.execute(_CLOSE, [*closing, _ids(versions)])
    return cursor.rowcount


def write_versions(
    cursor: psycopg.Cursor[Any],
    versions: list[NewVersion],
    *,
    batch: UUID,
    by: UUID,
    at: datetime,
) -> None:
    """Write versions with their requests and participants; the importer signs for their reading."""
    if not versions:
        return
    ids = [random_id() for _version in versions]
    today = day_in_paris(at)
    signed = [Entry.IMPORTED.value, today, today, at, by, batch]
    cursor.execute(_ACTIVITY, [*signed, *_activity_columns(ids, versions)])
    requests = [
        (version_id.hex, version.structure.hex, position, request)
        for version_id, version in zip(ids, versions, strict=True)
        for position, request in enumerate(version.content.requests)
    ]
    cursor.execute(_REQUEST, _request_columns(requests))
    participants = [
        (version_id.hex, version.structure.hex, group)
        for version_id, version in zip(ids, versions, strict=True)
        for group in version.content.participants
    ]
    cursor.execute(_PARTICIPANTS, _participant_columns(participants))


def _activity_columns(ids: list[UUID], versions: list[NewVersion]) -> list[str]:
    contents = [version.content for version in versions]
    counted = [engine.counters(content) for content in contents]
    return [
        _ids(ids),
        _ids(version.act for version in versions),
        _numbers(version.version for version in versions),
        _ids(version.structure for version in versions),
        _ids(content.site for content in contents),
        _ids(content.mediator for content in contents),
        _numbers(version.supervised for version in versions),
        _codes(content.kind for content in contents),
        _codes(content.mode for content in contents),
        _numbers(content.day for content in contents),
        _numbers(content.quarter for content in contents),
        _known(content.minutes for content in contents),
        _codes(content.origin for content in contents),
        _codes(content.place_kind for content in contents),
        _codes(content.basis for content in contents),
        _codes(",".join(content.presence) for content in contents),
        _codes(content.first_visit for content in contents),
        _codes(content.commune_answer for content in contents),
        _known(content.commune for content in contents),
        _codes(content.qpv_answer for content in contents),
        _codes(content.autonomy for content in contents),
        _known(content.main_register for content in contents),
        _known(content.gathered for content in contents),
        _numbers(counts.passages for counts in counted),
        _numbers(counts.requests for counts in counted),
        _numbers(counts.accompaniments for counts in counted),
        _codes(version.fingerprint.hex() for version in versions),
    ]


def _request_columns(requests: list[Any]) -> list[str]:
    contents = [request for _version, _structure, _position, request in requests]
    return [
        _codes(_new_ids(len(requests))),
        _codes(version for version, _structure, _position, _request in requests),
        _codes(structure for _version, structure, _position, _request in requests),
        _numbers(position for _version, _structure, position, _request in requests),
        _codes(content.theme for content in contents),
        _known(content.operator for content in contents),
        _known(content.nature for content in contents),
        _known(content.outcome for content in contents),
        _codes(content.frame for content in contents),
        _codes(content.explanation for content in contents),
        _known(content.minutes for content in contents),
    ]


def _participant_columns(participants: list[Any]) -> list[str]:
    return [
        _codes(_new_ids(len(participants))),
        _codes(version for version, _structure, _group in participants),
        _codes(structure for _version, structure, _group in participants),
        _codes(group.sex for _version, _structure, group in participants),
        _codes(group.band for _version, _structure, group in participants),
        _numbers(group.count for _version, _structure, group in participants),
    ]


def _new_ids(count: int) -> list[str]:
    """Return time-ordered identifiers: the groups of an act are read back in that order."""
    return [str(uuid_utils.uuid7()) for _rank in range(count)]


# Arrays as PostgreSQL writes them. Codes are of closed lists: no quote or backslash is in them.
def _codes(codes: Iterable[str]) -> str:
    written = list(codes)
    return '{"' + '","'.join(written) + '"}' if written else "{}"


def _numbers(values: Iterable[Any]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def _known(values: Iterable[Any]) -> str:
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def _ids(identifiers: Iterable[UUID]) -> str:
    return "{" + ",".join([identifier.hex for identifier in identifiers]) + "}"
