"""The embedded server under root and under an ordinary account, and on a full disk."""

import contextlib
import functools
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from entremise.config.database import folders, launcher, locations
from entremise.config.database.errors import DiskFullError, OtherOwnerError
from entremise.config.database.locations import locate

SOURCES = Path(__file__).parents[2] / "src"
NOBODY = pwd.getpwnam("nobody")

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change account or mount")


def run_as_nobody(command: list[str], environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run under an ordinary account; the packages come from here, whatever the interpreter."""
    paths = [str(SOURCES), *(path for path in sys.path if path.endswith("site-packages"))]
    return subprocess.run(
        command,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(paths), "LC_ALL": "C.UTF-8"} | environ,
        cwd="/",
        capture_output=True,
        text=True,
        user=NOBODY.pw_uid,
        group=NOBODY.pw_gid,
        extra_groups=[],
    )


@functools.cache
def python_of_nobody() -> str:
    """Find a Python of our version outside of root's closed folders."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        with contextlib.suppress(OSError):
            if run_as_nobody([python, "-c", "import psycopg"], {}).returncode == 0:
                return python
    pytest.skip(f"an ordinary account can run no {version} here")


def as_nobody(word: str, home: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [python_of_nobody(), "-m", "entremise.config.database", word]
    return run_as_nobody(command, environ | {"ENTREMISE_HOME": str(home)})


@pytest.fixture
def folder_of_nobody() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="nobody-"))
    os.chown(folder, NOBODY.pw_uid, NOBODY.pw_gid)
    yield folder
    for left in folder.glob("*/postgres/data/postmaster.pid"):  # a test that failed half-way
        as_nobody("stop", left.parents[2], {})
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Twenty megabytes, or as many as asked, where the server's folders go."""
    size = getattr(request, "param", "20m")
    folder = Path(tempfile.mkdtemp(prefix="small-"))
    folder.chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "none", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("this machine lets nobody mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


@needs_root
def test_server_of_root_runs_unprivileged_in_a_folder_closed_to_others(home, environ):
    home.mkdir()
    parents = [home, *home.parents, *locate(home).base.parents]
    modes = [(stat.S_IMODE(p.stat().st_mode), p.stat().st_uid) for p in parents]

    launcher.ensure_running(home, environ)

    places = locate(home)
    pid = launcher.server_pid(places)
    assert Path(f"/proc/{pid}").stat().st_uid != 0
    assert (home / "postgres").is_symlink()
    assert stat.S_IMODE(places.base.stat().st_mode) == 0o750
    assert stat.S_IMODE(places.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.data.stat().st_mode) == 0o700
    assert [(stat.S_IMODE(p.stat().st_mode), p.stat().st_uid) for p in parents] == modes


@needs_root
def test_server_of_root_of_the_wheel_starts_whatever_the_umask(home, wheel_environ):
    before = os.umask(0o077)
    try:
        launcher.ensure_running(home, wheel_environ)
    finally:
        os.umask(before)

    assert launcher.status(home).pid is not None


@needs_root
def test_server_of_an_ordinary_account_stays_in_its_folder(folder_of_nobody, environ):
    home = folder_of_nobody / "Dossier d'Alice en été"

    started = as_nobody("start", home, environ)
    found = as_nobody("status", home, environ)
    stopped = as_nobody("stop", home, environ)

    assert (started.returncode, stopped.stdout) == (0, "arrêté\n"), started.stderr
    assert f"{home}/postgres" in found.stdout
    assert (home / "postgres" / "socket").is_dir()
    assert stat.S_IMODE((home / "postgres").lstat().st_mode) == 0o700
    assert not (home / "postgres").is_symlink()


@needs_root
@pytest.mark.parametrize("name", ["Téléchargements" + "x" * 100, "ici, et là"])
def test_server_under_a_path_unfit_for_a_socket_has_a_short_one(
    folder_of_nobody, any_environ, name
):
    home = folder_of_nobody / name

    started = as_nobody("start", home, any_environ)
    again = as_nobody("start", home, any_environ)
    stopped = as_nobody("stop", home, any_environ)

    assert (started.returncode, again.stdout, stopped.stdout) == (0, started.stdout, "arrêté\n")
    socket = Path(started.stdout.split("host=")[1].split("&")[0])
    assert (socket.parent, stat.S_IMODE(socket.stat().st_mode)) == (Path("/tmp"), 0o700)
    socket.rmdir()


@needs_root
def test_folder_of_another_account_is_refused_both_ways(folder_of_nobody, any_environ):
    theirs, ours = folder_of_nobody / "theirs", folder_of_nobody / "ours"
    for folder in (theirs, ours):
        (folder / "postgres").mkdir(parents=True)
    os.chown(theirs / "postgres", NOBODY.pw_uid, NOBODY.pw_gid)

    with pytest.raises(OtherOwnerError) as refusal:
        launcher.ensure_running(theirs, any_environ)
    answer = as_nobody("start", ours, any_environ)

    assert "appartient à l’utilisateur nobody" in refusal.value.message
    assert (answer.returncode, "appartient à l’utilisateur root" in answer.stderr) == (1, True)


@needs_root
def test_socket_folder_planted_by_another_account_is_refused(folder_of_nobody, any_environ):
    home = folder_of_nobody / ("x" * 120)
    home.mkdir()
    os.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)
    address = as_nobody("url", home, {}).stdout
    planted = Path(address.split("host=")[1].split("&")[0])
    planted.mkdir()

    answer = as_nobody("start", home, any_environ)

    planted.rmdir()
    assert (answer.returncode, "appartient à l’utilisateur root" in answer.stderr) == (1, True)


@needs_root
@pytest.mark.parametrize("small_disk", ["200m"], indirect=True)
def test_nearly_full_disk_is_refused_before_anything_is_written(
    small_disk, home, environ, monkeypatch
):
    monkeypatch.setattr(locations, "SHARED_FOLDERS", (small_disk,))

    with pytest.raises(DiskFullError, match="il en faut au moins 300"):
        launcher.ensure_running(home, environ)

    assert {path.name for path in locate(home).base.iterdir()} == {"launch.lock", "server.lock"}


@needs_root
def test_disk_that_fills_up_meanwhile_is_refused_and_gets_its_room_back(
    small_disk, home, environ, monkeypatch
):
    monkeypatch.setattr(locations, "SHARED_FOLDERS", (small_disk,))
    monkeypatch.setattr(folders, "NEEDED_MEGABYTES", 1)

    with pytest.raises(DiskFullError, match="plein"):
        launcher.ensure_running(home, environ)

    assert {path.name for path in locate(home).base.iterdir()} == {"launch.lock", "server.lock"}
    assert folders.free_megabytes(locate(home)) >= 19
