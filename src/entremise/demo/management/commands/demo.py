"""Load the demo network, then serve it: demo [--sites 68 --months 12 --seed 1 --until DATE …]."""

import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from entremise.demo.accounts import SHORT_CODE, DemoAccount, demo_accounts, write_file
from entremise.demo.loading import Loaded, Report, bring_demo
from entremise.foundation.access.errors import Refusal
from entremise.foundation.core.french import thousands
from entremise.foundation.core.periods import day_in_paris
from entremise.ground.network.enums import Role

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Load what is missing, print the accounts, and become the server unless told not to."""

    help = "Load an invented network on an empty or demo database, then serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sites", type=int, help="points d'accueil (68)")
        parser.add_argument("--months", type=int, help="months of acts (12)")
        parser.add_argument("--seed", type=int, help="seed of the draws (1)")
        parser.add_argument("--until", type=date.fromisoformat, help="last day (yesterday)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="write the accounts and stop")
        parser.add_argument("--fresh", action="store_true", help="replace the demo data")

    def handle(self, *, port: int, no_serve: bool, fresh: bool, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout))
        asked = {
            name: options[name]
            for name in ("sites", "months", "seed", "until")
            if options[name] is not None
        }
        now = timezone.now()
        started = time.monotonic()
        try:
            with _progress(console) as report:
                loaded = bring_demo(
                    asked,
                    yesterday=day_in_paris(now) - timedelta(days=1),
                    fresh=fresh,
                    at=now,
                    report=report,
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        _print_counts(console, loaded, time.monotonic() - started)
        accounts = demo_accounts(loaded.plan)
        path = write_file(settings.HOME, accounts)
        if no_serve:
            console.print(
                _("Comptes de démonstration : %(path)s") % {"path": path}, highlight=False
            )
            return
        _print_accounts(console, accounts, f"http://{HOST}:{port}")
        _serve(port)


@contextmanager
def _progress(console: Console) -> Iterator[Report]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total or None)

        yield report


def _print_counts(console: Console, loaded: Loaded, seconds: float) -> None:
    sites = sum(len(structure.sites) for structure in loaded.plan)
    counts: dict[str, Any] = {"structures": len(loaded.plan), "sites": sites}
    if not loaded.rows:
        console.print(
            _("Réseau inventé déjà chargé : %(structures)d structures, %(sites)d points d’accueil.")
            % counts,
            highlight=False,
        )
        return
    counts |= {
        "versions": thousands(loaded.rows["activity_activity"]),
        "requests": thousands(loaded.rows["activity_request"]),
        "seconds": f"{seconds:.1f}".replace(".", ","),
    }
    console.print(
        _(
            "Réseau inventé chargé en %(seconds)s s : %(structures)d structures, "
            "%(sites)d points d’accueil, %(versions)s actes et %(requests)s demandes."
        )
        % counts,
        highlight=False,
    )


def _print_accounts(console: Console, accounts: list[DemoAccount], address: str) -> None:
    table = Table(title=address, title_style="bold", title_justify="left")
    for heading in (_("rôle"), _("compte"), _("mot de passe"), _("structure")):
        table.add_column(heading, overflow="fold")
    for account in accounts:
        table.add_row(
            str(Role(account.role).label), account.username, account.password, account.structure
        )
    console.print(table)
    console.print(_("Code court de chacun, au poste partagé : %(code)s") % {"code": SHORT_CODE})


def _serve(port: int) -> None:
    """Become the server: two workers of one thread, the fastest measured on two cores."""
    connections.close_all()
    sys.stdout.flush()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    sizes = ["--port", str(port), "--workers", "2", "--blocking-threads", "1"]
    application = "entremise.config.wsgi:application"
    os.execv(sys.executable, [*server, *sizes, application])  # noqa: S606 -- our own interpreter
