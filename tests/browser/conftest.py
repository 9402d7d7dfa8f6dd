"""A real server over a real database, a real Chromium, and someone from the cast before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from entremise.config.database import dsn
from tests.cast import PASSWORD, Cast, build_cast

# Playwright's loop runs in this thread; the tests' own queries are as synchronous as before.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
PICTURES = Path(os.environ.get("PICTURES", "build/pictures"))
SIZES = {"desktop": {"width": 1440, "height": 1000}, "phone": {"width": 390, "height": 844}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


def _address(alias: str) -> str:
    known = connections[alias].settings_dict
    return dsn.Connection(
        host=known["HOST"], port=int(known["PORT"]), name=known["NAME"], user=known["USER"]
    ).url()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """Serve the product as in production, on the database of the tests."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": _address("default"),
        "DATABASE_OWNER_URL": _address("owner"),
        "DATABASE_STATISTICS_URL": _address("statistics"),
        "LOG_LEVEL": "ERROR",
    }
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--log-level", "warning",
        "entremise.config.wsgi:application",
    ]  # fmt: skip
    running = subprocess.Popen(command, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, running)
        yield url
    finally:
        running.terminate()
        running.wait(timeout=20)


def _wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if running.poll() is not None:
            raise RuntimeError("the server stopped before it answered")
        try:
            urlopen(f"{url}/compte/ouvrir", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server never answered")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open the system's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "install the package chromium: the journeys run in a real browser"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield opened
        opened.close()


@pytest.fixture
def stage(transactional_owner: None) -> Iterator[Cast]:
    """Build the cast for real, with a password each; the test itself sees every structure."""
    cast = build_cast(PASSWORD)
    every = ",".join(str(structure.pk) for structure in cast.structures.values())
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('entremise.structures', %s, false)", [every])
        yield cast
        cursor.execute("SELECT set_config('entremise.structures', '', false)")


@pytest.fixture
def open_page(server: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page signed in to an account, at a size, in a language."""
    contexts = []

    def opened(
        account: str,
        password: str,
        *,
        size: str = "desktop",
        language: str = "fr",
        script: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport=SIZES[size], base_url=server, locale="fr-FR", java_script_enabled=script,
            has_touch=size == "phone",
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "django_language", "value": language, "url": server}])
        page = context.new_page()
        page.goto("/compte/ouvrir")
        page.fill("[name=login]", account)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/compte/ouvrir" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def visit(open_page: Callable[..., Page], stage: Cast) -> Callable[..., Page]:
    """Return a function that opens a page signed in as a member of the cast."""
    return lambda who, **how: open_page(who, PASSWORD, **how)


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Return a function that keeps a picture of a page, for the README and for our eyes."""

    def taken(page: Page, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")

    return taken
