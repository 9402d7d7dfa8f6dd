"""Addresses read from the environment, and Django's settings computed from them."""

from pathlib import Path

import pytest

from entremise.config.database import dsn
from entremise.config.database.dsn import Connection
from entremise.config.database.errors import MalformedUrlError, MissingUrlError
from entremise.config.database.locations import locate, state_folder


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://app:p%40ss%2Fword@db.example.org:6432/network?sslmode=require",
            Connection(
                "db.example.org", 6432, "network", "app", "p@ss/word", {"sslmode": "require"}
            ),
        ),
        (
            "postgresql://app@/network?host=/run/postgresql&port=5433",
            Connection("/run/postgresql", 5433, "network", "app"),
        ),
        ("postgres://app@[::1]/network", Connection("::1", 5432, "network", "app")),
    ],
)
def test_address_is_read_and_written_back(url, expected):
    found = dsn.parse(url, variable="DATABASE_URL")

    assert found == expected
    assert dsn.parse(found.url(), variable="DATABASE_URL") == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://app:secret@db/network",
        "postgres://app:secret@db",
        "postgres://app:secret@db:port/network",
        "postgres://db/network",
        "secret",
    ],
)
def test_unreadable_address_is_refused_without_showing_its_password(url):
    with pytest.raises(MalformedUrlError) as refusal:
        dsn.parse(url, variable="DATABASE_OWNER_URL")

    assert "DATABASE_OWNER_URL" in refusal.value.message
    assert "secret" not in refusal.value.message


def test_password_is_not_shown_in_a_trace():
    connection = Connection("db", 5432, "network", "app", "secret")

    assert "secret" not in repr(connection)


def test_settings_of_the_embedded_server_start_nothing(tmp_path):
    home = tmp_path / "var"

    settings = dsn.database_settings(home, {})

    assert {alias: entry["USER"] for alias, entry in settings.items()} == {
        "default": "entremise_app",
        "journal": "entremise_app",
        "owner": "entremise_owner",
        "statistics": "entremise_statistics",
    }
    assert {entry["HOST"] for entry in settings.values()} == {str(locate(home).socket)}
    assert {entry["CONN_MAX_AGE"] for entry in settings.values()} == {None}
    assert not home.exists()


def test_settings_of_an_operator_follow_the_three_addresses(tmp_path):
    given = {
        "DATABASE_URL": "postgres://app:one@db/network",
        "DATABASE_OWNER_URL": "postgres://owner:two@db/network",
        "DATABASE_STATISTICS_URL": "postgres://reader:three@replica/network",
    }

    settings = dsn.database_settings(tmp_path, given)

    assert {alias: (entry["HOST"], entry["USER"]) for alias, entry in settings.items()} == {
        "default": ("db", "app"),
        "journal": ("db", "app"),
        "owner": ("db", "owner"),
        "statistics": ("replica", "reader"),
    }


def test_command_that_needs_the_owner_says_which_variable_is_missing(tmp_path):
    given = {"DATABASE_URL": "postgres://app@db/network"}

    with pytest.raises(MissingUrlError, match="DATABASE_OWNER_URL"):
        dsn.required("owner", tmp_path, given)

    assert set(dsn.database_settings(tmp_path, given)) == {"default", "journal"}


def test_state_folder_is_var_unless_told_otherwise(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    assert state_folder({}) == tmp_path / "var"
    assert state_folder({"ENTREMISE_HOME": "/srv/network"}) == Path("/srv/network")


def test_socket_path_is_short_however_deep_the_home(tmp_path):
    deep = tmp_path / ("x" * 120)

    socket = str(locate(deep).socket / ".s.PGSQL.5432")

    assert len(socket) <= 103
    assert locate(deep) == locate(deep)
    assert locate(deep).socket != locate(tmp_path / ("y" * 120)).socket
