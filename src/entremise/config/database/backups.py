"""Save the whole database to one file and bring it back, with PostgreSQL's own tools."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg

from entremise.config.database import binaries, dsn, locations
from entremise.config.database.account import server_account
from entremise.config.database.dsn import Connection
from entremise.config.database.errors import (
    BackupExistsError,
    BackupMissingError,
    NetworkThereError,
    ToolRefusedError,
    ToolsMissingError,
)

# What the owner made in the schema; extensions belong to another account and stay.
EMPTY = """
DO $$ DECLARE thing text; BEGIN
    FOR thing IN SELECT format('TABLE %I', tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tableowner = current_user
    LOOP EXECUTE 'DROP ' || thing || ' CASCADE'; END LOOP;
    FOR thing IN SELECT 'FUNCTION ' || oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user
    LOOP EXECUTE 'DROP ' || thing || ' CASCADE'; END LOOP;
END $$;
"""
NOT_OURS = (" EXTENSION ", " SCHEMA ")


def save(home: Path, target: Path) -> None:
    """Write a backup of the database to a new file, readable by its owner alone.

    Raises BackupExistsError, ToolsMissingError, ToolRefusedError.
    """
    if target.exists():
        raise BackupExistsError(file=target)
    partial = target.with_name(f"{target.name}.partial")
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with partial.open("wb") as file:
            arguments = ["--format=custom", "--enable-row-security"]
            _run(home, "pg_dump", *arguments, output=file.fileno())
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)


def bring_back(home: Path, source: Path, *, replace: bool) -> None:
    """Restore a backup in one transaction: everything, or the database stays as it was.

    Raises BackupMissingError, NetworkThereError when the database holds a network and `replace`
    was not asked, ToolsMissingError, ToolRefusedError.
    """
    if not source.is_file() or source.open("rb").read(5) != b"PGDMP":
        raise BackupMissingError(file=source)
    if not replace and _holds_a_network(dsn.required("owner", home)):
        raise NetworkThereError
    listing = _run(home, "pg_restore", "--list", str(source)).decode()
    kept = home / f"restore-{os.getpid()}.list"
    script = kept.with_suffix(".sql")
    try:
        lines = [
            line for line in listing.splitlines() if not any(word in line for word in NOT_OURS)
        ]
        kept.write_text("\n".join(lines))
        os.close(os.open(script, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with script.open("wb") as file:
            file.write(EMPTY.encode())
            file.flush()
            _run(
                home, "pg_restore", "--no-owner", "--no-privileges", f"--use-list={kept}",
                "--file=-", str(source), output=file.fileno(),
            )  # fmt: skip
        _run(
            home, "psql", "--quiet", "--no-psqlrc", "--single-transaction",
            "--set=ON_ERROR_STOP=1", f"--file={script}",
        )  # fmt: skip
    finally:
        kept.unlink(missing_ok=True)
        script.unlink(missing_ok=True)


def _holds_a_network(owner: Connection) -> bool:
    with psycopg.connect(**owner.parameters(), autocommit=True) as connection:
        there = connection.execute("SELECT to_regclass('network_network') IS NOT NULL").fetchone()
        if not there or not there[0]:
            return False
        row = connection.execute("SELECT EXISTS (SELECT FROM network_network)").fetchone()
        return bool(row and row[0])


def _run(home: Path, program: str, *arguments: str, output: int = subprocess.PIPE) -> bytes:
    owner = dsn.required("owner", home)
    folder, environment = _tools(home, program)
    environment |= {
        "PGHOST": owner.host,
        "PGPORT": str(owner.port),
        "PGUSER": owner.user,
        "PGPASSWORD": owner.password,
        "PGDATABASE": owner.name,
    }
    done = subprocess.run(
        [str(folder / program), *arguments],
        env=environment,
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise ToolRefusedError(program=program, reason=done.stderr.decode().strip()[-300:])
    return done.stdout or b""


def _tools(home: Path, program: str) -> tuple[Path, dict[str, str]]:
    found = shutil.which(program)
    folder, environment = (Path(found).parent if found else None), dict(os.environ)
    if not dsn.is_external():
        chosen = binaries.choose(locations.locate(home), server_account())
        if (chosen.folder / program).exists():
            folder, environment = chosen.folder, environment | chosen.environment()
    if folder is None:
        raise ToolsMissingError(program=program)
    return folder, environment
