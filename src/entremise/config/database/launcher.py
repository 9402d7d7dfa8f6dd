"""Start and stop the embedded PostgreSQL: a background process that outlives the command.

Unix socket only, in a folder closed to others. Two locks: `launch.lock` lets one command start
at a time; `server.lock` is inherited by the server and its children, and so tells, whatever
happened to a process number, whether any of them is alive.
"""

import errno
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from shutil import rmtree

import psycopg

from entremise.config.database import binaries, dsn, folders, roles
from entremise.config.database.account import Account, server_account
from entremise.config.database.binaries import Binaries
from entremise.config.database.configuration import write_configuration
from entremise.config.database.dsn import Connection
from entremise.config.database.errors import DiskFullError, StartFailedError, StopFailedError
from entremise.config.database.locations import PORT, Locations, locate

START_PATIENCE = 120  # seconds: a crash recovery replays at most max_wal_size
STOP_PATIENCE = 60
STEP = 0.02
ONE_WAL_SEGMENT = 16  # megabytes; with less, PostgreSQL cannot even recover


@dataclass(frozen=True)
class Status:
    """What is known of the server without connecting to it."""

    pid: int | None
    major: str | None
    locations: Locations


def ensure_running(home: Path, environ: Mapping[str, str] = os.environ) -> Connection:
    """Return the application's connection, having started and prepared the server if need be.

    With DATABASE_URL the operator's server is used and nothing is started. Raises a
    DatabaseRefusalError.
    """
    application = dsn.required("default", home, environ)
    if dsn.is_external(environ):
        return application
    places = locate(home)
    account = server_account()
    if folders.is_folder_of(places.socket, account.uid) and _is_prepared(application):
        return application
    with folders.plain_refusals(places), _launch_lock(places, account):
        _start(places, account, environ)
        if not _is_prepared(application):
            roles.create_roles(
                dsn.embedded(home, user=dsn.SUPERUSER, name="postgres"),
                owner=dsn.embedded(home, user=dsn.OWNER),
                application=application,
                statistics=dsn.embedded(home, user=dsn.STATISTICS),
                owner_creates_databases=True,
            )
    return application


def stop(home: Path) -> bool:
    """Stop the embedded server and wait for its end; return False when it was not running.

    Raises StopFailedError.
    """
    places = locate(home)
    if not places.base.is_dir():
        return False
    with folders.plain_refusals(places), _launch_lock(places, server_account()):
        pid = server_pid(places)
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)  # PostgreSQL's fast stop: sessions end, a checkpoint is made
        deadline = time.monotonic() + STOP_PATIENCE
        while server_pid(places) or not _nobody_serves(places):
            if time.monotonic() > deadline:
                raise StopFailedError(pid=pid, seconds=STOP_PATIENCE)
            time.sleep(STEP)
    return True


def status(home: Path) -> Status:
    """Return the process number (None when stopped), the data's version and the folders."""
    places = locate(home)
    with folders.plain_refusals(places):
        folders.refuse_other_owner(places)
        return Status(server_pid(places), binaries.data_version(places.data), places)


def server_pid(places: Locations) -> int | None:
    """Return the postmaster's process number if that process really is ours.

    A number left by a killed server may now be a zombie, or belong to another program.
    """
    try:
        pid = int((places.data / "postmaster.pid").read_text().split("\n", 1)[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    is_ours = command[0].endswith(b"postgres") and os.fsencode(places.data) in command
    return pid if is_ours else None


def _is_prepared(application: Connection) -> bool:
    try:
        with psycopg.connect(**application.parameters()) as connection:
            return roles.is_prepared(connection)
    except psycopg.OperationalError:
        return False


def _accepts_connections(places: Locations) -> bool:
    superuser = dsn.embedded(places.home, user=dsn.SUPERUSER, name="postgres")
    try:
        psycopg.connect(**superuser.parameters()).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _launch_lock(places: Locations, account: Account) -> Iterator[None]:
    folders.prepare_base(places, account)
    descriptor = os.open(places.base / "launch.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _start(places: Locations, account: Account, environ: Mapping[str, str]) -> None:
    """Start the server unless it runs, and return when it accepts connections."""
    deadline = time.monotonic() + START_PATIENCE
    spawned = False
    while not _accepts_connections(places):
        descriptor = _take_server_lock(places)
        if descriptor is None:  # it is starting, or children of a killed server are ending
            if time.monotonic() > deadline:
                raise _start_failed(places)
            time.sleep(STEP)
            continue
        try:
            if spawned or server_pid(places):  # it died, or somebody serves this folder by hand
                raise _start_failed(places)
            _spawn(places, _initialised(places, account, environ), account, descriptor)
            spawned = True
        finally:
            os.close(descriptor)  # the server has inherited it


def _take_server_lock(places: Locations) -> int | None:
    descriptor = os.open(places.base / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _nobody_serves(places: Locations) -> bool:
    descriptor = _take_server_lock(places)
    if descriptor is None:
        return False
    os.close(descriptor)
    return True


def _initialised(places: Locations, account: Account, environ: Mapping[str, str]) -> Binaries:
    """Return the binaries to run, having created the data folder if there is none."""
    if binaries.data_version(places.data):
        return binaries.choose(places, account, environ)
    folders.refuse_full_disk(places)
    chosen = binaries.choose(places, account, environ)
    partial = places.data.with_name("data.partial")  # renamed last: one that exists is complete
    rmtree(partial, ignore_errors=True)
    folders.make_private(partial, account)
    command = [
        *(str(chosen.folder / "initdb"), f"--pgdata={partial}", f"--username={dsn.SUPERUSER}"),
        *("--auth-local=trust", "--auth-host=reject", "--data-checksums"),
        *("--encoding=UTF8", "--locale=C.UTF-8"),
    ]
    if chosen.major >= 17:
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if _run(command, places, chosen, account) != 0:
        rmtree(partial, ignore_errors=True)
        raise _start_failed(places)
    partial.rename(places.data)
    return chosen


def _spawn(places: Locations, chosen: Binaries, account: Account, descriptor: int) -> None:
    folders.make_private(places.socket, account)
    configuration = write_configuration(places)
    # We hold the server's lock: these only name a dead server, whatever runs under its number.
    for leftover in (places.data / "postmaster.pid", places.socket / f".s.PGSQL.{PORT}.lock"):
        leftover.unlink(missing_ok=True)
    # The shell leaves at once, so that the server is nobody's child and never our zombie.
    shell = ["/bin/sh", "-c", '"$@" &', "sh"]
    server = [str(chosen.folder / "postgres"), "-D", str(places.data)]
    command = [*shell, *server, "-c", f"config_file={configuration}"]
    _run(command, places, chosen, account, keep=(descriptor,))


def _run(
    command: list[str],
    places: Locations,
    chosen: Binaries,
    account: Account,
    keep: tuple[int, ...] = (),
) -> int:
    """Run under the server's account, writing to the log; return the exit code."""
    places.log.parent.mkdir(exist_ok=True)
    log = os.open(places.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        return subprocess.run(
            command,
            check=False,
            cwd="/",
            env=chosen.environment(),
            pass_fds=keep,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            umask=0o077,
            **account.identity(),
        ).returncode
    finally:
        os.close(log)


def _start_failed(places: Locations) -> StartFailedError | DiskFullError:
    lines = places.log.read_text(errors="replace").splitlines() if places.log.exists() else []
    excerpt = "\n".join(lines[-8:])
    # On a full disk the log may be cut too: believe the disk first.
    full = folders.free_megabytes(places) < ONE_WAL_SEGMENT
    if full or os.strerror(errno.ENOSPC) in excerpt:
        return folders.disk_full(places)
    return StartFailedError(log=places.log, excerpt=excerpt)
