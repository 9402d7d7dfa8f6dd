"""The import contracts hold, and each of them can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, PROJECT, contracts

LINTER = Path(sys.executable).parent / "lint-imports"
FORBIDDEN = {
    "floors": ("foundation/core/periods.py", "import entremise.practice.activity.enums"),
    "shell": ("shell/api/__init__.py", "import entremise.shell.web.rail"),
    "insight": ("insight/statistics/engine.py", "import entremise.insight.quality"),
    "statistics": (
        "insight/statistics/engine.py",
        "import entremise.insight.statistics.sources",
    ),
    "indicators": (
        "insight/statistics/indicators/load.py",
        "import entremise.insight.statistics.indicators.passages",
    ),
    "practice": ("practice/activity/rules.py", "import entremise.practice.partners"),
    "ground": ("ground/standard/schema.py", "import entremise.ground.network.enums"),
    "foundation": ("foundation/journal/operations.py", "import entremise.foundation.access.errors"),
    "rooms": ("ground/network/models.py", "import entremise.ground.network.queries.members"),
    "columnar": ("ground/network/engine.py", "import duckdb"),
    "norm": ("ground/standard/schema.py", "import django.db.models"),
}
NOT_BUILT_YET = (
    "insight/quality/__init__.py",
    "practice/partners/__init__.py",
    "shell/api/__init__.py",
)


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--config", folder / "pyproject.toml", "--no-cache", *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_the_house(folder: Path) -> Path:
    shutil.copy(PROJECT / "pyproject.toml", folder)
    only_modules = shutil.ignore_patterns("__pycache__", "templates", "locale", "data")
    shutil.copytree(PACKAGE, folder / "src" / "entremise", ignore=only_modules)
    return folder / "src" / "entremise"


def test_every_contract_is_kept():
    result = lint(PROJECT)

    assert result.returncode == 0, result.stdout


def test_every_contract_has_an_import_that_breaks_it():
    assert set(FORBIDDEN) == set(contracts())


@pytest.mark.parametrize("contract", FORBIDDEN)
def test_contract_fails_on_a_forbidden_import(tmp_path, contract):
    module, forbidden = FORBIDDEN[contract]
    package = copy_of_the_house(tmp_path)
    for new in NOT_BUILT_YET:
        (package / new).parent.mkdir(exist_ok=True)
        (package / new).touch()
    with (package / module).open("a") as file:
        file.write(f"\n{forbidden}\n")

    result = lint(tmp_path, "--contract", contract)

    assert result.returncode == 1, result.stdout
    assert f"{contracts()[contract]['name']} BROKEN" in result.stdout
