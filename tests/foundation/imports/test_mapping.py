"""A mapping: its mistakes name the file, the line and the key."""

import pytest

from entremise.foundation.imports.engine.mapping import mapping_from_toml, require_columns
from entremise.foundation.imports.engine.reading import Row
from entremise.foundation.imports.errors import BrokenMapping

SCHEMA = {
    "type": "object",
    "required": ["source", "id", "columns"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "string", "pattern": "^[a-z-]+$"},
        "id": {"type": "array"},
        "columns": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": {}, "hours": {}},
        },
        "constants": {"type": "object"},
        "values": {"type": "object"},
        "decimal": {"enum": [".", ","]},
    },
}
GOOD = 'source = "list"\nid = ["a", "b"]\n\n[columns]\nname = ["a", "c"]\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('source = "list"\n', ("list.toml", "« id »")),
        (GOOD.replace('"list"', '"A list"'), ("list.toml, ligne 1", "source")),
        (GOOD + 'nom = "c"\n', ("list.toml, ligne 6", "columns.nom", "« nom »")),
        ('decimal = "x"\n' + GOOD, ("list.toml, ligne 1", "decimal", "., ,")),
        (GOOD + '[constants]\nname = "x"\n', ("list.toml, ligne 7", "constants.name")),
        ("source = \n", ("list.toml", "line 1")),
    ],
)
def test_broken_mapping_names_its_file_its_line_and_its_key(text, words):
    with pytest.raises(BrokenMapping) as refusal:
        mapping_from_toml(text, SCHEMA, origin="list.toml")

    said = str(refusal.value).replace("\u00a0", " ")
    assert [word for word in words if word not in said] == []


def test_text_joins_its_columns_then_goes_through_its_values():
    mapping = mapping_from_toml(GOOD + '[values.name]\n"x y" = "z"\n', SCHEMA, origin="list.toml")
    row = Row(2, {"a": " x ", "b": "7", "c": "y"})

    assert (mapping.text(row, "name"), mapping.identifier(row)) == ("z", "x/7")


def test_identifier_with_a_part_missing_is_no_identifier():
    mapping = mapping_from_toml(GOOD, SCHEMA, origin="list.toml")

    assert mapping.identifier(Row(2, {"a": "x", "b": " ", "c": "y"})) == ""


def test_column_absent_from_the_file_is_named():
    mapping = mapping_from_toml(GOOD, SCHEMA, origin="list.toml")

    with pytest.raises(BrokenMapping, match="« c »".replace(" ", "\u00a0")):
        require_columns(mapping, ["a", "b"])
