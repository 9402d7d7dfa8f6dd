"""The national lists: complete in both languages, dated, never deleted."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from entremise.foundation.core.privacy import fields_of, own_models
from entremise.foundation.journal.models import Decision
from entremise.ground.reference import operations, queries
from entremise.ground.reference.errors import BrokenNationalList
from entremise.ground.reference.models import AgeBand, Nature, Operator, Outcome, Theme
from entremise.ground.reference.operations.national_lists import FOLDER
from tests.ground.reference.conftest import NOON

TODAY = date(2026, 3, 2)
LISTS = [Theme, Operator, Nature, Outcome, AgeBand]
ENUMERATIONS = Path(__file__).parents[4] / "shared" / "data" / "schema_v1_enums_1.0.10.csv"


@pytest.fixture
def lists(loader):
    return operations.load_national_lists(by=loader, at=NOON)


@pytest.fixture
def files(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "lists")


def edit(files, name, before, after):
    path = files / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_themes_have_two_levels_and_the_first_has_twenty_one(lists):
    groups = queries.themes_in_force(TODAY)

    assert len(groups) == 21
    assert groups[0].theme.label == "énergie"
    assert [theme.label for theme in groups[1].children] == [
        "facture d’eau",
        "impayé ou échéancier d’eau",
        "fuite ou surconsommation",
        "abonnement et compteur d’eau",
    ]
    assert {theme.level for group in groups for theme in group.children} == {2}


def test_themes_in_force_cost_one_query(lists, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.themes_in_force(TODAY)


def test_themes_map_to_data_inclusion(lists):
    if not ENUMERATIONS.exists():
        pytest.skip("the enumerations of data·inclusion are not beside the project")
    with ENUMERATIONS.open(encoding="utf-8") as file:
        rows = [(row["enum"], row["value"]) for row in csv.DictReader(file)]
    families = {value for enum, value in rows if enum == "Categorie"}
    leaves = {value for enum, value in rows if enum == "Thematique"}

    for theme in Theme.objects.exclude(code__startswith="other"):
        assert theme.data_inclusion, theme.code
        assert set(theme.data_inclusion) <= (families if theme.level == 1 else leaves), theme.code


def test_france_services_had_eleven_operators_in_2024(lists):
    assert queries.operators_of_france_services(date(2024, 6, 1)).count() == 11
    assert not Operator.objects.get(code="cheque-energie").is_of_france_services(date(2023, 12, 31))
    assert Operator.objects.get(code="cheque-energie").is_of_france_services(date(2024, 1, 1))
    assert not Operator.objects.get(code="edf").is_of_france_services(TODAY)


def test_natures_propose_register_three_or_open_a_record(lists):
    proposals = Nature.objects.exclude(register=None).values_list("label", "register")
    opening = Nature.objects.exclude(opens_carrier=None).values_list("code", "opens_carrier")

    assert list(proposals) == [("lever une incompréhension", 3)]
    assert dict(opening) == {"refer": "referral", "conflict": "case"}


def test_nature_with_another_register_is_refused_by_the_database(lists):
    with pytest.raises(IntegrityError), transaction.atomic():
        Nature.objects.filter(code="inform").update(register=8)


def test_outcomes_and_bands_are_those_of_the_trade(lists):
    assert [outcome.label for outcome in queries.outcomes_in_force(TODAY)] == [
        "résolu",
        "orienté",
        "reviendra",
        "hors champ",
        "refus",
        "sans suite",
    ]
    assert [(band.lower, band.upper) for band in queries.age_bands_in_force(TODAY)] == [
        (0, 11),
        (12, 17),
        (18, 24),
        (25, 39),
        (40, 59),
        (60, 69),
        (70, None),
    ]


def test_name_is_given_in_the_active_language(lists):
    outcome = Outcome.objects.get(code="resolved")

    with translation.override("fr"):
        assert outcome.name == "résolu"
    with translation.override("en"):
        assert outcome.name == "resolved"


@pytest.mark.parametrize("model", LISTS)
def test_labels_are_written_as_french_screens_ask(lists, model):
    for label in model.objects.values_list("label", flat=True):
        assert "'" not in label
        assert not any(f" {sign}" in label for sign in ":;!?»"), label


def test_loading_again_writes_nothing(lists, loader):
    again = operations.load_national_lists(by=loader, at=NOON)

    assert (again.created, again.updated, again.ended) == (0, 0, 0)
    assert again.unchanged == lists.created
    assert Decision.objects.filter(actor_id=loader.pk).count() == 1


def test_changed_label_keeps_its_code(lists, loader, files):
    edit(files, "outcomes.yaml", "label: reviendra", "label: doit revenir")

    report = operations.load_national_lists(by=loader, at=NOON, folder=files)

    assert (report.created, report.updated, report.ended) == (0, 1, 0)
    assert Outcome.objects.get(code="coming-back").label == "doit revenir"


def test_entry_that_left_the_file_ends_today_and_stays(lists, loader, files):
    edit(files, "outcomes.yaml", "  - {code: dropped, label: sans suite, label_en: dropped}\n", "")

    report = operations.load_national_lists(by=loader, at=NOON, folder=files)

    dropped = Outcome.objects.get(code="dropped")
    assert (report.ended, dropped.valid_until) == (1, TODAY)
    assert not Outcome.objects.in_force(TODAY).filter(code="dropped").exists()
    assert Outcome.objects.in_force(TODAY - timedelta(days=1)).filter(code="dropped").exists()


def test_entry_that_comes_back_is_in_force_again(lists, loader, files):
    line = "  - {code: dropped, label: sans suite, label_en: dropped}\n"
    edit(files, "outcomes.yaml", line, "")
    operations.load_national_lists(by=loader, at=NOON, folder=files)

    operations.load_national_lists(by=loader, at=NOON)

    assert Outcome.objects.get(code="dropped").is_in_force(TODAY)


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("outcomes.yaml", ("label: refus,", "label: l'abandon,"), "should not be valid"),
        ("outcomes.yaml", ("code: refused", "code: resolved"), "used twice"),
        ("natures.yaml", ("register: 3", "register: 8"), "3 was expected"),
        ("operators.yaml", ("kind: water", "kind: rain"), "is not one of"),
        ("age_bands.yaml", ("lower: 25", "lower: 30"), "does not begin at 25"),
        ("themes.yaml", ("code: water-leak", "code: Water leak"), "does not match"),
        ("themes.yaml", ("code: water-leak", "code: energy-bill"), "used twice"),
        (
            "outcomes.yaml",
            ("label_en: refusal", "label_en: refusal, valid_until: 1990-01-01"),
            "ends before it starts",
        ),
    ],
)
def test_broken_list_is_refused_with_its_line(loader, files, name, change, reason):
    line = edit(files, name, *change)

    with pytest.raises(BrokenNationalList) as refusal:
        operations.load_national_lists(by=loader, at=NOON, folder=files)

    assert str(refusal.value).startswith(f"{name}, line {line}: ")
    assert reason in str(refusal.value)
    assert Theme.objects.count() == 0


def test_every_field_of_the_reference_is_neutral():
    ours = [model for model in own_models() if model._meta.app_label == "reference"]

    assert len(ours) == 12
    assert {declared.kind for model in ours for declared in fields_of(model)} == {"neutral"}
