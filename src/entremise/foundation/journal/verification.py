"""Check a chain without trusting the database that holds it: each digest is computed again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections

SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: how many entries stand, the head, and each fault in French."""

    entry_count: int
    head: str
    faults: tuple[str, ...]


def genesis(journal: str) -> bytes:
    """Return the digest that stands before the first entry of a journal."""
    return hashlib.sha256(journal.encode()).digest()


def digest_of(position: int, previous: bytes, entry: dict[str, Any]) -> bytes:
    """Return the SHA-256 of a link: its place, the link before, and the content of its entry."""
    content = SEPARATOR.join(
        [
            str(position),
            previous.hex(),
            str(entry["id"]),
            entry["at"],
            str(entry["actor_id"] or ""),
            str(entry["structure_id"] or ""),
            entry["verb"],
            entry["subject_kind"],
            entry["subject_id"],
            entry["detail"],
        ]
    )
    return hashlib.sha256(content.encode()).digest()


def _rows(sql: str, *, using: str) -> Iterator[dict[str, Any]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql)
        names = [column.name for column in cursor.description]
        while rows := cursor.fetchmany(5000):
            for row in rows:
                yield dict(zip(names, row, strict=True))


def verify(journal: str, *, using: str = "default") -> Verdict:
    """Walk a journal (`journal_decision` or `journal_access`) and name every fault it holds."""
    faults: list[str] = []
    expected, previous = 1, genesis(journal)
    if journal == "journal_access":
        for segment in _rows(
            "SELECT * FROM journal_accesssegment WHERE purged ORDER BY first_position", using=using
        ):
            if segment["first_position"] != expected:
                faults.append(
                    f"segment {segment['month']} : commence à {segment['first_position']}, "
                    f"attendu {expected}"
                )
            expected, previous = segment["last_position"] + 1, bytes(segment["head"])
    count, head = 0, previous
    for row in _rows(_linked_entries(journal), using=using):
        count += 1
        name = f"entrée {row['position']} ({row['entry_id']})"
        if row["position"] != expected:
            faults.append(f"{name} : la place {expected} manque avant elle")
        if row["id"] is None:
            faults.append(f"{name} : le maillon est là, l’entrée a disparu")
        elif bytes(row["previous"]) != head:
            faults.append(f"{name} : ne suit pas le maillon qui la précède")
        elif digest_of(row["position"], head, row) != bytes(row["digest"]):
            faults.append(f"{name} : son contenu ne correspond plus à son empreinte")
        expected, head = row["position"] + 1, bytes(row["digest"])
    for row in _rows(
        f"SELECT id FROM {journal} e WHERE NOT EXISTS"  # noqa: S608 -- two fixed names
        f" (SELECT 1 FROM {journal}link l WHERE l.entry_id = e.id)",
        using=using,
    ):
        faults.append(f"entrée {row['id']} : aucun maillon ne la tient")
    return Verdict(count, head.hex(), tuple(faults))


def _linked_entries(journal: str) -> str:
    columns = (
        "l.position, l.entry_id, l.previous, l.digest, e.id, e.actor_id, e.structure_id,"
        " e.verb, e.subject_kind, e.subject_id, e.detail,"
        " to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') AS at"
    )
    joined = f"{journal}link l LEFT JOIN {journal} e ON e.id = l.entry_id"
    return f"SELECT {columns} FROM {joined} ORDER BY l.position"  # noqa: S608 -- two fixed names
