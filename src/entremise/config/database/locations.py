"""Where the embedded PostgreSQL keeps its folders, computed from the state folder alone.

Reads the file system but creates nothing, so that settings may ask before the server runs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PORT = 5432  # only names the socket file: the embedded server never listens on TCP

# Root cannot run PostgreSQL, and the account that runs it may not reach the project
# (a 0700 parent is enough): everything then lives under the first of these that suits.
SHARED_FOLDERS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 -- ownership is checked

# A socket's path must fit in sockaddr_un: 107 bytes on Linux, 103 elsewhere.
LONGEST_SOCKET_PATH = 103


@dataclass(frozen=True)
class Locations:
    """The folders of one embedded server; `link` is always `<home>/postgres`."""

    home: Path
    link: Path
    base: Path
    data: Path
    socket: Path
    log: Path


def state_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the state folder: ENTREMISE_HOME, else `var` in the current folder."""
    return Path(environ.get("ENTREMISE_HOME") or "var").absolute().resolve()


def locate(home: Path) -> Locations:
    """Return the folders of this state folder's server, for the current account."""
    home = home.resolve()
    link = home / "postgres"
    base = _base_folder(home, link)
    return Locations(
        home=home,
        link=link,
        base=base,
        data=base / "data",
        socket=_socket_folder(home, base),
        log=home / "log" / "postgresql.log",
    )


def _base_folder(home: Path, link: Path) -> Path:
    if os.geteuid() != 0:
        return link
    if link.is_symlink():
        return link.parent / os.readlink(link)
    if link.exists():  # a real folder belongs to somebody: the launcher will refuse it
        return link
    suitable = (folder for folder in SHARED_FOLDERS if _everyone_may_cross(folder))
    return next(suitable, SHARED_FOLDERS[0]) / f"entremise-{_digest(home)}"


def _everyone_may_cross(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and all(
        place.stat().st_mode & 0o001 for place in (folder, *folder.parents)
    )


def _socket_folder(home: Path, base: Path) -> Path:
    folder = base / "socket"
    path = str(folder / f".s.PGSQL.{PORT}")
    # libpq separates hosts, and the server folders, with commas.
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and not set(path) & {",", '"', "\\"}:
        return folder
    return Path(f"/tmp/entremise-{os.geteuid()}-{_digest(home)}")  # noqa: S108 -- ownership is checked


def _digest(home: Path) -> str:
    return sha256(os.fsencode(home)).hexdigest()[:12]
