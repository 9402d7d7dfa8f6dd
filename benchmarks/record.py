"""Measure the recording of a visit beside its floor: same server, session, middleware, disk.

Floor: signed-in session, CSRF, the transaction with its row-level settings, a ModelForm and one
INSERT into a table with two indexes. The record writes an act, its request and participants, its
journal entry and its link, behind the policies. Five alternated runs, medians (decisions 28).
"""

# ruff: noqa: PLC0415 -- a script: Django starts after the database

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path
from statistics import median
from uuid import uuid4

import _scene

RUNS, VISITS = 5, 60
PASSWORD = "une mesure de banc 42"  # noqa: S105 -- of an account that lives as long as the run


class NoFollow(urllib.request.HTTPRedirectHandler):
    """Stop at the redirection: the answer to a record is the redirection itself."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Follow nothing."""


def main() -> int:
    """Keep the figures; return 0."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "floor.settings"
    folder = str(Path(__file__).parent)
    os.environ["PYTHONPATH"] = folder
    sys.path.insert(0, folder)
    with _scene.own_database("entremise_bench_record"):
        site, member, user = _stage()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
             "--workers", "2", "--log-level", "error", "entremise.config.wsgi:application"],
        )  # fmt: skip
        try:
            figures = _measure(f"http://127.0.0.1:{port}", site, member, user)
        finally:
            server.terminate()
            server.wait(timeout=20)
    _scene.keep("record", figures)
    return 0


def _stage() -> tuple[str, str, str]:
    """Found a network of one place with one mediator; return their identifiers."""
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
    user = User.objects.create_user("banc", password=PASSWORD)
    member = Membership.objects.create(
        user=user, role=Role.MEDIATOR, status=Status.MEDIATOR, structure=structure, site=site,
        starts_on=date(2026, 1, 1), invited_at=timezone.now(), invited_by=user,
    )  # fmt: skip
    connections.close_all()
    return str(site.pk), str(member.pk), str(user.pk)


def _measure(base: str, site: str, member: str, user: str) -> dict[str, float]:
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies), NoFollow)
    page = _open_when_ready(browser, f"{base}/compte/ouvrir")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    signing = {"csrfmiddlewaretoken": token[1] if token else "", "login": "banc"}
    _post(browser, f"{base}/compte/ouvrir", base, signing | {"password": PASSWORD})
    csrf = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    today = time.strftime("%Y-%m-%d")
    floor = {"csrfmiddlewaretoken": csrf, "day": today, "theme": "energy-bill", "minutes": "15"}
    visit = {
        "csrfmiddlewaretoken": csrf, "site": site, "signed_as": user, "mediator": member,
        "kind": "reception", "mode": "walk_in", "day": today, "start": "00:00", "requests": "1",
        "r0-theme": "energy-bill", "r0-operator": "edf", "r0-nature": "inform",
        "r0-outcome": "resolved", "r0-frame": "mediation", "p0-sex": "f", "p0-band": "40-59",
        "minutes": "15",
    }  # fmt: skip

    def time_of(address: str, fields: dict[str, str]) -> float:
        spent = []
        for _ in range(VISITS):
            start = time.perf_counter()
            code = _post(browser, f"{base}{address}", base, fields | {"act": str(uuid4())})
            spent.append((time.perf_counter() - start) * 1000)
            if code != 302:
                raise SystemExit(f"{address} answered {code}: nothing was measured")
        return median(spent)

    time_of("/floor", floor), time_of("/aujourdhui/enregistrer", visit)
    runs = [
        (time_of("/floor", floor), time_of("/aujourdhui/enregistrer", visit)) for _ in range(RUNS)
    ]
    on_the_floor, ours = median(f for f, _ in runs), median(o for _, o in runs)
    return {
        "floor_ms": round(on_the_floor, 2),
        "record_ms": round(ours, 2),
        "times_the_floor": round(ours / on_the_floor, 2),
        "visits": RUNS * VISITS,
        "fsync": 1,
        "synchronous_commit": 1,
    }


def _open_when_ready(browser: urllib.request.OpenerDirector, url: str) -> str:
    for _ in range(100):
        try:
            return str(browser.open(url, timeout=10).read().decode())
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server never answered")


def _post(
    browser: urllib.request.OpenerDirector, url: str, base: str, fields: dict[str, str]
) -> int:
    request = urllib.request.Request(  # noqa: S310 -- our own server on this machine
        url, urllib.parse.urlencode(fields).encode(), {"Referer": f"{base}/"}
    )
    try:
        return int(browser.open(request, timeout=20).status)
    except urllib.error.HTTPError as answer:
        return answer.code


if __name__ == "__main__":
    sys.exit(main())
