"""The mapping of past acts: its mistakes name their line and key; the example is true."""

import json
import re

import pytest

from entremise.config.settings import PROJECT
from entremise.foundation.imports.engine.tally import open_tally
from entremise.foundation.imports.errors import BrokenMapping
from entremise.practice.activity.operations import imports
from entremise.practice.activity.queries.act_lists import lists_of_past_acts
from entremise.practice.activity.queries.act_mappings import (
    FOLDER,
    act_mapping_text,
    ages_of,
    check_against_lists,
)
from tests.practice.activity.test_import_acts import MAPPING, NOW

REFERENCE = PROJECT / "docs" / "reference"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MAPPING.replace("sex = ", "genre = "), ("ligne 9", "columns", "« genre »")),
        (MAPPING.replace('mode = "walk_in"', 'mode = "pigeon"'), ("constants.mode", "pigeon")),
        (MAPPING.replace('id = ["n"]\n', ""), ("« id »",)),
        (MAPPING.replace('mediator = "mediator_lyon"\n', ""), ("« mediator »",)),
        (MAPPING.replace('time = "heure"\n', ""), ("« time »",)),
        (MAPPING.replace('[columns]', '[columns]\nstart = "d"'), ("columns.start",)),
        (MAPPING.replace('[columns]', '[columns]\nage = "d"'), ("columns.age",)),
        (MAPPING.replace('[columns]', '[columns]\nnature_2 = "d"'), ("« theme_2 »",)),
        ('time_zone = "Mars"\n' + MAPPING, ("ligne 1", "time_zone")),
        (MAPPING + "[note]\n", ("« note »",)),
        (MAPPING.replace("[values.sex]", "[values.minutes]"), ("values", "« minutes »")),
    ],
)  # fmt: skip
def test_broken_mapping_names_its_line_and_its_key(text, words):
    with pytest.raises(BrokenMapping) as refusal:
        act_mapping_text(text, file_name="acts.toml")

    said = str(refusal.value).replace("\u00a0", " ")
    assert [word for word in ("acts.toml", *words) if word not in said] == []


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ('[values.band]\n"12-18" = "12-17"\n', "12-18"),
        ('[values.band]\n"ados" = "12-20"\n', "12-20"),
        ('[values.theme]\n"CAF" = "caf-zzz"\n', "caf-zzz"),
        ('[values.commune]\n"ici" = "99999"\n', "99999"),
    ],
)
def test_translation_into_no_code_or_a_bent_band_is_refused(cast, table, word):
    mapping = act_mapping_text(MAPPING + table, file_name="acts.toml")

    with pytest.raises(BrokenMapping, match=word):
        check_against_lists(mapping, lists_of_past_acts())


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("12-17", (12, 17)), ("12 à 17 ans", (12, 17)), ("moins de 12", (0, 11)),
        ("< 12 ans", (0, 11)), ("70+", (70, None)), ("plus de 69", (70, None)),
        ("70 ans et plus", (70, None)), ("enfant", None), ("25", None),
    ],
)  # fmt: skip
def test_ages_are_read_from_their_bounds(text, ages):
    assert ages_of(text) == ages


def test_published_schema_is_the_one_that_checks():
    shipped = FOLDER / "activities.schema.json"

    assert (REFERENCE / "activities.schema.json").read_text() == shipped.read_text()
    assert json.loads(shipped.read_text())["additionalProperties"] is False


def test_worked_example_does_what_the_page_says(cast, tmp_path):
    page = (REFERENCE / "mapping.md").read_text()
    past = page[page.index("# Mapping past acts") :]
    blocks = {kind: re.findall(rf"```{kind}\n(.*?)```", past, re.S)[-1] for kind in ("csv", "toml")}
    path = tmp_path / "past.csv"
    path.write_text(blocks["csv"])
    mapping = act_mapping_text(blocks["toml"], file_name="past.toml")

    with open_tally(mapping.source) as tally:
        imports.import_acts(path, mapping, tally, by=cast["site_lead_lyon"], at=NOW)
        told = tally.as_counts()
        refused = [(r.row, r.field) for r in tally.refusals.first]
        warned = [(r.row, r.field) for r in tally.warnings.first]

    assert (told["created"], told["refused"]) == (3, 2)
    assert refused == [(5, "band"), (6, "time")]
    assert warned == [(4, "day")]
