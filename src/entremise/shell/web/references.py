"""The references that are generated: rights, privacy and lifecycles, as Markdown.

Read from the tables that the product itself obeys, so that a page cannot lie.
"""

from collections.abc import Callable, Collection
from enum import Enum
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import translation
from django.utils.module_loading import module_has_submodule

from entremise.foundation.access import rights
from entremise.foundation.access.actors import Actor, Duty
from entremise.foundation.core.privacy import fields_of, own_models
from entremise.ground.network.enums import Role

WRITTEN_BY = "<!-- Written by `make docs`: change the code, not this page. -->"
SOMEWHERE = UUID(int=1)
CLASSES = {
    "identifying": "names or locates a person",
    "free_text": "typed freely, may hold anything",
    "neutral": "says nothing of a person; statistics may read it",
    "internal": "neutral, yet kept from figures and screens",
}


def permissions() -> str:
    """Return the table of rights: each permission, the ways to obtain it, and who may hold it."""
    table = rights.table()
    lines = [
        "# Permissions",
        "",
        WRITTEN_BY,
        "",
        "A permission is held by whoever meets every fact of one of its ways. What no way gives is"
        " refused. Sentences are those of the product, in French.",
        "",
        "| Permission | Ways |",
        "|---|---|",
    ]
    for code, (permission, ways) in table.items():
        told = "<br>".join("- " + " **et** ".join(str(f.sentence) for f in way) for way in ways)
        lines.append(f"| `{code}`<br>{permission.label} | {told} |")
    lines += [
        "",
        "## Roles",
        "",
        "● the role may hold the permission on some object, within its place and its dates.",
        "",
        "| | " + " | ".join(str(role.label) for role in Role) + " |",
        "|---|" + "---|" * len(Role),
    ]
    for code, (permission, _ways) in table.items():
        marks = ("●" if rights.can(_someone(role), permission) else "" for role in Role)
        lines.append(f"| `{code}` | " + " | ".join(marks) + " |")
    return _page(lines)


def privacy() -> str:
    """Return what every stored field is to a person, model by model."""
    lines = ["# Privacy", "", WRITTEN_BY, "", "What each stored field is to a person:", ""]
    lines += [f"- `{kind}`: {meaning}" for kind, meaning in CLASSES.items()]
    for model in own_models():
        lines += ["", f"## {model._meta.label}", "", f"Table `{model._meta.db_table}`.", ""]
        lines += ["| Field | Class |", "|---|---|"]
        lines += [f"| `{told.field.name}` | {told.kind} |" for told in fields_of(model)]
    return _page(lines)


def lifecycles() -> str:
    """Return one diagram for each dictionary of allowed moves."""
    lines = ["# Lifecycles", "", WRITTEN_BY, "", "What may follow what. Labels are in French."]
    for config in apps.get_app_configs():
        if config.name.startswith("entremise.") and module_has_submodule(
            config.module, "lifecycle"
        ):
            moves = import_module(f"{config.name}.lifecycle").MOVES
            lines += ["", f"## {config.label}: {type(next(iter(moves))).__name__}", ""]
            lines += ["```mermaid", "stateDiagram-v2", *_diagram(moves), "```"]
    return _page(lines)


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "privacy.md": privacy,
    "lifecycles.md": lifecycles,
}


def pages() -> dict[str, str]:
    """Return every generated page by the name of its file, its sentences in French."""
    with translation.override("fr"):
        return {name: write() for name, write in PAGES.items()}


def _someone(role: Role) -> Actor:
    duty = Duty(role, SOMEWHERE, SOMEWHERE, SOMEWHERE)
    return Actor(SimpleNamespace(pk=SOMEWHERE), (duty,), SOMEWHERE, frozenset({SOMEWHERE}))


def _diagram(moves: dict[Any, Collection[Any]]) -> list[str]:
    states = list(moves)
    names = [f'    state "{getattr(state, "label", state)}" as {_code(state)}' for state in states]
    first = [f"    [*] --> {_code(states[0])}"]
    steps = [
        f"    {_code(state)} --> {_code(target)}"
        for state in states
        for target in states
        if target in moves[state]
    ]
    ends = [f"    {_code(state)} --> [*]" for state in states if not moves[state]]
    return [*names, *first, *steps, *ends]


def _code(state: Enum) -> str:
    return str(state.value)


def _page(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
