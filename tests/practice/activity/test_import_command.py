"""The command: what it prints, its exit and its report."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from entremise.foundation.imports.models import ImportBatch
from entremise.practice.activity.models import Activity
from tests.practice.activity.test_import_acts import HEADER, MAPPING, ROWS


def order(tmp_path, text, *words):
    """Run the command on a text; return what it printed."""
    (tmp_path / "acts.csv").write_text(text)
    (tmp_path / "acts.toml").write_text(MAPPING)
    out = StringIO()
    call_command(
        "import_activities", str(tmp_path / "acts.csv"), "--mapping", str(tmp_path / "acts.toml"),
        *words, stdout=out,
    )  # fmt: skip
    return out.getvalue().replace("\u00a0", " ")


def test_command_imports_and_tells_the_refusals(cast, tmp_path):
    report = tmp_path / "report.json"

    said = order(
        tmp_path, HEADER + ROWS + "3;hier;9:00;eau;F;\n", "--report", str(report), "--by", "admin"
    )

    told = json.loads(report.read_text())
    assert "3 lignes : 2 ajoutées, 0 modifiées, 0 inchangées, 1 refusées." in said
    assert "Refus : ligne 4, jour" in said
    assert [told[k] for k in ("rows", "created", "refused", "dry_run")] == [3, 2, 1, False]
    assert told["refusals"][0]["row"] == 4
    assert Activity.objects.first().recorded_by == cast["admin"]


def test_dry_run_writes_nothing(cast, tmp_path):
    said = order(tmp_path, HEADER + ROWS, "--dry-run")

    assert said.startswith("Essai à blanc, rien n’est écrit. 2 lignes : 2 ajoutées")
    assert (Activity.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_undo_takes_the_number_that_the_import_printed(cast, tmp_path):
    said = order(tmp_path, HEADER + ROWS)
    number = said.split("Import numéro ")[1].split()[0]
    out = StringIO()

    call_command("import_activities", "--undo", number, stdout=out)

    assert "2 actes retirés" in out.getvalue()
    assert not Activity.objects.current().exists()


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("", (), "vide"),
        (HEADER, (), "Aucune ligne"),
        (HEADER + ROWS, ("--by", "nobody"), "nobody"),
        (HEADER + ROWS, ("--undo", "x"), "--undo seul"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(cast, tmp_path, text, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        order(tmp_path, text, *words)

    assert not Activity.objects.exists()


def test_unknown_import_is_not_undone(cast):
    with pytest.raises(CommandError, match="numéro"):
        call_command("import_activities", "--undo", "x")
