"""Measure both importers through their real commands: rows a second, peak memory.

Each size is imported into the same database under a source of its own, then again: all unchanged.
The time of a command with one row is printed apart and taken away. `make bench` measures 10,000,
100,000 and 1,000,000 rows; other sizes may be named. A list of places is read whole, from 10 MB at
most: a million places are refused in a sentence, and how long that takes is measured.
"""

# ruff: noqa: PLC0415 -- a script: Django starts after the database

import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import _scene

SIZES = (10_000, 100_000, 1_000_000)
PLACES = 20
THEMES = ("facture d’énergie", "eau", "impôts", "retraite", "logement", "santé", "poste", "autre")
MAPPING = """
source = "banc-{size}"
id = ["n"]
[columns]
site = "lieu"
mediator = "agent"
day = "jour"
time = "heure"
theme = "motif"
operator = "organisme"
nature = "geste"
outcome = "issue"
sex = "sexe"
band = "tranche"
commune = "commune"
minutes = "duree"
[constants]
mode = "walk_in"
[values.sex]
F = "f"
H = "m"
[values.theme]
"logement" = "housing"
"santé" = "health"
"poste" = "post"
"retraite" = "pension"
"impôts" = "tax"
"""

LARGEST_FILE = 10 * 1024 * 1024
PLACES_MAPPING = """
source = "banc-lieux-{size}"
id = ["n"]
[columns]
name = "nom"
commune = "insee"
[constants]
kind = "fixed"
"""


def main(sizes: list[int]) -> int:
    """Keep the figures; return 0."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "entremise.config.settings"
    figures: dict[str, float] = {}
    with (
        _scene.own_database("entremise_bench_import_activities"),
        tempfile.TemporaryDirectory() as folder,
    ):
        _stage()
        for kind, write in (("activities", _acts), ("sites", _places)):
            start = _run(kind, *write(Path(folder), 1))[0]
            figures[f"{kind}_command_seconds"] = round(start, 2)
            for size in sizes:
                path, mapping = write(Path(folder), size)
                if kind == "sites" and path.stat().st_size > LARGEST_FILE:
                    refused = _run(kind, path, mapping, expected=1)[0]
                    figures[f"sites_{size}_refused_seconds"] = round(refused, 2)
                    continue
                for what in ("created", "unchanged"):
                    seconds, megabytes = _run(kind, path, mapping)
                    name = f"{kind}_{what}_{size}"
                    figures[f"{name}_rows_per_second"] = round(size / (seconds - start))
                    figures[f"{name}_peak_megabytes"] = megabytes
    _scene.keep("import", figures)
    return 0


def _run(kind: str, path: Path, mapping: Path, *, expected: int = 0) -> tuple[float, int]:
    """Return the seconds that the command took, and its peak memory in megabytes."""
    command = [sys.executable, "-m", "entremise.config.cli", f"import-{kind}", str(path)]
    start = time.perf_counter()
    process = subprocess.Popen([*command, "--mapping", str(mapping)], stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != expected:
        raise SystemExit("the import failed: nothing was measured")
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def _places(folder: Path, size: int) -> tuple[Path, Path]:
    """Write a list of this many places and its mapping."""
    path, mapping = folder / f"places-{size}.csv", folder / f"places-{size}.toml"
    mapping.write_text(PLACES_MAPPING.format(size=size), encoding="utf-8")
    with path.open("w", encoding="utf-8") as file:
        file.write("n;nom;insee\n")
        file.writelines(f"{rank};Point d’accueil {rank};69123\n" for rank in range(size))
    return path, mapping


def _acts(folder: Path, size: int) -> tuple[Path, Path]:
    """Write a file of this many acts, as a desk of two years would leave, and its mapping."""
    first, path, mapping = date(2024, 1, 2), folder / f"{size}.csv", folder / f"{size}.toml"
    mapping.write_text(MAPPING.format(size=size), encoding="utf-8")
    with path.open("w", encoding="utf-8") as file:
        names = "n;lieu;agent;jour;heure;motif;organisme;geste;issue;sexe;tranche;commune;duree"
        file.write(names + "\n")
        for rank in range(size):
            place = rank % PLACES
            day = first + timedelta(days=rank // PLACES % 700)
            theme, band = THEMES[rank % len(THEMES)], ("18-24", "25-39", "40-59")[rank % 3]
            file.write(
                f"{rank};Lieu {place};banc-{place};{day:%d/%m/%Y};{9 + rank % 8}:{rank % 60:02d};"
                f"{theme};EDF;informer;résolu;{'FH'[rank % 2]};{band};69123;{5 + rank % 50}\n"
            )
    return path, mapping


def _stage() -> None:
    """Found a network of a few places, each with its mediator."""
    from entremise.config import cli

    cli.prepare_database()
    from django.db import connections
    from django.utils import timezone

    from entremise.foundation.accounts.models import User
    from entremise.ground.network.enums import Role, SiteKind, Status
    from entremise.ground.network.models import Membership, Network, Site, Structure
    from entremise.ground.reference.models import Commune

    network = Network.objects.create(name="Banc", invented=True)
    structure = Structure.objects.create(
        network=network, code="banc", name="Banc", sort_name="banc", modules=["desk"]
    )
    for rank in range(PLACES):
        site = Site.objects.create(
            structure=structure, name=f"Lieu {rank}", sort_name=f"lieu {rank}",
            kind=SiteKind.FIXED, commune=Commune.objects.get(code="69123"),
            opening_hours="Mo-Sa 09:00-18:00; PH off",
        )  # fmt: skip
        user = User.objects.create_user(f"banc-{rank}")
        Membership.objects.create(
            user=user, role=Role.MEDIATOR, status=Status.MEDIATOR, structure=structure, site=site,
            starts_on=date(2024, 1, 1), invited_at=timezone.now(), invited_by=user,
        )  # fmt: skip
    connections.close_all()


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
