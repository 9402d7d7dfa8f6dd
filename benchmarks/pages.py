"""Measure every page on the demo year: time at the server, compressed weight; the network's year.

A server and a PostgreSQL of its own, in a folder thrown away after, so that « cold » is a database
that has just started. The network's year is compared, in the same run, with the same counters
asked straight from the versions. HTML weighs what the proxy of deploy/ sends (gzip), the rest what
the server sends.
"""

# ruff: noqa: PLC0415 -- a script: Django starts after the database

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import _scene

UNTIL = date(2026, 11, 22)
TIMES = 15
YEAR = f"?period=dates&since={UNTIL - timedelta(days=364)}&until={UNTIL}"
PASSWORD = "demo-entremise-68"  # noqa: S105 -- of the demo, printed on every screen
# Account → pages that a role lives in; {site}, {structure}, {act}, {day} and {month} are found.
PAGES = {
    "mediation": [
        "/aujourdhui", "/aujourdhui/vague", "/feuille", "/feuille/saisir", "/mon-activite",
        "/accueils", "/accueils{year}", "/accueils{year}&theme=energy-bill",
        "/accueils/{act}", "/accueils/{act}/corriger", "/chiffres/france-services", "/compte/",
        "/points-d-accueil", "/points-d-accueil/{site}", "/carte",
    ],
    "responsable": [
        "/aujourdhui", "/relecture", "/relecture/{site}/{day}", "/chiffres", "/chiffres{year}",
        "/etiquettes",
    ],
    "direction": [
        "/aujourdhui", "/mois", "/mois/{month}", "/chiffres", "/chiffres{year}", "/personnes",
    ],
    "siege": ["/aujourdhui", "/structures", "/chiffres", "/chiffres{year}", "/journal", "/carte"],
}  # fmt: skip
SUMS = """
    SELECT count(*), sum(passage_count), sum(request_count), sum(accompaniment_count)
    FROM activity_activity WHERE superseded_on IS NULL AND day BETWEEN %s AND %s
"""


class Visitor:
    """Someone signed in, on one connection kept open."""

    def __init__(self, port: int, username: str) -> None:
        self.cookies: dict[str, str] = {}
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        page = self.get("/compte/ouvrir")[1].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields = {"login": username, "password": PASSWORD}
        self._send("/compte/ouvrir", fields | {"csrfmiddlewaretoken": token[1] if token else ""})

    def get(self, address: str) -> tuple[float, bytes]:
        """Return how long a page took, in milliseconds, and the page."""
        start = time.perf_counter()
        status, page = self._send(address)
        spent = (time.perf_counter() - start) * 1000
        if status != 200:
            raise SystemExit(f"{address} answered {status}: nothing was measured")
        return spent, page

    def _send(self, address: str, fields: dict[str, str] | None = None) -> tuple[int, bytes]:
        headers = {"Referer": f"http://127.0.0.1:{self.port}/"}
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(fields) if fields else None
        self.connection.request("POST" if body else "GET", address, body, headers)
        answer = self.connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or ():
            for name, told in SimpleCookie(header).items():
                self.cookies[name] = told.value
        return answer.status, answer.read()


def main() -> int:
    """Keep the figures; return 0."""
    results = _scene.results_folder()
    folder = Path(tempfile.mkdtemp(prefix="entremise-pages-"))
    os.environ["ENTREMISE_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings")
    try:
        figures = _measure(folder)
    finally:
        from entremise.config.database import launcher

        launcher.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)
    _scene.keep("pages", figures, folder=results)
    return 0


def _measure(folder: Path) -> dict[str, float]:
    from entremise.config import cli
    from entremise.config.database import launcher

    cli.prepare_database()
    from django.db import connections
    from django.utils import timezone

    from entremise.demo.loading import bring_demo

    bring_demo({}, yesterday=UNTIL, fresh=False, at=timezone.now(), report=lambda *_told: None)
    found = _found()
    connections.close_all()
    launcher.stop(folder)
    launcher.ensure_running(folder)
    figures: dict[str, float] = {"network_year_figures_cold_ms": _cold_figures()}
    launcher.stop(folder)
    launcher.ensure_running(folder)
    with _served() as port:
        head = Visitor(port, "siege")
        head.get("/aujourdhui")  # the server itself is warm; the database has just started
        cold, _page = head.get(f"/chiffres{YEAR}")
        figures["network_year_cold_ms"] = round(cold, 1)
        figures["network_year_warm_ms"] = round(_time_of(head, f"/chiffres{YEAR}"), 1)
        figures["network_year_from_versions_ms"] = _from_versions()
        connections.close_all()
        slowest, heaviest = 0.0, 0.0
        for username, pages in PAGES.items():
            visitor = Visitor(port, username)
            for page in pages:
                address = page.format_map(found)
                spent = _time_of(visitor, address)
                weight = len(gzip.compress(visitor.get(address)[1], 6)) / 1000
                figures[f"{username} {page} ms"] = round(spent, 1)
                figures[f"{username} {page} kB after"] = round(weight, 1)
                slowest, heaviest = max(slowest, spent), max(heaviest, weight)
        figures |= {"slowest_page_ms": round(slowest, 1), "heaviest_kB_after": round(heaviest, 1)}
        figures |= _first_visits(port, found)
    return figures


def _found() -> dict[str, str]:
    """Return the addresses of one thing of each kind, in the structure of the demo accounts."""
    from entremise.foundation.access.actors import acting_as
    from entremise.ground.network.duties import resolve_actor
    from entremise.ground.network.models import Membership
    from entremise.practice.activity.models import Activity, MonthClosing

    member = Membership.objects.select_related("user").get(user__username="mediation")
    with acting_as(resolve_actor(member.user)):
        mine = Activity.objects.current().filter(mediator=member, entry="direct")
        act = mine.filter(reviewed_on=None).order_by("-day", "id").first() or mine.first()
        waiting = Activity.objects.current().filter(site=member.site_id, reviewed_on=None)
        unread = waiting.order_by("day").values_list("day", flat=True).first()
        closing = MonthClosing.objects.filter(structure=member.structure_id).first()
    if not (act and unread and closing):
        raise SystemExit("the demo lacks an act, a day to review or a closed month")
    return {
        "site": str(member.site_id),
        "act": str(act.act),
        "day": unread.isoformat(),
        "month": f"{closing.month:%Y-%m}",
        "year": YEAR,
    }


def _cold_figures() -> float:
    """Return how long the network's year takes on a database that has just started."""
    from django.db import connections

    from entremise.foundation.core.periods import Period
    from entremise.insight.statistics import facts
    from entremise.insight.statistics.engine import Scope

    with connections["statistics"].cursor() as cursor:
        cursor.execute("SELECT 1")
    start = time.perf_counter()
    facts.figures(Scope(), Period(UNTIL - timedelta(days=364), UNTIL + timedelta(days=1)))
    spent = (time.perf_counter() - start) * 1000
    connections.close_all()
    return round(spent, 1)


def _from_versions() -> float:
    from django.db import connections

    spent = []
    for _ in range(5):
        start = time.perf_counter()
        with connections["statistics"].cursor() as cursor:
            cursor.execute(SUMS, [UNTIL - timedelta(days=364), UNTIL])
            cursor.fetchone()
        spent.append((time.perf_counter() - start) * 1000)
    return round(median(spent), 1)


def _time_of(visitor: Visitor, address: str) -> float:
    for _ in range(3):
        visitor.get(address)
    return median(visitor.get(address)[0] for _ in range(TIMES))


@contextmanager
def _served() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    workers = ["--workers", "1", "--log-level", "error", "entremise.config.wsgi:application"]
    server = subprocess.Popen([*command, *workers])
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _first_visits(port: int, found: dict[str, str]) -> dict[str, float]:
    """Return what a first visit downloads, with an empty cache, in kilobytes."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((seen for name in names if (seen := shutil.which(name))), None)
    visits = {"mediation": ["/aujourdhui", "/accueils"], "siege": ["/chiffres{year}", "/carte"]}
    figures = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for username, pages in visits.items():
            visitor = Visitor(port, username)
            for page in pages:
                context = browser.new_context()
                context.add_cookies(
                    [
                        {"name": k, "value": v, "url": f"http://127.0.0.1:{port}"}
                        for k, v in visitor.cookies.items()
                    ]
                )
                opened = context.new_page()
                weights: list[float] = []
                opened.on("response", lambda answer, kept=weights: kept.append(_weight(answer)))
                opened.goto(f"http://127.0.0.1:{port}{page.format_map(found)}")
                opened.wait_for_load_state("networkidle")
                figures[f"{username} {page} kB first"] = round(sum(weights) / 1000, 1)
                context.close()
        browser.close()
    return figures


def _weight(answer: object) -> float:
    request = answer.request  # type: ignore[attr-defined]
    if request.resource_type == "document":
        return float(len(gzip.compress(answer.body(), 6)))  # type: ignore[attr-defined]
    return float(request.sizes()["responseBodySize"])


if __name__ == "__main__":
    sys.exit(main())
