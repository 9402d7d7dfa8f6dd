"""The database connections, from the environment or from the embedded server's folders.

Computes only: starts nothing, connects to nothing.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from entremise.config.database.errors import MalformedUrlError, MissingUrlError
from entremise.config.database.locations import PORT, locate

DATABASE = "entremise"
SUPERUSER = "postgres"
OWNER = "entremise_owner"
APPLICATION = "entremise_app"
STATISTICS = "entremise_statistics"

# Alias of the connection -> variable of the operator's server, role of the embedded one.
# The journal of accesses writes on a connection of its own, as the same role.
ALIASES = {
    "default": ("DATABASE_URL", APPLICATION),
    "journal": ("DATABASE_URL", APPLICATION),
    "owner": ("DATABASE_OWNER_URL", OWNER),
    "statistics": ("DATABASE_STATISTICS_URL", STATISTICS),
}


@dataclass(frozen=True)
class Connection:
    """Where and as whom to connect; `host` is a machine or a socket's folder."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def parameters(self) -> dict[str, Any]:
        """Return the keyword arguments of `psycopg.connect`."""
        given = {
            "dbname": self.name,
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
        }
        return {**self.options, **{key: value for key, value in given.items() if value}}

    def url(self) -> str:
        """Return the connection as an address that `parse` and psql read; it shows the password."""
        account = quote(self.user, safe="") + (
            ":" + quote(self.password, safe="") if self.password else ""
        )
        options = dict(self.options)
        place = f"[{self.host}]" if ":" in self.host else self.host
        place += f":{self.port}"
        if self.host.startswith("/"):
            place, options = "", {"host": self.host, "port": str(self.port)} | options
        query = "?" + urlencode(options, safe="/") if options else ""
        return f"postgres://{account}@{place}/{quote(self.name, safe='')}{query}"


def is_external(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the operator brings their own server."""
    return bool(environ.get("DATABASE_URL"))


def parse(url: str, *, variable: str) -> Connection:
    """Read `postgres://user:password@host:port/name`, or a socket's folder in `?host=/path`.

    Raises MalformedUrlError naming the variable, never the address: it may hold a password.
    """
    try:
        parts = urlsplit(url.strip())
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        host = options.pop("host", "") or unquote(parts.hostname or "")
        port = int(options.pop("port", 0)) or parts.port or PORT
    except ValueError:
        raise MalformedUrlError(variable=variable) from None
    name = unquote(parts.path.removeprefix("/"))
    is_postgres = parts.scheme in {"postgres", "postgresql"}
    if not is_postgres or not name or "/" in name or not parts.username:
        raise MalformedUrlError(variable=variable)
    return Connection(
        host=host,
        port=port,
        name=name,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        options=options,
    )


def embedded(home: Path, *, user: str, name: str = DATABASE) -> Connection:
    """Return a connection to the embedded server of this state folder."""
    return Connection(host=str(locate(home).socket), port=PORT, name=name, user=user)


def connections(home: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Connection]:
    """Return the known connections by alias; an operator's server may lack owner and statistics."""
    if not is_external(environ):
        return {alias: embedded(home, user=role) for alias, (_, role) in ALIASES.items()}
    return {
        alias: parse(environ[variable], variable=variable)
        for alias, (variable, _) in ALIASES.items()
        if environ.get(variable)
    }


def required(alias: str, home: Path, environ: Mapping[str, str] = os.environ) -> Connection:
    """Return the connection that a command cannot do without.

    Raises MissingUrlError when the operator's environment does not give it.
    """
    found = connections(home, environ)
    if alias not in found:
        raise MissingUrlError(variable=ALIASES[alias][0])
    return found[alias]


def database_settings(
    home: Path, environ: Mapping[str, str] = os.environ
) -> dict[str, dict[str, object]]:
    """Return Django's DATABASES."""
    return {
        alias: {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": connection.host,
            "PORT": str(connection.port),
            "NAME": connection.name,
            "USER": connection.user,
            "PASSWORD": connection.password,
            "OPTIONS": dict(connection.options),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,  # the embedded server may have restarted meanwhile
        }
        for alias, connection in connections(home, environ).items()
    }
