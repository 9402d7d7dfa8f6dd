"""Priority neighbourhoods: loaded from the operator's list, all of it or nothing."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from entremise.ground.reference import operations, queries
from entremise.ground.reference.errors import BrokenQpvFile
from entremise.ground.reference.models import Commune, Qpv
from tests.ground.reference.conftest import NOON

HEADER = "code_qp,lib_qp,insee_com\n"
REAL_LIST = Path(__file__).parents[4] / "shared" / "data" / "qpv2024_communes.csv"


@pytest.fixture
def qpv_file(tmp_path):
    path = tmp_path / "qpv.csv"
    path.write_text(
        HEADER
        + "QN06901M,La Duchère,69123\n"
        + "QN06902N,Les Cités d'Or,69123\n"
        + "QN06902N,Les Cités d'Or,01001\n"
        + "QN97101M,Boissard,97105\n"
        + "QP069001,Ancien Quartier,69123\n",
        encoding="utf-8",
    )
    return path


def test_load_qpv_creates_neighbourhoods_that_may_cross_communes(territory, loader, qpv_file):
    report = operations.load_qpv(qpv_file, by=loader, at=NOON)

    crossing = Qpv.objects.get(code="QN06902N")
    assert (report.rows, report.created, report.updated, report.unchanged) == (5, 4, 0, 0)
    assert {commune.code for commune in crossing.communes.all()} == {"69123", "01001"}
    assert crossing.name == "Les Cités d’Or"


def test_load_qpv_again_changes_nothing(territory, loader, qpv_file):
    operations.load_qpv(qpv_file, by=loader, at=NOON)

    again = operations.load_qpv(qpv_file, by=loader, at=NOON)

    assert (again.created, again.updated, again.unchanged, again.absent) == (0, 0, 4, ())


def test_load_qpv_corrects_and_reports_what_is_absent(territory, loader, qpv_file):
    operations.load_qpv(qpv_file, by=loader, at=NOON)
    qpv_file.write_text(HEADER + "QN06902N,Les Cités,01001\n", encoding="utf-8")

    report = operations.load_qpv(qpv_file, by=loader, at=NOON)

    corrected = Qpv.objects.get(code="QN06902N")
    assert (report.updated, report.absent) == (1, ("QN06901M", "QN97101M"))
    assert corrected.name == "Les Cités"
    assert [commune.code for commune in corrected.communes.all()] == ["01001"]
    assert Qpv.objects.count() == 4


def test_load_qpv_follows_mergers(territory, loader, qpv_file):
    qpv_file.write_text(
        HEADER.replace(",", ";") + "QN00101M;Bourg;01340\nQN00101M;Bourg;01016\n", encoding="utf-8"
    )

    operations.load_qpv(qpv_file, by=loader, at=NOON)

    assert [commune.code for commune in Qpv.objects.get().communes.all()] == ["01015"]


def test_qpvs_change_generation_on_their_day_and_later_overseas(territory, loader, qpv_file):
    operations.load_qpv(qpv_file, by=loader, at=NOON)
    third = Commune.objects.get(code="69383")
    overseas = Commune.objects.get(code="97105")

    def codes(commune, day):
        return [qpv.code for qpv in queries.qpvs_of(commune, day)]

    assert codes(third, date(2023, 12, 31)) == ["QP069001"]
    assert codes(third, date(2024, 1, 1)) == ["QN06901M", "QN06902N"]
    assert codes(overseas, date(2024, 12, 31)) == []
    assert codes(overseas, date(2025, 1, 1)) == ["QN97101M"]


def test_load_qpv_with_wrong_rows_names_each_and_imports_none(territory, loader, qpv_file):
    qpv_file.write_text(
        HEADER
        + "QN06901M,La Duchère,69123\n"
        + "XX,Nulle Part,69123\n"
        + "QN06903M,,69123\n"
        + "QN06904M,Ailleurs,99999\n"
        + "QN06901M,La Duchère,69123\n"
        + "QN06901M,Autre Nom,01001\n",
        encoding="utf-8",
    )

    with pytest.raises(BrokenQpvFile) as refusal:
        operations.load_qpv(qpv_file, by=loader, at=NOON)

    assert [(wrong.row, wrong.field) for wrong in refusal.value.refusals] == [
        (3, "code_qp"),
        (4, "lib_qp"),
        (5, "insee_com"),
        (6, "insee_com"),
        (7, "lib_qp"),
    ]
    assert "3, 4, 5, 6, 7" in refusal.value.message
    assert Qpv.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"code,name\n1,2\n", HEADER.encode(), b"code_qp;lib_qp\xe9\n"]
)
def test_load_qpv_of_another_file_is_refused(territory, loader, qpv_file, content):
    qpv_file.write_bytes(content)

    with pytest.raises(BrokenQpvFile):
        operations.load_qpv(qpv_file, by=loader, at=NOON)


def test_command_tells_counts_or_refused_rows(territory, qpv_file):
    told = io.StringIO()
    call_command("import_qpv", str(qpv_file), stdout=told)
    qpv_file.write_text(HEADER + "QN06901M,La Duchère,99999\n", encoding="utf-8")
    refused = io.StringIO()

    with pytest.raises(CommandError):
        call_command("import_qpv", str(qpv_file), stderr=refused)

    assert "4 quartiers créés" in told.getvalue()
    assert refused.getvalue().startswith("qpv.csv:2: insee_com: ")


def test_real_list_is_read_to_its_last_row(territory, loader):
    if not REAL_LIST.exists():
        pytest.skip("the list of priority neighbourhoods is not beside the project")

    with pytest.raises(BrokenQpvFile) as refusal:
        operations.load_qpv(REAL_LIST, by=loader, at=NOON)

    assert {wrong.field for wrong in refusal.value.refusals} == {"insee_com"}
