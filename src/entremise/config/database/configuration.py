"""The embedded server's configuration, written beside its data at each start.

The server reads these files and cannot change them.
"""

from pathlib import Path

from entremise.config.database.locations import PORT, Locations

# A small machine with one busy application. Durability stays whole. Neither statements nor the
# values of a refused row go to the log: they may name people.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "60",
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
}


def write_configuration(places: Locations) -> Path:
    """Write the three files; return the one to start the server with.

    Whoever reaches the socket is trusted: its folder lets in the server's account and root only.
    """
    access, identities = places.base / "pg_hba.conf", places.base / "pg_ident.conf"
    settings = SETTINGS | {
        "hba_file": str(access),
        "ident_file": str(identities),
        "unix_socket_directories": f'"{places.socket}"',
    }
    main = places.base / "postgresql.conf"
    _write_readable(access, "local all all trust\n")
    _write_readable(identities, "")
    _write_readable(main, "".join(f"{name} = {_quoted(v)}\n" for name, v in settings.items()))
    return main


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _write_readable(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    path.chmod(0o644)  # the folder is closed to others already
