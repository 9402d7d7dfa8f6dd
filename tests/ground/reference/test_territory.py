"""The territory: loaded from the public files, kept through mergers, searched without accents."""

import json

import pytest

from entremise.foundation.journal.models import Decision
from entremise.ground.reference import operations, queries
from entremise.ground.reference.enums import CommuneKind
from entremise.ground.reference.errors import BrokenTerritory, UnknownCommune
from entremise.ground.reference.models import Commune, Departement, LoadedSource
from tests.ground.reference.conftest import COMMUNES, NOON, commune


def write_communes(folder, rows):
    (folder / "communes.json").write_text(json.dumps(rows), encoding="utf-8")


def names(text, limit=10):
    return [found.name for found in queries.communes_matching(text, limit)]


def test_loading_tells_what_it_wrote_and_signs_it(territory, loader):
    assert (territory.loaded, territory.communes, territory.former_communes) == (True, 10, 1)
    assert Decision.objects.get(actor_id=loader.pk).detail == "communes=10,former=1"


def test_loading_the_same_files_again_does_nothing(territory, folder, loader):
    again = operations.load_territory(folder, by=loader, at=NOON)

    assert (again.loaded, again.communes, again.former_communes) == (False, 10, 1)
    assert Decision.objects.filter(actor_id=loader.pk).count() == 1


def test_loading_keeps_types_codes_and_links(territory):
    lyon, third = Commune.objects.get(code="69123"), Commune.objects.get(code="69383")

    assert lyon.postal_codes == ["69001", "69002", "69003"]
    assert (third.kind, third.parent, third.epci) == (CommuneKind.DISTRICT, lyon, lyon.epci)
    assert lyon.epci.name == "Métropole de Lyon"
    assert Commune.objects.get(code="2A004").departement.name == "Corse-du-Sud"
    assert Commune.objects.get(code="01015").name == "Arboys en Bugey"
    assert Commune.objects.get(code="01001").name == "L’Abergement-Clémenciat"


def test_loading_a_newer_territory_updates_and_never_deletes(territory, folder, loader):
    merged = [row for row in COMMUNES if row["code"] != "27368"]
    merged[0] = merged[0] | {"population": 525_000, "anciensCodes": ["27368"]}
    write_communes(folder, merged)

    operations.load_territory(folder, by=loader, at=NOON)

    gone = Commune.objects.get(code="27368")
    assert (gone.kind, gone.name) == (CommuneKind.FORMER, "Lyons-la-Forêt")
    assert queries.commune_for("27368").code == "69123"
    assert Commune.objects.get(code="69123").population == 525_000


def test_loading_leaves_invented_communes_alone(territory, folder, loader):
    Commune.objects.create(
        code="00001",
        name="Valmont-les-Ponts",
        search_name="valmont les ponts",
        kind=CommuneKind.COMMUNE,
        departement=Departement.objects.get(code="42"),
        invented=True,
    )
    write_communes(folder, [*COMMUNES, commune("01002", "L'Abergement-de-Varey", "01")])

    operations.load_territory(folder, by=loader, at=NOON)

    assert Commune.objects.get(code="00001").kind == CommuneKind.COMMUNE


def test_loading_without_a_file_is_refused_by_name(folder, loader):
    (folder / "epci.json").unlink()

    with pytest.raises(BrokenTerritory, match=r"epci\.json"):
        operations.load_territory(folder, by=loader, at=NOON)


def test_loading_a_broken_file_writes_nothing(folder, loader):
    write_communes(folder, [{"code": "69123"}])

    with pytest.raises(BrokenTerritory):
        operations.load_territory(folder, by=loader, at=NOON)

    assert (Departement.objects.count(), LoadedSource.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("code", "today"),
    [
        ("69123", "69123"),
        ("69383", "69383"),  # a district is not a former commune
        ("01340", "01015"),  # delegated, with a name
        ("01016", "01015"),  # merged, without a name left
        ("01120", "01001"),  # associated
    ],
)
def test_commune_for_follows_mergers(territory, code, today):
    assert queries.commune_for(code).code == today
    assert queries.commune_codes_today()[code] == today


def test_commune_for_an_unknown_code_is_refused(territory):
    with pytest.raises(UnknownCommune) as refusal:
        queries.commune_for("99999")

    assert "99999" in refusal.value.message


def test_whole_commune_of_a_district_is_its_city(territory):
    assert queries.whole_commune_of(Commune.objects.get(code="69383")).code == "69123"
    assert queries.whole_commune_of(Commune.objects.get(code="2A004")).code == "2A004"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LYON", ["Lyon", "Lyon 3e Arrondissement", "Lyons-la-Forêt"]),
        ("saint etienne", ["Saint-Étienne"]),
        ("St Ét", ["Saint-Étienne"]),
        ("l'aberg", ["L’Abergement-Clémenciat"]),
        ("foret", ["Lyons-la-Forêt"]),
        ("69003", ["Lyon", "Lyon 3e Arrondissement"]),
        ("421", ["Saint-Étienne"]),
        ("2a", ["Ajaccio"]),
        ("97105", ["Basse-Terre"]),
        ("01340", ["Saint-Bois"]),
        ("on", []),
        ("  ", []),
    ],
)
def test_communes_matching(territory, text, found):
    assert names(text) == found


def test_communes_matching_stops_at_the_limit(territory):
    assert names("lyon", 1) == ["Lyon"]


def test_communes_matching_costs_one_query(territory, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.communes_matching("lyon", 10)
        assert {commune.departement.code for commune in found} == {"69", "27"}
