"""What each role may do, and the application roles that are refused."""

from dataclasses import replace

import psycopg
import pytest

from entremise.config.database import dsn, roles
from entremise.config.database.dsn import Connection
from entremise.config.database.errors import UnsafeRoleError


def connect(connection: Connection) -> psycopg.Connection:
    return psycopg.connect(**connection.parameters(), autocommit=True)


@pytest.fixture
def superuser(running_home) -> Connection:
    return dsn.embedded(running_home, user=dsn.SUPERUSER)


def test_roles_are_neither_superusers_nor_bypassing(superuser):
    with connect(superuser) as connection:
        found = connection.execute(
            "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
            " WHERE rolname LIKE 'entremise%' ORDER BY 1"
        ).fetchall()

    assert found == [
        ("entremise_app", True, False, False, False),
        ("entremise_owner", True, False, False, False),
        ("entremise_statistics", True, False, False, False),
    ]


def test_owner_owns_the_database_and_its_schema(superuser):
    with connect(superuser) as connection:
        found = connection.execute(
            "SELECT pg_get_userbyid(datdba), (SELECT pg_get_userbyid(nspowner) FROM pg_namespace"
            " WHERE nspname = 'public') FROM pg_database WHERE datname = 'entremise'"
        ).fetchone()

    assert found == ("entremise_owner", "entremise_owner")


@pytest.mark.parametrize("user", [dsn.APPLICATION, dsn.STATISTICS])
@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE mine (id int)", "CREATE TEMPORARY TABLE mine (id int)", "SELECT * FROM secret"],
)
def test_readers_own_nothing_and_read_nothing_ungranted(running_home, user, statement):
    with connect(dsn.embedded(running_home, user=dsn.OWNER)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS secret (id int)")

    with (
        connect(dsn.embedded(running_home, user=user)) as connection,
        pytest.raises(
            (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
        ),
    ):
        connection.execute(statement)


def test_role_without_a_grant_cannot_even_connect(running_home, superuser):
    with connect(superuser) as connection:
        connection.execute("CREATE ROLE passer_by LOGIN")

    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        connect(dsn.embedded(running_home, user="passer_by"))


def test_roles_created_twice_change_nothing(running_home, superuser):
    for _ in range(2):
        roles.create_roles(
            superuser,
            owner=dsn.embedded(running_home, user=dsn.OWNER),
            application=dsn.embedded(running_home, user=dsn.APPLICATION),
            statistics=dsn.embedded(running_home, user=dsn.STATISTICS),
        )

    with connect(dsn.embedded(running_home, user=dsn.APPLICATION)) as connection:
        assert roles.is_prepared(connection)


def test_application_role_is_accepted(running_home):
    application = dsn.embedded(running_home, user=dsn.APPLICATION)

    roles.check_application(application)

    with connect(application) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (dsn.APPLICATION,)


def test_unsafe_application_roles_are_refused(running_home, superuser):
    with connect(superuser) as connection:
        for statement in (
            "CREATE ROLE bypassing LOGIN BYPASSRLS",
            "CREATE ROLE deputy LOGIN IN ROLE entremise_owner",
            "CREATE ROLE shopkeeper LOGIN",
            "GRANT CONNECT ON DATABASE entremise TO bypassing, shopkeeper",
            "CREATE SCHEMA shop",
            "CREATE TABLE shop.stock (id int)",
            "ALTER TABLE shop.stock OWNER TO shopkeeper",
        ):
            connection.execute(statement)
    reasons = {}

    for user in (dsn.SUPERUSER, dsn.OWNER, "bypassing", "deputy", "shopkeeper"):
        with pytest.raises(UnsafeRoleError) as refusal:
            roles.check_application(dsn.embedded(running_home, user=user))
        reasons[user] = str(refusal.value.values["reason"])

    assert [roles.DANGERS.index(reason) for reason in reasons.values()] == [0, 2, 1, 2, 3]


def test_database_of_an_operator_gets_their_names_and_hashed_passwords(superuser):
    wanted = {
        role: replace(superuser, name="network", user=f"network_{role}", password=f"word of {role}")
        for role in ("owner", "web")
    }

    roles.create_roles(superuser, owner=wanted["owner"], application=wanted["web"])

    roles.check_application(wanted["web"])
    with connect(replace(superuser, name="network")) as connection:
        hashed = connection.execute(
            "SELECT count(*) FROM pg_authid WHERE rolname LIKE 'network_%'"
            " AND rolpassword LIKE 'SCRAM-SHA-256$%'"
        ).fetchone()
    assert hashed == (2,)


def test_owner_as_application_is_refused_before_anything_is_created(superuser):
    owner = replace(superuser, name="never", user="never_owner")

    with pytest.raises(UnsafeRoleError):
        roles.create_roles(superuser, owner=owner, application=owner)

    with connect(superuser) as connection:
        found = connection.execute("SELECT count(*) FROM pg_roles WHERE rolname = 'never_owner'")
        assert found.fetchone() == (0,)
