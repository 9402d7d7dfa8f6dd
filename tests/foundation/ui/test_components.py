"""The template tags: what they say, and what they never let through."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


@pytest.fixture(autouse=True)
def plain_french_page(settings):
    """Name static files without the manifest, which exists only once they are collected."""
    staticfiles = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": staticfiles}
    with translation.override("fr"):
        yield


def drawn(source, **context):
    template = Template("{% load ui %}{% load ui_forms %}" + source)
    return template.render(Context(context))


def test_icon_without_a_label_is_hidden_from_screen_readers():
    svg = drawn('{% icon "home" %}')

    assert 'aria-hidden="true"' in svg
    assert "entremise/icons.svg#home" in svg


def test_icon_with_a_label_says_it_and_escapes_it():
    svg = drawn("{% icon 'home' label=label %}", label='"<b>')

    assert 'role="img" aria-label="&quot;&lt;b&gt;"' in svg
    assert "aria-hidden" not in svg


@pytest.mark.parametrize(
    ("kind", "icon"), [("ok", "check"), ("warn", "alert-triangle"), ("bad", "x"), ("none", "minus")]
)
def test_status_has_a_mark_a_word_and_a_colour(kind, icon):
    span = drawn("{% status kind 'Conforme' %}", kind=kind)

    assert f'class="status {kind}"' in span
    assert f"icons.svg#{icon}" in span
    assert "Conforme" in span


def test_status_of_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        drawn("{% status 'green' 'Conforme' %}")


def test_panel_escapes_its_title_and_keeps_its_content():
    section = drawn("{% panel title %}<p>{{ text }}</p>{% endpanel %}", title="<b>", text="<i>")

    assert "<h2>&lt;b&gt;</h2>" in section
    assert "<p>&lt;i&gt;</p>" in section


def test_figure_groups_thousands():
    assert "1\u202f083\u202f412" in drawn("{% figure 'Activités' 1083412 %}")


def test_facts_show_a_dash_for_what_is_missing_and_keep_zero():
    listed = drawn("{% facts pairs %}", pairs=[("Site", ""), ("Étage", 0)])

    assert "<dd>–</dd>" in listed
    assert "<dd>0</dd>" in listed


def test_bars_have_a_name_and_a_table_twin():
    chart = drawn(
        "{% bars points label='Accueils par heure' head='Heure' unit='Accueils' %}",
        points=[("9 h", 3), ("10 h", 1200)],
    )

    assert 'role="img" aria-label="Accueils par heure"' in chart
    assert '<th scope="row">10 h</th><td class="num">1\u202f200</td>' in chart


def test_pagination_keeps_the_filters():
    request = RequestFactory().get("/accueils", {"theme": "energy", "page": "2"})
    page = Paginator(range(120), 25).get_page(2)

    nav = drawn("{% pagination page %}", request=request, page=page)

    assert 'href="?theme=energy&amp;page=3" rel="next"' in nav
    assert "26 à 50 sur 120" in nav
    assert nav.count("aria-current") == 1


def test_pagination_of_a_single_page_only_counts():
    request = RequestFactory().get("/accueils")
    page = Paginator(range(3), 25).get_page(1)

    nav = drawn("{% pagination page %}", request=request, page=page)

    assert "1 à 3 sur 3" in nav
    assert "<li>" not in nav


def test_toast_offers_to_undo_only_where_it_can():
    plain = drawn("{% toast 'Accueil enregistré.' %}")
    undoable = drawn("{% toast 'Accueil enregistré.' undo_url='/annuler' %}", csrf_token="secret")

    assert "<form" not in plain
    assert 'action="/annuler"' in undoable
    assert 'value="secret"' in undoable


def test_confirm_button_asks_its_question():
    form = drawn("{% confirm_button '/clore' 'Clore' question=question %}", question='"Clore" ?')

    assert 'method="post" action="/clore"' in form
    assert 'data-confirm="&quot;Clore&quot; ?"' in form


def test_map_asks_for_tiles_only_when_there_are_some():
    without = drawn("{% map_of '/points' 'Carte' %}")
    with_tiles = drawn("{% map_of '/points' 'Carte' tiles='/{z}/{x}/{y}.png' %}")

    assert "data-tiles" not in without
    assert 'data-tiles="/{z}/{x}/{y}.png"' in with_tiles
