"""A house of its own: its state folder, its PostgreSQL, its web server, eight people signed in."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from entremise.config.database import binaries, dsn, launcher
from entremise.config.database.locations import locate
from tests.config.conftest import short_home
from tests.resilience.recorders import Recorder

PROJECT = Path(__file__).resolve().parent.parent.parent


class House:
    """What runs, how to kill it, how to bring it back, and what its database holds."""

    def __init__(self, home: Path) -> None:
        self.home = home
        # The product as built, without the communes of France: they would only take time.
        public = os.environ.get("STATIC_ROOT", str(PROJECT / "build" / "public"))
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")
        } | {
            "ENTREMISE_HOME": str(home),
            "ENTREMISE_BUILD": str(home.parent / "build"),
            "STATIC_ROOT": public,
            "LOG_LEVEL": "CRITICAL",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.server: subprocess.Popen[bytes] | None = None
        self.log = home.parent / "server.log"

    def entremise(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the console script in this house."""
        return self.python("entremise.config.cli", *words)

    def python(self, module: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a module in this house."""
        running = self.start(module, *words)
        told, complained = running.communicate()
        return subprocess.CompletedProcess(running.args, running.returncode, told, complained)

    def start(self, module: str, *words: str) -> subprocess.Popen[str]:
        """Start a module in this house."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *words], env=self.environment, cwd=PROJECT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def serve(self) -> None:
        """Start the web server, with room for eight requests at once, and wait until it answers."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "2", "--blocking-threads", "4",
            "--log-level", "critical", "entremise.config.wsgi:application",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            # A group of its own, so that one signal reaches the server and its workers alike.
            self.server = subprocess.Popen(
                command, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        for _ in range(600):
            assert self.server.poll() is None, self.log.read_text()
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server never answered")

    def kill_server(self) -> None:
        """Kill -9 the web server with its workers."""
        if self.server and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()

    def kill_postgres(self) -> None:
        """Kill -9 this house's PostgreSQL: the server, then every process that it had started."""
        postmaster = launcher.server_pid(locate(self.home))
        assert postmaster
        children = _children(postmaster)
        os.kill(postmaster, signal.SIGKILL)
        for child in children:
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def start_postgres(self) -> None:
        """Bring PostgreSQL back, as any command would."""
        launcher.ensure_running(self.home, self.environment)

    def rows(self, question: str) -> list[tuple]:
        """Ask the database as its owner, who sees every row."""
        owner = dsn.embedded(self.home, user=dsn.OWNER)
        with psycopg.connect(**owner.parameters()) as connection:
            return connection.execute(question).fetchall()


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """A prepared house, with its PostgreSQL running; everything it started is stopped after."""
    for home in short_home():
        house = House(home)
        if binaries.system_folders():
            house.environment["ENTREMISE_POSTGRES"] = "system"
        yield house
        house.kill_server()


@pytest.fixture(scope="module")
def staged(house: House) -> dict[str, Any]:
    """One place and eight mediators, as the stage tells them."""
    told = house.python("tests.resilience.stage")
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def recorders(house: House, staged: dict[str, Any]) -> list[Recorder]:
    """Eight people signed in at the place, before a running server."""
    house.serve()
    people = [Recorder(house.port, staged["site"], person) for person in staged["people"]]
    for person in people:
        person.sign_in()
    return people
