"""Templates are quiet: used, translated, one load a line, and nothing inline."""

import re
from pathlib import Path

import allauth
import pytest
from django.template.base import Lexer, TokenType

from tests.architecture.house import PACKAGE, templates

TEMPLATES = templates()
PAGES = {name: file for name, file in TEMPLATES.items() if name.endswith(".html")}
# Called by Django itself, by the status of the answer.
BY_STATUS = {"400.html", "403.html", "404.html", "500.html"}
ALLAUTH = Path(allauth.__file__).parent / "templates"
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|javascript:", re.IGNORECASE
)
LOAD = re.compile(r"{%\s*load\s+(.+?)\s*%}")
SHOWN_ATTRIBUTE = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
# Names, the same in every language.
NAMES = re.compile(r"Entremise|English|Français|France services|SIRET|RNA|Ctrl|DOCTYPE html")


def untranslated(source: str) -> list[str]:
    """Return the words that a page shows and no tag translates."""
    shown, inside_translation = "", False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            if token.contents.startswith("blocktranslate"):
                inside_translation = True
            inside_translation = inside_translation and token.contents != "endblocktranslate"
        elif token.token_type == TokenType.TEXT and not inside_translation:
            shown += token.contents
    attributes = " ".join(SHOWN_ATTRIBUTE.findall(shown))
    text = re.sub(r"<!--.*?-->|<svg.*?</svg>|<[^>]*>|&\w+;", " ", shown, flags=re.DOTALL)
    text = re.sub(r"[\w-]+=(\"[^\"]*\"|'[^']*')", " ", text)
    return WORD.findall(NAMES.sub(" ", f"{text} {attributes}"))


def loads_are_sorted_one_a_line(source: str) -> bool:
    loads = LOAD.findall(source)
    return loads == sorted(loads) and all(" " not in load for load in loads)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Bonjour</p>", ["Bonjour"]),
        ('<p title="Oui">{% translate "Bonjour" %}</p>', ["Oui"]),
        ('<a aria-label="Fermer">{{ name }}</a>', ["Fermer"]),
        ("{% blocktranslate %}Bonjour{% endblocktranslate %} Entremise", []),
    ],
)
def test_what_counts_as_untranslated(source, words):
    assert untranslated(source) == words


@pytest.mark.parametrize(
    ("source", "is_inline"),
    [
        ("<script>x()</script>", True), ('<script type="module" src="/a.js"></script>', False),
        ('<p style="color:red">', True), ('<a onclick="x()">', True), ("<p>on=1</p>", False),
    ],
)  # fmt: skip
def test_what_counts_as_inline(source, is_inline):
    assert bool(INLINE.search(source)) is is_inline


def test_every_template_is_called_by_its_name():
    files = [*PACKAGE.rglob("*.py"), *TEMPLATES.values()]
    calls = "\n".join(file.read_text(encoding="utf-8") for file in files)

    unused = {
        name
        for name in TEMPLATES
        if name not in BY_STATUS and f'"{name}"' not in calls and not (ALLAUTH / name).exists()
    }

    assert unused - {"429.html"} == set()


def test_page_of_a_throttled_sign_in_is_the_one_that_allauth_calls():
    called = (ALLAUTH.parent / "core" / "internal" / "ratelimit.py").read_text()

    assert 'f"429.{' in called
    assert "429.html" in TEMPLATES


@pytest.mark.parametrize("name", PAGES)
def test_page_holds_no_inline_script_style_or_handler(name):
    assert INLINE.findall(PAGES[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_loads_its_libraries_sorted_one_a_line(name):
    assert loads_are_sorted_one_a_line(TEMPLATES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_shows_no_word_that_is_not_translated(name):
    assert untranslated(TEMPLATES[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_draws_only_icons_of_the_sprite(name):
    sprite = PACKAGE.parent.parent / "frontend" / "icons.txt"
    drawn = re.findall(r"(?:{% icon |icon_name=)\"([a-z-]+)\"", TEMPLATES[name].read_text("utf-8"))

    assert set(drawn) <= set(sprite.read_text().split())
