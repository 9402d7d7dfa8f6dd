"""The registers, the principles and the editions, read once from the data files."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from entremise.ground.reference import engine
from entremise.ground.standard.enums import Chapter, EditionStatus, PrincipleFamily
from entremise.ground.standard.errors import BrokenEdition, NoEditionInForce, UnknownRegister
from entremise.ground.standard.schema import ChapterTitle, Edition, Principle, Register

FOLDER = Path(__file__).parent / "data"


@cache
def registers(folder: Path = FOLDER) -> tuple[Register, ...]:
    """Return the eight registers in order. Raises BrokenEdition with the file and the line."""
    file = _read(folder / "registers.yaml")
    _refuse_twins(file, "registers", "number")
    _refuse_twins(file, "registers", "code")
    found = sorted(file.content["registers"], key=lambda register: register["number"])
    return tuple(Register(**register) for register in found)


def register(number: int) -> Register:
    """Return a register by its number, 1 to 8. Raises UnknownRegister."""
    for candidate in registers():
        if candidate.number == number:
            return candidate
    raise UnknownRegister(number)


@cache
def principles(folder: Path = FOLDER) -> tuple[Principle, ...]:
    """Return the nine principles: four of process, then five of posture. Raises BrokenEdition."""
    file = _read(folder / "principles.yaml")
    _refuse_twins(file, "principles", "code")
    return tuple(
        Principle(**{**principle, "family": PrincipleFamily(principle["family"])})
        for principle in sorted(file.content["principles"], key=lambda item: item["code"])
    )


@cache
def editions(folder: Path = FOLDER) -> tuple[Edition, ...]:
    """Return the editions, the oldest first; each ends when the next begins.

    Raises BrokenEdition when two editions begin on the same day.
    """
    file = _read(folder / "editions.yaml")
    _refuse_twins(file, "editions", "code")
    _refuse_twins(file, "editions", "in_force_from")
    chapters = tuple(
        ChapterTitle(**{**chapter, "code": Chapter(chapter["code"])})
        for chapter in file.content["chapters"]
    )
    found = sorted(file.content["editions"], key=lambda edition: edition["in_force_from"])
    ends = [date.fromisoformat(edition["in_force_from"]) for edition in found[1:]]
    return tuple(
        _edition(edition, until, chapters)
        for edition, until in zip(found, [*ends, None], strict=True)
    )


def edition_in_force(day: date) -> Edition:
    """Return the one edition in force that day. Raises NoEditionInForce before the first."""
    for edition in editions():
        if edition.is_in_force(day):
            return edition
    raise NoEditionInForce(day)


def _edition(
    written: dict[str, Any], until: date | None, chapters: Iterable[ChapterTitle]
) -> Edition:
    return Edition(
        **{
            **written,
            "status": EditionStatus(written["status"]),
            "in_force_from": date.fromisoformat(written["in_force_from"]),
            "in_force_until": until,
            "set_on": date.fromisoformat(written["set_on"]),
            "chapters": tuple(chapters),
        }
    )


def _read(path: Path) -> engine.DataFile:
    schemas = json.loads((FOLDER / "standard.schema.json").read_text(encoding="utf-8"))
    schema = {"$ref": f"#/$defs/{path.stem}", "$defs": schemas["$defs"]}
    return engine.read(path, schema, error=BrokenEdition)


def _refuse_twins(file: engine.DataFile, part: str, key: str) -> None:
    seen = set()
    for rank, entry in enumerate(file.content[part]):
        if entry[key] in seen:
            raise file.mistake((part, rank, key), f"{key} {entry[key]!r} is used twice")
        seen.add(entry[key])
