"""The shipped profile, the published schema and its worked example; what a header lets guess."""

import re

import pytest

from entremise.config.settings import PROJECT
from entremise.foundation.core.french import search_key
from entremise.foundation.imports.engine.reading import read_table
from entremise.ground.network.models import Site
from entremise.ground.network.queries import bounds, mappings
from entremise.ground.network.queries.imports import plan_sites
from entremise.ground.reference.models import Commune, Departement, Region
from tests.conftest import SHARED

REFERENCE = PROJECT / "docs" / "reference"


def block_of(language: str) -> str:
    """Return the code block of the worked example of places in this language."""
    page = (REFERENCE / "mapping.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", page, re.S)[0]


@pytest.fixture
def two_communes(db):
    region, _ = Region.objects.get_or_create(
        code="99", defaults={"name": "Essai", "search_name": "essai"}
    )
    for code, name in (("11262", "Narbonne"), ("01033", "Valserhône")):
        departement, _ = Departement.objects.get_or_create(
            code=code[:2],
            defaults={"name": code[:2], "search_name": code[:2], "region": region, "zone": "metro"},
        )
        Commune.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "search_name": search_key(name),
                "departement": departement,
                "kind": "commune",
            },
        )


def test_published_schema_is_the_one_that_checks():
    shipped = mappings.PROFILES / "mapping.schema.json"

    assert (REFERENCE / "mapping.schema.json").read_text() == shipped.read_text()


def test_worked_example_does_what_the_page_says(two_communes):
    mapping = mappings.mapping_text(block_of("toml"), file_name="mapping.toml")
    table = read_table(block_of("csv").encode(), separator=mapping.separator)

    plan = plan_sites(table, mapping)

    told = plan.report.as_json()
    assert [(f["row"], f["fate"]) for f in told["fates"]] == [
        (2, "created"),
        (3, "created"),
        (4, "refused"),
    ]
    assert [(w["row"], w["field"]) for w in told["warnings"]] == [
        (3, "commune"), (3, "postal_code"), (3, "opening_hours"),
    ]  # fmt: skip
    assert [(r["row"], r["field"]) for r in told["refusals"]] == [(4, "kind")]
    first, second = plan.created
    assert (first.opening_hours, first.phone) == (
        "Mo 09:00-12:00,14:00-17:00; PH off",
        "+33468436893",
    )
    assert (second.commune_id, second.postal_code, second.latitude) == ("01033", "01200", 46.10607)


def test_every_field_of_the_schema_is_a_field_of_the_place_or_a_check_and_has_a_label():
    given = set(mappings.schema()["properties"]["columns"]["properties"])
    stored = {field.name for field in Site._meta.get_fields()}

    assert given - stored == {"commune_name", "departement"}
    assert given - set(mappings.LABELS) == set()


def test_shipped_profile_uses_the_columns_of_the_national_list():
    profile = mappings.profile("france-services-2024")

    assert len(profile.used_columns()) == 22
    assert mappings.mapping_of(mappings.content_of(profile)) == profile


def test_columns_are_guessed_from_what_people_call_them():
    table = read_table(
        "Identifiant;Nom du lieu;Code INSEE;Lat;Lon;Téléphone;Courriel;Lundi;Samedi\n"
        "1;x;y;43,1;3,0;;;;\n".encode()
    )

    guess = mappings.guessed(table)

    assert guess == {
        "source": "",
        "id": ["Identifiant"],
        "columns": {
            "name": "Nom du lieu",
            "commune": "Code INSEE",
            "latitude": "Lat",
            "longitude": "Lon",
            "phone": "Téléphone",
            "email": "Courriel",
            "opening_hours": {"Mo": "Lundi", "Sa": "Samedi"},
        },
        "constants": {"kind": "fixed"},
        "decimal": ",",
    }


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="needs the shared outlines")
def test_outlines_drawn_away_from_their_place_are_left_out():
    outlines = bounds.read_outlines(SHARED / "data" / "departements.geojson")

    assert len(outlines) == 96
    assert [code for code in outlines if code.startswith("97")] == []
    assert outlines["11"].holds(3.0, 43.18)
    assert not outlines["11"].holds(4.8, 45.7)


@pytest.mark.parametrize("content", ["{}", '{"features": [{"geometry": {}}]}', "[]", "no json"])
def test_outlines_that_are_no_geojson_are_refused(tmp_path, content):
    path = tmp_path / "outlines.geojson"
    path.write_text(content)

    with pytest.raises(ValueError, match=r"outlines|Expecting"):
        bounds.read_outlines(path)
