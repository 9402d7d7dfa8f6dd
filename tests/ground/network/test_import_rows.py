"""One row of a list of places: each trap of the real lists, with its exact fate."""

from datetime import date
from typing import Any

import pytest

from entremise.foundation.imports.engine.reading import Row
from entremise.ground.network.queries import mappings
from entremise.ground.network.queries.bounds import Outline
from entremise.ground.network.queries.site_rows import Gazetteer, SiteRow, read_site_row

PLACES = Gazetteer(
    names={
        "01033": "Valserhône", "2A004": "Ajaccio", "2B004": "Alando", "2B033": "Bastia",
        "49126": "Orée d’Anjou", "75112": "Paris 12e Arrondissement", "97101": "Les Abymes",
        "97411": "Saint-Denis", "11262": "Narbonne",
    },
    departements={
        "01033": "01", "2A004": "2A", "2B004": "2B", "2B033": "2B", "49126": "49", "75112": "75",
        "97101": "971", "97411": "974", "11262": "11",
    },
    codes_today={
        "01033": "01033", "2A004": "2A004", "2B004": "2B004", "2B033": "2B033", "49126": "49126",
        "75112": "75112", "97101": "97101", "97411": "97411", "11262": "11262", "49069": "49126",
    },
)  # fmt: skip
ORDINARY = {
    "id_fs": "62", "insee_dep": "11", "lib_fs": "France services de Narbonne",
    "adresse": "8 Avenue du Maréchal Foch", "complement_adresse": "", "insee_com": "11262",
    "code_postal": "11000", "lib_com": "Narbonne", "latitude": "43.18723", "longitude": "3.005378",
    "telephone": "04 68 43 68 93", "h_lundi": "08:30 - 11:30 / 14:00 - 17:00",
    "h_mardi": "14:00 - 17:00", "h_mercredi": "08:30 - 11:30 / 14:00 - 17:00",
    "h_jeudi": "14:00 - 17:00", "h_vendredi": "", "h_samedi": "", "prise_rdv": "Oui",
    "commentaire": "Sur RDV", "type_fs": "Principal", "format_fs": "Fixe", "groupe_fs": "",
    "labellisation_fs": "Espace labellisé 01/01/2020",
}  # fmt: skip


def read(*, places: Gazetteer = PLACES, **changed: str) -> SiteRow:
    """Read the ordinary row with some cells changed, under the shipped profile."""
    row = Row(7, ORDINARY | changed)
    return read_site_row(row, mappings.profile("france-services-2024"), places)


def overseas(**changed: str) -> SiteRow:
    """Read a row of Les Abymes."""
    place = {
        "insee_dep": "971",
        "insee_com": "97101",
        "lib_com": "Les Abymes",
        "code_postal": "97139",
    }
    point = {"latitude": "16.27", "longitude": "-61.50"}
    return read(**(place | point | changed))


def fields_of(remarks: list[Any]) -> list[tuple[int, str]]:
    return [(remark.row, remark.field) for remark in remarks]


def test_ordinary_row_gives_every_value_and_no_remark():
    row = read()

    assert (row.refusals, row.warnings) == ([], [])
    assert row.values == {
        "name": "France services de Narbonne",
        "sort_name": "france services de narbonne",
        "kind": "fixed",
        "commune_id": "11262",
        "time_zone": "Europe/Paris",
        "address": "8 Avenue du Maréchal Foch",
        "address_extra": "",
        "postal_code": "11000",
        "latitude": 43.18723,
        "longitude": 3.005378,
        "phone": "+33468436893",
        "opening_hours": "Mo,We 08:30-11:30,14:00-17:00; Tu,Th 14:00-17:00; PH off",
        "opening_text": "",
        "by_appointment": True,
        "comment": "Sur RDV",
        "france_services": True,
        "labelled_on": date(2020, 1, 1),
    }


@pytest.mark.parametrize(
    "cell", ["00:00 - 00:00", "09:00 - 12:00 / 09:00 - 16:30", "sur rendez-vous", "14:00 - 9:00"]
)
def test_unclear_hours_stay_as_text_with_a_warning(cell):
    row = read(h_mardi=cell)

    assert row.values["opening_hours"] == ""
    assert f"mardi\u00a0: {cell}" in row.values["opening_text"]
    assert (row.refusals, fields_of(row.warnings)) == ([], [(7, "opening_hours")])


def test_week_without_hours_is_said_and_not_taken_for_closed():
    days = dict.fromkeys(("h_lundi", "h_mardi", "h_mercredi", "h_jeudi"), "")

    row = read(**days)

    assert (row.values["opening_hours"], row.values["opening_text"]) == ("", "")
    assert fields_of(row.warnings) == [(7, "opening_hours")]


@pytest.mark.parametrize(
    ("national", "international"),
    [
        ("0590 20 31 10", "+590590203110"),
        ("0690 50 12 34", "+590690501234"),
        ("01 42 76 40 40", "+33142764040"),
    ],
)
def test_phone_overseas_takes_its_region_from_the_departement(national, international):
    row = overseas(telephone=national)

    assert (row.values["phone"], row.warnings) == (international, [])


def test_phone_of_overseas_read_on_the_mainland_is_a_warning_and_is_kept_out():
    row = read(telephone="0590 20 31 10")

    assert ("phone" in row.values, row.refusals) == (False, [])
    assert fields_of(row.warnings) == [(7, "phone")]


def test_place_overseas_keeps_the_time_of_its_departement():
    assert overseas().values["time_zone"] == "America/Guadeloupe"


def test_merged_commune_is_mapped_to_the_new_one_with_a_warning():
    row = read(
        insee_com="49069", insee_dep="49", code_postal="49270", latitude="47.32", longitude="-1.33"
    )

    assert row.values["commune_id"] == "49126"
    assert fields_of(row.warnings) == [(7, "commune")]


def test_arrondissement_is_a_commune():
    row = read(
        insee_com="75112", insee_dep="75", lib_com="Paris 12e", latitude="48.84", longitude="2.39"
    )

    assert (row.values["commune_id"], row.refusals, row.warnings) == ("75112", [], [])


@pytest.mark.parametrize("code", ["99999", "", "abc", "20004"])
def test_unknown_commune_is_refused(code):
    row = read(insee_com=code, lib_com="")

    assert fields_of(row.refusals) == [(7, "commune")]


@pytest.mark.parametrize(
    ("given", "name", "departement", "found"),
    [
        ("1033", "Valserhône", "1", "01033"),
        ("1033.0", "Valserhône", "1", "01033"),
        ("1033", "", "01", "01033"),
        ("2a004", "Ajaccio", "2A", "2A004"),
        ("20004", "AJACCIO", "20", "2A004"),
        ("20033", "", "20", "2B033"),
    ],
)
def test_code_shortened_by_a_spreadsheet_is_repaired_with_a_warning(
    given, name, departement, found
):
    row = read(
        insee_com=given,
        lib_com=name,
        insee_dep=departement,
        latitude="",
        longitude="",
        code_postal="01200",
    )

    assert (row.values.get("commune_id"), row.refusals) == (found, [])
    assert (7, "commune") in fields_of(row.warnings)


def test_shortened_code_of_another_name_is_refused_rather_than_guessed():
    row = read(insee_com="1033", lib_com="Narbonne")

    assert fields_of(row.refusals) == [(7, "commune")]


def test_departement_that_differs_from_the_commune_is_a_warning():
    assert fields_of(read(insee_dep="27").warnings) == [(7, "departement")]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id_fs": " "}, "id"),
        ({"lib_fs": ""}, "name"),
        ({"lib_fs": "x" * 151}, "name"),
        ({"format_fs": "Soucoupe"}, "kind"),
        ({"prise_rdv": "Parfois"}, "by_appointment"),
        ({"code_postal": "1120"}, "postal_code"),
        ({"latitude": "43,18723"}, "latitude"),
        ({"latitude": "143.2"}, "latitude"),
        ({"longitude": ""}, "longitude"),
        ({"labellisation_fs": "bientôt"}, "labelled_on"),
    ],
)
def test_cell_that_makes_the_place_uncertain_is_refused_by_name(changed, field):
    assert fields_of(read(**changed).refusals) == [(7, field)]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("0", "0"), ("3.005378", "43.18723"), ("16.27", "-61.50")]
)
def test_point_outside_its_territory_is_a_warning_and_stays(latitude, longitude):
    row = read(latitude=latitude, longitude=longitude)

    assert (row.refusals, fields_of(row.warnings)) == ([], [(7, "latitude")])
    assert row.values["latitude"] == float(latitude)


def test_point_on_the_mainland_for_a_place_overseas_is_a_warning():
    assert fields_of(overseas(latitude="48.85", longitude="2.35").warnings) == [(7, "latitude")]


def test_point_outside_its_departement_or_far_from_its_commune_is_a_warning_when_they_are_known():
    square = Outline([[[(2.0, 42.5), (4.0, 42.5), (4.0, 43.5), (2.0, 43.5), (2.0, 42.5)]]])
    places = Gazetteer(
        PLACES.names,
        PLACES.departements,
        PLACES.codes_today,
        {"11": square},
        {"11262": (3.0, 43.2)},
    )

    inside = read(places=places)
    away = read(places=places, latitude="44.5")

    assert inside.warnings == []
    assert fields_of(away.warnings) == [(7, "latitude"), (7, "latitude")]


def test_postal_code_that_lost_its_zero_is_repaired_with_a_warning():
    place = {"insee_com": "01033", "insee_dep": "01", "latitude": "46.1", "longitude": "5.82"}

    row = read(**place, code_postal="1200")

    assert row.values["postal_code"] == "01200"
    assert fields_of(row.warnings) == [(7, "postal_code")]
