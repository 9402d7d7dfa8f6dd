"""Where things are in the house, for the tests of this folder."""

import tomllib
from pathlib import Path

import entremise

PACKAGE = Path(entremise.__file__).parent
PROJECT = PACKAGE.parent.parent
TEMPLATE_KINDS = {".html", ".txt"}


def contracts() -> dict[str, dict]:
    """Return the import contracts of pyproject.toml by their id."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def modules() -> list[Path]:
    """Return every Python file of the product."""
    return sorted(PACKAGE.rglob("*.py"))


def templates() -> dict[str, Path]:
    """Return every template by the name that calls it."""
    found = {}
    for file in sorted(PACKAGE.rglob("templates/**/*")):
        if file.suffix in TEMPLATE_KINDS:
            found[str(file).rpartition("/templates/")[2]] = file
    return found


def place(module: str) -> tuple[int, int, str]:
    """Return how high a module stands: its floor, its layer in the floor, its domain."""
    floor, domain = [*module.split("."), ""][1:3]
    return _height("floors", floor), _height(floor, domain), f"{floor}.{domain}"


def _height(contract: str, name: str) -> int:
    layers = contracts().get(contract, {"layers": []})["layers"]
    for rank, layer in enumerate(reversed(layers)):
        if name in {part.strip(" ()") for part in layer.split("|")}:
            return rank
    return 0
