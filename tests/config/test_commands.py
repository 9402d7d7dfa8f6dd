"""The console script: found a network, save it, bring it back, refuse what would destroy."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from entremise.config.database import launcher

Entremise = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def entremise(tmp_path: Path) -> Iterator[Entremise]:
    """Return the console script, in a state folder of its own."""
    home = tmp_path / "home"
    environment = os.environ | {"ENTREMISE_HOME": str(home), "LOG_LEVEL": "CRITICAL"}

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "entremise.config.cli", *words],
            env=environment | variables, capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip

    yield run
    launcher.stop(home)
    shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)


def test_network_is_founded_saved_and_brought_back(entremise, tmp_path):
    founded = entremise("init", "--network", "Réseau", "--admin", "chef@essai.example")
    assert founded.returncode == 0, founded.stderr
    assert "/compte/mot-de-passe/nouveau/" in founded.stdout
    head = entremise("journal-verify").stdout.splitlines()[-1]
    saved = entremise("backup", str(tmp_path / "une.sauvegarde"))
    assert saved.returncode == 0, saved.stderr

    refused = entremise("restore", str(tmp_path / "une.sauvegarde"))
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    restored = entremise("restore", str(tmp_path / "une.sauvegarde"), "--replace")
    assert restored.returncode == 0, restored.stderr

    verified = entremise("journal-verify")
    assert verified.returncode == 0, verified.stderr
    count, _digest = verified.stdout.splitlines()[-1].split()
    assert int(count) == int(head.split()[0]) + 2
    again = entremise("init", "--network", "Autre", "--admin", "autre@essai.example")
    assert "contient déjà un réseau" in again.stderr


def test_file_that_is_no_backup_changes_nothing(entremise, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")

    refused = entremise("restore", str(tmp_path / "photo.jpg"), "--replace")

    assert refused.returncode == 1
    assert "n’est pas une sauvegarde" in refused.stderr


def test_import_of_places_reports_each_row(entremise, tmp_path):
    entremise("init", "--network", "Réseau", "--admin", "chef@essai.example")
    rows = tmp_path / "lieux.csv"
    rows.write_text("id;nom;insee\n1;Un lieu;01004\n2;Nulle part;99999\n", encoding="utf-8")
    mapping = tmp_path / "lieux.toml"
    mapping.write_text(
        'source = "essai"\nname = "Essai"\nid = ["id"]\n'
        '[columns]\nname = "nom"\ncommune = "insee"\n'
        '[constants]\nkind = "fixed"\n',
        encoding="utf-8",
    )

    done = entremise(
        "import-sites", str(rows), "--mapping", str(mapping), "--report", str(tmp_path / "r.json")
    )

    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    counts = ("rows", "created", "updated", "unchanged", "refused")
    assert tuple(report[name] for name in counts) == (2, 1, 0, 0, 1)
    assert report["refusals"][0]["row"] == 3


def test_server_of_the_operator_without_its_owner_is_refused_with_a_sentence(
    entremise,
):
    refused = entremise("journal-verify", DATABASE_URL="postgres://quelquun@127.0.0.1:1/base")

    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        "DATABASE_URL est renseignée mais pas DATABASE_OWNER_URL\u00a0: cette commande en a besoin."
    )
