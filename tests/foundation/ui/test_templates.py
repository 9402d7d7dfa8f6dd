"""Every template of the house: no inline style, handler or script; error pages stand alone."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

import entremise
from entremise.foundation.ui.views import gallery

TEMPLATES = sorted(Path(entremise.__file__).parent.rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*="),
    "style element": re.compile(r"<style[\s>]"),
    "inline handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on\S*)\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "javascript address": re.compile(r"javascript:"),
}


@pytest.fixture
def plain_static_files(settings):
    """Name static files without the manifest, which exists only once they are collected."""
    staticfiles = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": staticfiles}


def refusals(source):
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(source)]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "style element"),
        ('<a onclick="go()">', "inline handler"),
        ('<a hx-on:click="go()">', "inline handler"),
        ("<script>go()</script>", "inline script"),
        ('<a href="javascript:go()">', "javascript address"),
    ],
)
def test_a_template_with_something_inline_would_be_refused(source, name):
    assert refusals(source) == [name]


def test_no_template_has_anything_inline():
    found = {str(path): refusals(path.read_text()) for path in TEMPLATES}

    assert len(found) > 30
    assert {path: names for path, names in found.items() if names} == {}


def test_french_of_the_templates_has_typographic_apostrophes_and_spaces():
    sentences = re.compile(r"\{% (?:translate|blocktranslate[^%]*%\}) ?\"?([^\"{%]*)")
    wrong = re.compile(r"\w'\w|(?<=\w) [:;!?»]|« ")
    folder = Path(__file__).parents[3] / "src/entremise/foundation/ui/templates"
    found = {
        (path.name, sentence)
        for path in folder.rglob("*.html")
        for sentence in sentences.findall(path.read_text())
        if wrong.search(sentence)
    }

    assert found == set()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_page_stands_without_any_context(name, plain_static_files):
    page = render_to_string(f"{name}.html")

    assert '<html lang="' in page
    assert 'class="form-actions"' in page
    assert "csrfmiddlewaretoken" not in page


def test_forbidden_page_says_why(plain_static_files):
    page = render_to_string("403.html", {"exception": "Seule la direction clôt un mois."})

    assert "Seule la direction clôt un mois." in page


@pytest.mark.django_db
def test_gallery_shows_every_component(plain_static_files):
    request = RequestFactory().get(reverse("gallery"))
    request.user = None

    page = gallery(request).content.decode()

    shown = ["chip", "stepper", "status ok", "figure", "chart", "shares", "matrix", "table-cards"]
    shown += ["pages", "filters", "facts", "empty", "toast", "error-summary", "feed", "notice bad"]
    assert [name for name in shown if f'class="{name}' not in page and f" {name}" not in page] == []
