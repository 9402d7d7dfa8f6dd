"""Reading data files: YAML checked by a JSON schema, each mistake with its file and line.

Plain Python without Django, so that the standard can be read without the web.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_DATES_STAY_TEXT = {f"{_TAG}timestamp", f"{_TAG}float"}

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class DataFile:
    """The content of a data file, with the line where each of its parts begins."""

    path: Path
    content: Any
    lines: dict[Keys, int]
    error: type[Exception]

    def mistake(self, keys: Keys, detail: str) -> Exception:
        """Return the error that names this file and the line of the part at fault."""
        return self.error(f"{self.path.name}, line {self.line_of(keys)}: {detail}")

    def line_of(self, keys: Keys) -> int:
        """Return the line of a part, or of the nearest part that holds it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


def read(path: Path, schema: dict[str, Any], *, error: type[Exception]) -> DataFile:
    """Read a YAML file that follows the schema (JSON Schema 2020-12, dates kept as text).

    Raises `error` with the file, the line and the reason of the first mistake.
    """
    file = DataFile(path, None, {}, error)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_READER)
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise error(f"{path.name}, line {line}: {broken.problem}") from broken
    if root is None:
        raise file.mistake((), "the file is empty")
    file = DataFile(path, _value(root, (), file), file.lines, error)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    mistakes = [(tuple(m.absolute_path), m.message) for m in checker.iter_errors(file.content)]
    if mistakes:
        raise file.mistake(*min(mistakes, key=lambda mistake: file.line_of(mistake[0])))
    return file


def _value(node: yaml.Node, keys: Keys, file: DataFile) -> Any:
    file.lines[keys] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*keys, rank), file) for rank, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, child in node.value:
            here = (*keys, key.value)
            if key.value in mapping:
                file.lines[here] = key.start_mark.line + 1
                raise file.mistake(here, f"{key.value!r} is written twice")
            mapping[key.value] = _value(child, here, file)
        return mapping
    return _scalar(node, keys, file)


def _scalar(node: yaml.Node, keys: Keys, file: DataFile) -> Any:
    if node.tag in _DATES_STAY_TEXT or node.tag == f"{_TAG}str":
        return node.value
    if node.tag == f"{_TAG}null":
        return None
    if node.tag == f"{_TAG}bool":
        return node.value.lower() in {"true", "yes", "on"}
    if node.tag == f"{_TAG}int":
        try:
            return int(node.value)
        except ValueError as broken:
            raise file.mistake(keys, f"{node.value!r} is not a plain number") from broken
    raise file.mistake(keys, f"{node.value!r} cannot be read here")
