"""A mapping: which column feeds which field, under which source. Written in TOML or on screen."""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import jsonschema
from django.utils.translation import gettext as _

from entremise.foundation.imports.engine.cells import one_line
from entremise.foundation.imports.engine.reading import Row
from entremise.foundation.imports.errors import BrokenMapping

Columns = str | list[str] | dict[str, str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a file. An empty separator or encoding is found in the file itself.

    Without `id`, the domain recognises a row by its content. `period` says which days it covers.
    """

    source: str
    columns: dict[str, Columns]
    id: list[str] = field(default_factory=list)
    name: str = ""
    sheet: str = ""
    time_zone: str = ""
    period: dict[str, str] = field(default_factory=dict)
    separator: str = ""
    encoding: str = ""
    decimal: str = "."
    constants: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        """The fields that this mapping gives."""
        return set(self.columns) | set(self.constants)

    def used_columns(self) -> list[str]:
        """Return the columns of the file that the mapping needs, in order."""
        named = list(self.id)
        for columns in self.columns.values():
            named += names_of(columns)
        return list(dict.fromkeys(named))

    def identifier(self, row: Row) -> str:
        """Return the identifier of a row within the source, empty when a part is missing."""
        parts = [one_line(row.cells[name]) for name in self.id]
        return "/".join(parts) if all(parts) else ""

    def text(self, row: Row, target: str) -> str:
        """Return the text of a field: constant, or cells joined by a space, through its values."""
        if target in self.constants:
            return str(self.constants[target])
        names = names_of(self.columns.get(target, []))
        joined = one_line(" ".join(row.cells[name] for name in names))
        return str(self.values.get(target, {}).get(joined, joined))

    def parts(self, row: Row, target: str) -> dict[str, str]:
        """Return the cells of a field made of named parts, on one line each."""
        columns = self.columns[target]
        if not isinstance(columns, dict):
            raise TypeError(f"{target} is not made of parts")
        return {part: one_line(row.cells[name]) for part, name in columns.items()}

    def has_parts(self, target: str) -> bool:
        """True when the field is made of named parts."""
        return isinstance(self.columns.get(target), dict)


def mapping_from(
    content: dict[str, Any], schema: dict[str, Any], *, origin: str, text: str = ""
) -> Mapping:
    """Return the mapping that the content describes; `origin` and `text` place the mistakes.

    Raises BrokenMapping with the file, the line when the text is given, and the key.
    """
    checker = jsonschema.Draft202012Validator(schema)
    for mistake in sorted(
        checker.iter_errors(content), key=lambda m: list(map(str, m.absolute_path))
    ):
        keys = [str(key) for key in mistake.absolute_path] + _unknown_key(mistake)
        raise mistake_at(origin, text, keys, _explained(mistake))
    mapping = Mapping(**content)
    for target in sorted(set(mapping.columns) & set(mapping.constants)):
        detail = _("ce champ vient déjà d’une colonne")
        raise mistake_at(origin, text, ["constants", target], detail)
    return mapping


def mapping_from_toml(text: str, schema: dict[str, Any], *, origin: str) -> Mapping:
    """Return the mapping written in TOML. Raises BrokenMapping."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        message = _("%(file)s : ce n’est pas du TOML (%(why)s).")
        raise BrokenMapping(message % {"file": origin, "why": broken}) from broken
    return mapping_from(content, schema, origin=origin, text=text)


def require_columns(mapping: Mapping, columns: list[str]) -> None:
    """Raise BrokenMapping when the file lacks a column that the mapping names."""
    if lacking := [name for name in mapping.used_columns() if name not in columns]:
        raise BrokenMapping(
            _(
                "Le fichier n’a pas la colonne « %(name)s » que la correspondance annonce. "
                "Ses colonnes : %(columns)s."
            )
            % {"name": lacking[0], "columns": ", ".join(columns)}
        )


def names_of(columns: Columns) -> list[str]:
    """Return the columns that feed a field, in order."""
    if isinstance(columns, str):
        return [columns]
    return list(columns.values()) if isinstance(columns, dict) else list(columns)


def _explained(mistake: jsonschema.ValidationError) -> str:
    expected: Any = mistake.validator_value
    instance: Any = mistake.instance
    if mistake.validator == "required":
        lacking = [key for key in expected if key not in instance]
        return _("il manque « %(key)s »") % {"key": lacking[0]}
    if mistake.validator == "additionalProperties":
        return _("clé inconnue, « %(key)s »") % {"key": _unknown_key(mistake)[0]}
    if mistake.validator == "enum":
        known = ", ".join(map(str, expected))
        return _("« %(value)s » n’est pas admis ; valeurs admises : %(known)s") % {
            "value": instance,
            "known": known,
        }
    return _("« %(value)s » n’est pas admis ici") % {"value": instance}


def _unknown_key(mistake: jsonschema.ValidationError) -> list[str]:
    """Return the first key that the schema does not know, if that is the mistake."""
    if mistake.validator != "additionalProperties":
        return []
    known: Any = mistake.schema
    told: Any = mistake.instance
    return sorted(set(map(str, told)) - set(known.get("properties", {})))[:1]


def mistake_at(origin: str, text: str, keys: list[str], detail: str) -> BrokenMapping:
    """Return the refusal that names the file, the line when the text shows it, and the key."""
    place = origin
    if line := _line_of(text, keys):
        place = _("%(file)s, ligne %(line)d") % {"file": origin, "line": line}
    key = ".".join(keys)
    return BrokenMapping(f"{place} : {key} : {detail}." if key else f"{place} : {detail}.")


def _line_of(text: str, keys: list[str]) -> int:
    """Return the line of a key, or of the nearest table that holds it; 0 when nothing shows it."""
    found, table = 0, []
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.fullmatch(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?", line):
            table = [part.strip().strip("\"'") for part in header[1].split(".")]
            path = table
        elif entry := re.match(r"\s*[\"']?([^=\"'#]+?)[\"']?\s*=", line):
            path = [*table, *(part.strip() for part in entry[1].split("."))]
        else:
            continue
        if keys and path == keys[: len(path)]:
            found = number
    return found
