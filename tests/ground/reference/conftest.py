"""A small territory in the format of the public files, and the account that loads it."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection, connections

from entremise.foundation.accounts.queries import system_account
from entremise.ground.reference import operations

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def commune(code, name, departement, *, postal_codes=(), population=None, **more):
    return {
        "code": code,
        "nom": name,
        "type": "commune-actuelle",
        "departement": departement,
        "region": "84",
        "codesPostaux": list(postal_codes),
        "population": population,
        **more,
    }


def part(kind, code, name, departement, **more):
    return {"code": code, "nom": name, "type": kind, "departement": departement, **more}


COMMUNES = [
    commune("69123", "Lyon", "69", postal_codes=["69001", "69002", "69003"], population=520_000),
    commune("27368", "Lyons-la-Forêt", "27", postal_codes=["27480"], population=700),
    commune("42218", "Saint-Étienne", "42", postal_codes=["42000", "42100"], population=170_000),
    commune("2A004", "Ajaccio", "2A", postal_codes=["20000"], population=75_000),
    commune("97105", "Basse-Terre", "971", postal_codes=["97100"], population=9_000),
    commune("01001", "L'Abergement-Clémenciat", "01", postal_codes=["01400"], population=860),
    commune("01015", "Arboys en Bugey", "01", anciensCodes=["01340", "01016"], population=700),
    part("commune-deleguee", "01015", "Arbignieu", "01", chefLieu="01015"),
    part("commune-deleguee", "01340", "Saint-Bois", "01", chefLieu="01015"),
    part("commune-associee", "01120", "Cordieux", "01", chefLieu="01001"),
    part(
        "arrondissement-municipal",
        "69383",
        "Lyon 3e Arrondissement",
        "69",
        commune="69123",
        codesPostaux=["69003"],
        population=100_000,
    ),
]


@pytest.fixture
def folder(tmp_path):
    """The files of a small territory; a test may write others over them."""
    region = [{"code": "84", "nom": "Auvergne-Rhône-Alpes"}]
    departements = [
        {"code": code, "nom": name, "region": "84", "zone": "drom" if len(code) == 3 else "metro"}
        for code, name in [
            ("01", "Ain"),
            ("27", "Eure"),
            ("2A", "Corse-du-Sud"),
            ("42", "Loire"),
            ("69", "Rhône"),
            ("971", "Guadeloupe"),
        ]
    ]
    epci = [
        {"code": "200046977", "nom": "Métropole de Lyon", "type": "MET69",
         "membres": [{"code": "69123"}]}
    ]  # fmt: skip
    for name, rows in [
        ("regions", region),
        ("departements", departements),
        ("epci", epci),
        ("communes", COMMUNES),
    ]:
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def copies(django_db_setup, django_db_blocker):
    """A schema of the owner with copies of the tables; they stay empty, each test rolls back."""
    tables = [
        model._meta.db_table
        for model in apps.get_app_config("reference").get_models(include_auto_created=True)
    ]
    role = connections["default"].settings_dict["USER"]
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
        cursor.execute("CREATE SCHEMA reference_copies")
        for table in tables:
            cursor.execute(
                f"CREATE TABLE reference_copies.{table} (LIKE public.{table} INCLUDING ALL)"
            )
        cursor.execute(f'GRANT USAGE ON SCHEMA reference_copies TO "{role}"')
        cursor.execute(f'GRANT ALL ON ALL TABLES IN SCHEMA reference_copies TO "{role}"')
        cursor.execute(f'GRANT ALL ON ALL SEQUENCES IN SCHEMA reference_copies TO "{role}"')


@pytest.fixture
def empty_reference(copies, db):
    """Put the empty copies in front of the tables that the session has loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO reference_copies, public")


@pytest.fixture
def loader(empty_reference):
    """The account that signs."""
    return system_account("tests-of-reference")


@pytest.fixture
def territory(folder, loader):
    """The small territory, loaded."""
    return operations.load_territory(folder, by=loader, at=NOON)
