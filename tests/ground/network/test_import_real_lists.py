"""The real lists: 91 places in 27 départements, then the whole country."""

import pytest
from django.db.models import Count

from entremise.config.settings import PROJECT
from entremise.ground.network.models import Site
from entremise.ground.network.operations import imports
from entremise.ground.network.queries import mappings
from entremise.ground.reference.operations import load_territory
from tests.cast import AT
from tests.conftest import SHARED

LISTS = SHARED / "data"
TERRITORY = PROJECT / "build" / "data"
pytestmark = pytest.mark.skipif(
    not (LISTS.is_dir() and TERRITORY.is_dir()),
    reason="needs the shared lists of 2024 and the communes (make setup)",
)
PROFILE = "france-services-2024"


@pytest.fixture
def bring(cast):
    """Return a function that imports a real list at once, and gives its report."""
    load_territory(TERRITORY, by=cast["admin"], at=AT)

    def brought(name: str) -> dict:
        batch = imports.keep_list(
            file_name=name,
            content=(LISTS / name).read_bytes(),
            mapping=mappings.content_of(mappings.profile(PROFILE)),
            by=cast["network_head"],
            at=AT,
        )
        return imports.import_list(batch.pk, by=cast["network_head"], at=AT).report

    return brought


def counts(report: dict) -> tuple[int, ...]:
    return tuple(report[key] for key in ("rows", "created", "updated", "unchanged", "refused"))


def test_list_of_91_places_is_imported_once_and_unchanged_the_second_time(bring):
    first, second = bring("pimms_sites_2024-08.csv"), bring("pimms_sites_2024-08.csv")

    found = Site.objects.filter(source="france-services")
    by_kind = dict(found.values_list("kind").annotate(Count("pk")))
    assert (counts(first), counts(second)) == ((91, 91, 0, 0, 0), (91, 0, 0, 91, 0))
    assert found.values("commune__departement").distinct().count() == 27
    assert by_kind == {"fixed": 71, "bus": 17, "outpost": 3}


def test_whole_list_of_2845_rows_has_no_refusal_and_each_of_its_traps_is_said(bring):
    report = bring("liste-fs-20240801.csv")

    told = [(w["field"], w["message"].split("\u00a0")[0][:14]) for w in report["warnings"]]
    assert counts(report) == (2845, 2845, 0, 0, 0)
    assert told.count(("opening_hours", "Aucun horaire ")) == 48
    assert [
        told.count(one) for one in (("commune", "Le code 49069 "), ("commune", "Le code 93059 "))
    ] == [1, 2]
    assert sum(field == "name" for field, _message in told) == 1
    assert [field for field, _message in told if field in ("phone", "latitude")] == []
    assert Site.objects.filter(source="france-services").exclude(phone="").count() == 2841
