"""Measure the recording of a visit beside its floor: same server, session, middleware, disk.

Floor: signed-in session, CSRF, the transaction with its row-level settings, a ModelForm and one
INSERT into a table with two indexes. The record writes an act, its request and participants, its
journal entry and its link, behind the policies. Eight desks post at once; five alternated runs,
medians (decisions 28).
"""

# ruff: noqa: PLC0415 -- a script: Django starts after the database

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from itertools import chain
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

import _scene

RUNS, CONNECTIONS, VISITS = 5, 8, 40
PASSWORD = "une mesure de banc 42"  # noqa: S105 -- of an account that lives as long as the run


# An ordinary visit: a favourite, a cell of the grid, an outcome.
VISIT = {
    "kind": "reception", "mode": "walk_in", "start": "00:00", "requests": "1",
    "r0-theme": "energy-bill", "r0-operator": "edf", "r0-nature": "inform",
    "r0-outcome": "resolved", "r0-frame": "mediation", "p0-cell": "f:40-59", "p0-count": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """The place of the bench and its mediators, one a connection."""

    site: str
    users: list[str]
    members: list[str]


class Desk:
    """A browser signed in as one mediator, on one connection kept open."""

    def __init__(self, base: str, stage: Stage, rank: int) -> None:
        self.cookies: dict[str, str] = {}
        self.address = base.removeprefix("http://")
        self.connection = http.client.HTTPConnection(self.address, timeout=20)
        page = self._open_when_ready()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        signing = {"login": f"banc-{rank}", "password": PASSWORD}
        self._send("/compte/ouvrir", signing | {"csrfmiddlewaretoken": token[1] if token else ""})
        today = time.strftime("%Y-%m-%d")
        signed = {"csrfmiddlewaretoken": self.cookies["csrftoken"], "day": today, "minutes": "15"}
        self.fields = {
            "/floor": signed | {"theme": "energy-bill"},
            "/aujourdhui/enregistrer": signed
            | VISIT
            | {"site": stage.site, "signed_as": stage.users[rank], "mediator": stage.members[rank]},
        }

    def post_many(self, address: str) -> list[float]:
        """Post visits one after the other; return what each waited, in seconds."""
        spent = []
        for _ in range(VISITS):
            fields = self.fields[address] | {"act": str(uuid4())}
            start = time.perf_counter()
            status, _page = self._send(address, fields)
            spent.append(time.perf_counter() - start)
            self.cookies.pop("messages", None)  # the page that follows shows and forgets it
            if status != 302:
                raise SystemExit(f"{address} answered {status}: nothing was measured")
        return spent

    def _open_when_ready(self) -> str:
        for _ in range(100):
            try:
                return self._send("/compte/ouvrir")[1]
            except OSError:
                self.connection.close()
                time.sleep(0.1)
        raise SystemExit("the server never answered")

    def _send(self, address: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Referer": f"http://{self.address}/"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if fields is None else urlencode(fields)
        self.connection.request("GET" if body is None else "POST", address, body, headers)
        answer = self.connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or ():
            for name, told in SimpleCookie(header).items():
                self.cookies[name] = told.value
        return answer.status, answer.read().decode()


def main() -> int:
    """Keep the figures; return 0."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "floor.settings"
    folder = str(Path(__file__).parent)
    os.environ["PYTHONPATH"] = folder
    sys.path.insert(0, folder)
    with _scene.own_database("entremise_bench_record"):
        stage = _stage()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
             "--workers", "2", "--log-level", "error", "entremise.config.wsgi:application"],
        )  # fmt: skip
        try:
            figures = _measure(f"http://127.0.0.1:{port}", stage)
        finally:
            server.terminate()
            server.wait(timeout=20)
    _scene.keep("record", figures)
    return 0


def _stage() -> Stage:
    """Found a network of one place with a mediator for each connection."""
    from entremise.config import cli

    cli.prepare_database()
    from django.db import connections
    from django.utils import timezone
    from floor.models import FloorVisit

    from entremise.foundation.access.grants import apply_grants
    from entremise.foundation.accounts.models import User
    from entremise.ground.network.enums import Role, SiteKind, Status
    from entremise.ground.network.models import Membership, Network, Site, Structure
    from entremise.ground.reference.models import Commune

    with connections["owner"].schema_editor() as editor:
        editor.create_model(FloorVisit)
    apply_grants()
    with connections["default"].cursor() as cursor:
        for setting in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone() != ("on",):
                raise SystemExit(f"{setting} is off: the figures would not be honest")
    network = Network.objects.create(name="Banc", invented=True)
    structure = Structure.objects.create(
        network=network, code="banc", name="Banc", sort_name="banc", modules=["desk"]
    )
    site = Site.objects.create(
        structure=structure, name="Banc", sort_name="banc", kind=SiteKind.FIXED,
        commune=Commune.objects.get(code="69123"),
    )  # fmt: skip
    users, members = [], []
    for rank in range(CONNECTIONS):
        user = User.objects.create_user(f"banc-{rank}", password=PASSWORD)
        member = Membership.objects.create(
            user=user, role=Role.MEDIATOR, status=Status.MEDIATOR, structure=structure, site=site,
            starts_on=date(2026, 1, 1), invited_at=timezone.now(), invited_by=user,
        )  # fmt: skip
        users.append(str(user.pk))
        members.append(str(member.pk))
    connections.close_all()
    return Stage(str(site.pk), users, members)


def _measure(base: str, stage: Stage) -> dict[str, float]:
    desks = [Desk(base, stage, rank) for rank in range(CONNECTIONS)]
    floor, record = [], []
    for run in range(-1, RUNS):  # the first one warms up and is thrown away
        for address, kept in (("/floor", floor), ("/aujourdhui/enregistrer", record)):
            measured = _load(desks, address)
            if run >= 0:
                kept.append(measured)
    figures = {}
    for name, kept in (("floor", floor), ("record", record)):
        for rank, what in enumerate(("per_second", "p50_ms", "p95_ms", "p99_ms")):
            figures[f"{name}_{what}"] = round(median(run[rank] for run in kept), 2)
    ratio = figures["record_per_second"] / figures["floor_per_second"]
    return figures | {
        "throughput_ratio": round(ratio, 3),
        "connections": CONNECTIONS,
        "visits": RUNS * CONNECTIONS * VISITS,
        "fsync": 1,
        "synchronous_commit": 1,
    }


def _load(desks: list[Desk], address: str) -> tuple[float, float, float, float]:
    """Return visits per second, then the median, 95th and 99th percentiles in milliseconds."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(desks)) as threads:
        spent = sorted(chain(*threads.map(lambda desk: desk.post_many(address), desks)))
    elapsed = time.perf_counter() - start
    ranks = (int(len(spent) * share) for share in (0.5, 0.95, 0.99))
    return len(spent) / elapsed, *(spent[rank] * 1000 for rank in ranks)


if __name__ == "__main__":
    sys.exit(main())
