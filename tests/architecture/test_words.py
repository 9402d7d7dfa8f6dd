"""Words: the glossary names every model, French is written as French is."""

import re

import pytest

from entremise.foundation.core.privacy import own_models
from entremise.foundation.ui import catalogue
from tests.architecture.house import PACKAGE, PROJECT

NO_BREAK = "\u00a0\u202f"
SOURCE = catalogue.extracted(PACKAGE)
MESSAGES = sorted(
    {form for message in SOURCE if message.id for form in catalogue.forms(message.id)}
)
FIVE_COUNTERS = ["activités", "passages", "demandes", "accompagnements", "bénéficiaires"]


def glossary_rows() -> list[list[str]]:
    lines = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if not set(row[0]) <= set("- ")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_glossary_names_every_model(model):
    assert f"`{model.__name__}`" in {name for row in glossary_rows() for name in row[1].split(", ")}


def test_glossary_says_three_things_of_each_term():
    assert [row for row in glossary_rows() if len(row) != 3 or not all(row)] == []


def test_glossary_gives_one_english_name_to_each_term():
    terms = [row[0] for row in glossary_rows() if row[0] != "French"]

    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("counter", FIVE_COUNTERS)
def test_glossary_defines_the_five_counters(counter):
    assert counter in {row[0] for row in glossary_rows()}


def test_french_text_uses_the_typographic_apostrophe():
    assert [text for text in MESSAGES if re.search(r"\w'\w", text)] == []


def test_french_text_keeps_its_signs_on_the_line():
    assert [text for text in MESSAGES if breaks_a_sign(text)] == []


@pytest.mark.parametrize(
    ("text", "is_broken"),
    [
        ("Fermer ?", True), ("Fermer\u00a0?", False), ("À voir : ici", True), ("a; b", True),
        ("« oui »", True), ("«\u00a0oui\u00a0»", False), ("16:15", False), ("?page=2", False),
    ],
)  # fmt: skip
def test_what_counts_as_a_sign_left_alone(text, is_broken):
    assert breaks_a_sign(text) is is_broken


def breaks_a_sign(text: str) -> bool:
    """True when « : ; ! ? » or a guillemet may be parted from its word by the end of a line."""
    sign = rf"[^{NO_BREAK}?!][;!?](?=\s|$)|[^{NO_BREAK}\d]:(?=\s|$)"
    guillemet = rf"«[^{NO_BREAK}]|[^{NO_BREAK}]»"
    return bool(re.search(f"{sign}|{guillemet}", text))
