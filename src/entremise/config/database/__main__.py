"""For developers: `python -m entremise.config.database start|stop|status|url`."""

import sys

from entremise.config.database import dsn, launcher
from entremise.config.database.errors import DatabaseRefusalError
from entremise.config.database.locations import state_folder


def main(arguments: list[str]) -> int:
    """Obey one word; return the exit code (2 when the word is unknown, 1 on a refusal)."""
    words = {"start": _start, "stop": _stop, "status": _status, "url": _url}
    if len(arguments) != 1 or arguments[0] not in words:
        sys.stderr.write(f"usage : python -m entremise.config.database {'|'.join(words)}\n")
        return 2
    try:
        sys.stdout.write(words[arguments[0]]() + "\n")
    except DatabaseRefusalError as refusal:
        sys.stderr.write(refusal.message + "\n")
        return 1
    return 0


def _start() -> str:
    return launcher.ensure_running(state_folder()).url()


def _stop() -> str:
    return "arrêté" if launcher.stop(state_folder()) else "déjà arrêté"


def _status() -> str:
    found = launcher.status(state_folder())
    state = f"en marche, processus {found.pid}" if found.pid else "arrêté"
    version = f"PostgreSQL {found.major}" if found.major else "base pas encore créée"
    return f"{state} ({version}, {found.locations.base})"


def _url() -> str:
    known = dsn.connections(state_folder())
    return "\n".join(f"{alias}: {connection.url()}" for alias, connection in known.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
