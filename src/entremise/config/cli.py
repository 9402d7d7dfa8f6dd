"""The console script `entremise`: starts the database, migrates, then obeys one command."""

import os
import sys
from collections.abc import Sequence

from entremise.config.database import dsn, launcher, locations, roles
from entremise.config.database.errors import DatabaseRefusalError

# Commands that only look at the code need no database.
WITHOUT_DATABASE = {"makemigrations", "messages", "collectstatic", "check", "help", "documents"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, hyphens allowed in its name; return the exit code (1 on a refusal)."""
    words = list(sys.argv[1:] if arguments is None else arguments) or ["help"]
    words[0] = words[0].replace("-", "_") if not words[0].startswith("-") else words[0]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings")
    try:
        if words[0] not in WITHOUT_DATABASE and "--help" not in words:
            prepare_database(founding=words[0] == "init")
    except DatabaseRefusalError as refusal:
        print(refusal.message, file=sys.stderr)  # noqa: T201 -- the console is this door's screen
        return 1
    from django.core.management import (  # noqa: PLC0415 -- settings read the running database
        execute_from_command_line,
    )

    execute_from_command_line(["entremise", *words])
    return 0


def prepare_database(*, founding: bool = False) -> None:
    """Start the embedded server unless the operator brings one; migrate; grant; load the lists.

    On the operator's server, `init` creates what is missing when DATABASE_SUPERUSER_URL is given,
    and every command refuses an application role that row-level security would not hold. Raises
    DatabaseRefusalError with a French sentence when the database cannot be used.
    """
    home = locations.state_folder()
    application = launcher.ensure_running(home)
    if dsn.is_external():
        for alias in ("owner", "statistics"):
            dsn.required(alias, home)
        superuser = os.environ.get("DATABASE_SUPERUSER_URL")
        if founding and superuser:
            roles.create_roles(
                dsn.parse(superuser, variable="DATABASE_SUPERUSER_URL"),
                owner=dsn.required("owner", home),
                application=application,
                statistics=dsn.required("statistics", home),
            )
        roles.check_application(application)
    import django  # noqa: PLC0415 -- the settings need the running server's folders

    django.setup()
    from entremise.config.database import preparation  # noqa: PLC0415 -- needs Django's apps

    preparation.prepare()


if __name__ == "__main__":
    sys.exit(main())
