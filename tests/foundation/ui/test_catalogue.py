"""The catalogue of messages: what is extracted, what is kept, what is amiss."""

import pytest
from babel.messages.catalog import Catalog

from entremise.foundation.ui import catalogue

MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext
first = _("Un seul"
          " message")
second = ngettext("%(n)d lieu", "%(n)d lieux", 3)
"""
PAGE = """
  <p>{% translate "Dans la page" %}</p>
      <a title="{{ name|default:_("sans nom") }}">
  {% blocktranslate count n=lines %}{{ n }} ligne{% plural %}{{ n }} lignes{% endblocktranslate %}
"""


@pytest.fixture
def source(tmp_path) -> Catalog:
    package = tmp_path / "house"
    (package / "templates").mkdir(parents=True)
    (package / "module.py").write_text(MODULE, encoding="utf-8")
    (package / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    return catalogue.extracted(package)


def kept(*messages, **added) -> Catalog:
    catalog = Catalog(locale="en")
    for text, translation in messages:
        catalog.add(text, translation, **added)
    return catalog


ALL = [
    ("Un seul message", "One message"),
    (("%(n)d lieu", "%(n)d lieux"), ("%(n)d place", "%(n)d places")),
    ("Dans la page", "In the page"),
    ("sans nom", "unnamed"),
    (("%(n)s ligne", "%(n)s lignes"), ("%(n)s line", "%(n)s lines")),
]


def test_messages_come_from_modules_and_templates(source):
    assert {message.id for message in source if message.id} == {text for text, _ in ALL}
    assert source.get("Dans la page").locations == [("house/templates/page.html", 1)]


def test_update_keeps_translations_and_drops_the_obsolete(source, tmp_path):
    before = kept(("Un seul message", "One message"), ("Parti", "Gone"))
    path = tmp_path / "en" / "django.po"

    catalogue.write(catalogue.updated(source, before), path)
    after = catalogue.read(path)

    assert after.get("Un seul message").string == "One message"
    assert after.get("sans nom").string == ""
    assert after.get("Parti") is None
    assert "#: house/module.py\n" in path.read_text()


def test_update_made_twice_writes_the_same_file(source, tmp_path):
    path = tmp_path / "django.po"
    catalogue.write(catalogue.updated(source, kept(*ALL)), path)
    once = path.read_bytes()

    catalogue.write(catalogue.updated(source, catalogue.read(path)), path)

    assert path.read_bytes() == once


def test_complete_catalogue_has_no_problem(source):
    assert list(catalogue.problems(source, kept(*ALL))) == []


@pytest.mark.parametrize(
    ("rank", "translation", "said"),
    [
        (0, "", "without translation: 'Un seul message' (house/module.py)"),
        (1, ("%(n)d place", ""), "without translation: '%(n)d lieu' (house/module.py)"),
        (1, ("one place", "places"), "other placeholders: '%(n)d lieu' (house/module.py)"),
        (0, "One %(x)s", "other placeholders: 'Un seul message' (house/module.py)"),
    ],
)
def test_message_amiss_is_told(source, rank, translation, said):
    messages = [*ALL[:rank], (ALL[rank][0], translation), *ALL[rank + 1 :]]

    assert list(catalogue.problems(source, kept(*messages))) == [said]


def test_singular_may_leave_its_number_out(source):
    messages = [ALL[0], (ALL[1][0], ("one place", "%(n)d places")), *ALL[2:]]

    assert list(catalogue.problems(source, kept(*messages))) == []


def test_missing_superfluous_and_fuzzy_messages_are_told(source):
    before = kept(*ALL[1:4], ("Parti", "Gone"))
    before.add(*ALL[4], flags=["fuzzy"])

    assert sorted(catalogue.problems(source, before)) == [
        "fuzzy: '%(n)s ligne' (house/templates/page.html)",
        "missing from the catalogue: 'Un seul message' (house/module.py)",
        "no longer used: 'Parti' ()",
    ]


def test_zero_is_singular_in_the_french_that_is_compiled(source, tmp_path):
    from gettext import GNUTranslations

    path = tmp_path / "fr" / "django.mo"
    catalogue.compile_to(catalogue.french_plurals(source), path)
    with path.open("rb") as file:
        french = GNUTranslations(file)

    said = [french.ngettext("%(n)d lieu", "%(n)d lieux", n) for n in (0, 1, 2)]

    assert said == ["%(n)d lieu", "%(n)d lieu", "%(n)d lieux"]
