"""Bring a running database up to this version: tables, grants, national lists. Needs Django."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from entremise.foundation.access.grants import apply_grants
from entremise.foundation.accounts.queries import system_account
from entremise.foundation.vault.operations import make_master_key
from entremise.ground.reference.operations import load_national_lists, load_territory

LOCK = 7_206_515


def prepare(*, restored: bool = False) -> None:
    """Migrate, grant, make the master key, load what changed; two commands wait for each other.

    `restored` says that the tables were just brought back: they carry no grant at all.
    """
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            if restored or _migrations_wait():
                call_command("migrate", database="owner", verbosity=0, interactive=False)
            apply_grants(again=restored)
            make_master_key()
            load_lists()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def load_lists() -> None:
    """Load the national lists, and the communes when the build has put them there."""
    clerk = system_account("entremise")
    load_national_lists(by=clerk, at=timezone.now())
    territory = Path(settings.BUILD) / "data"
    if territory.is_dir():
        load_territory(territory, by=clerk, at=timezone.now())
