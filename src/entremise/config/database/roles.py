"""The three roles, the database and its extensions.

The owner migrates, the application owns nothing and obeys row-level security, statistics reads
what it is granted. Grants on tables are generated elsewhere, after the migrations.
"""

from collections.abc import Iterable
from dataclasses import replace

import psycopg
from psycopg import sql

from entremise.config.database.binaries import EXTENSIONS, OLDEST
from entremise.config.database.dsn import Connection
from entremise.config.database.errors import (
    MissingExtensionError,
    ServerTooOldError,
    UnsafeRoleError,
    gettext_noop,
)

# Written as the database's comment when everything below is done; raise it to run again.
MARK = "Entremise: roles 1"

DANGERS = (
    gettext_noop("il est super-utilisateur, ou membre d’un rôle qui l’est"),
    gettext_noop(
        "il échappe aux règles de lecture par ligne, ou est membre d’un rôle qui y échappe"
    ),
    gettext_noop("il est propriétaire de la base, ou membre de son propriétaire"),
    gettext_noop("il est propriétaire de tables, ou membre de leur propriétaire"),
)
IN_DANGER = """
    SELECT EXISTS (SELECT FROM pg_roles s WHERE s.rolsuper
                   AND pg_has_role(r.oid, s.oid, 'MEMBER')),
           EXISTS (SELECT FROM pg_roles b WHERE b.rolbypassrls
                   AND pg_has_role(r.oid, b.oid, 'MEMBER')),
           EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database()
                   AND pg_has_role(r.oid, d.datdba, 'MEMBER')),
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                   AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
    FROM pg_roles r WHERE r.rolname = %s
"""


def create_roles(
    superuser: Connection,
    *,
    owner: Connection,
    application: Connection,
    statistics: Connection | None = None,
    owner_creates_databases: bool = False,
) -> None:
    """Create what is missing: roles with their passwords, the database, extensions, rights.

    `superuser` may point at any database of the server; `owner` names the one to create. Existing
    roles keep their password. `owner_creates_databases` is for tests. Raises UnsafeRoleError,
    ServerTooOldError, MissingExtensionError.
    """
    readers = [application, *([statistics] if statistics else [])]
    if owner.user in {reader.user for reader in readers}:
        raise UnsafeRoleError(role=owner.user, reason=DANGERS[2])
    with _connect(superuser) as connection:
        _refuse_old_server(connection)
        for login in (owner, *readers):
            _create_login(connection, login)
        if owner_creates_databases:
            _run(connection, "ALTER ROLE {} CREATEDB", sql.Identifier(owner.user))
        _create_database(connection, owner)
    with _connect(replace(superuser, name=owner.name)) as connection:
        prepare_database(connection, owner=owner.user, readers=[r.user for r in readers])
        if statistics:
            _run(
                connection,
                "ALTER ROLE {} SET default_transaction_read_only = on",
                sql.Identifier(statistics.user),
            )
        for reader in readers:
            _refuse_unsafe(connection, reader.user)
        _run(connection, "COMMENT ON DATABASE {} IS {}", sql.Identifier(owner.name), MARK)


def prepare_database(connection: psycopg.Connection, *, owner: str, readers: Iterable[str]) -> None:
    """Give the database to its owner, close it to everybody, let the readers in; repeatable.

    The connection is a superuser's, in the database to prepare.
    """
    database = sql.Identifier(connection.info.dbname)
    for extension in EXTENSIONS:
        try:
            _run(connection, "CREATE EXTENSION IF NOT EXISTS {}", sql.Identifier(extension))
        except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported):
            raise MissingExtensionError(extension=extension) from None
    _run(connection, "ALTER DATABASE {} OWNER TO {}", database, sql.Identifier(owner))
    _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    _run(connection, "ALTER SCHEMA public OWNER TO {}", sql.Identifier(owner))
    _run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for reader in readers:
        _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, sql.Identifier(reader))
        _run(connection, "GRANT USAGE ON SCHEMA public TO {}", sql.Identifier(reader))


def check_application(application: Connection) -> None:
    """Refuse a server that is too old, or an application role that row-level security ignores.

    Raises ServerTooOldError, UnsafeRoleError.
    """
    with _connect(application) as connection:
        _refuse_old_server(connection)
        _refuse_unsafe(connection, connection.info.user)


def is_prepared(connection: psycopg.Connection) -> bool:
    """Tell whether `create_roles` has finished on this database."""
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = current_database()"
    ).fetchone()
    return row == (MARK,)


def _connect(connection: Connection) -> psycopg.Connection:
    return psycopg.connect(**connection.parameters(), autocommit=True)


def _refuse_old_server(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST * 10_000:
        raise ServerTooOldError(found=connection.info.server_version // 10_000)


def _create_login(connection: psycopg.Connection, login: Connection) -> None:
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [login.user]).rowcount:
        return  # the operator's own role: checked later, never altered
    role = sql.Identifier(login.user)
    _run(connection, "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS", role)
    if login.password:
        # Hashed here, so that the server's logs never see the password.
        secret = connection.pgconn.encrypt_password(
            login.password.encode(), login.user.encode(), b"scram-sha-256"
        )
        _run(connection, "ALTER ROLE {} PASSWORD {}", role, secret.decode())


def _create_database(connection: psycopg.Connection, owner: Connection) -> None:
    if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [owner.name]).rowcount:
        _run(
            connection,
            "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0",
            sql.Identifier(owner.name),
            sql.Identifier(owner.user),
        )


def _refuse_unsafe(connection: psycopg.Connection, role: str) -> None:
    row = connection.execute(IN_DANGER, [role]).fetchone()
    for reason, is_so in zip(DANGERS, row or (), strict=False):
        if is_so:
            raise UnsafeRoleError(role=role, reason=reason)


def _run(connection: psycopg.Connection, statement: str, *values: sql.Composable | str) -> None:
    connection.execute(sql.SQL(statement).format(*values))
