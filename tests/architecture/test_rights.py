"""Rights: every permission is granted and named, every page has its door."""

from importlib import import_module
from inspect import getmembers, isclass

import pytest
from django.apps import apps
from django.db.models import TextChoices
from django.urls import URLPattern, get_resolver
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from entremise.foundation.access import rights

# Pages before any right: signing in, one's own account, the language, the gallery of components.
WITHOUT_A_PERMISSION = {
    "front_door",
    "my_account",
    "sign_out_everywhere",
    "set_language",
    "gallery",
    "check_note",
    "lock",
    "unlock",
    "confirm_password",
    "still_here",
    "discreet_mode",
    "short_code",
}
SIGN_IN = "account_"


def permissions() -> list:
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("entremise.") and module_has_submodule(config.module, "enums"):
            for name, choices in getmembers(import_module(f"{config.name}.enums"), isclass):
                if name.endswith("Permission") and issubclass(choices, TextChoices):
                    found += list(choices)
    return found


def pages() -> list[URLPattern]:
    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern
            else:
                yield from walk(pattern.url_patterns)

    return list(walk(get_resolver().url_patterns))


def test_permissions_are_found():
    assert len(permissions()) >= 17


@pytest.mark.parametrize("permission", permissions(), ids=str)
def test_permission_is_granted_to_someone_and_named_in_french(permission):
    _named, ways = rights.table()[str(permission)]

    with override("fr"):
        sentences = [str(fact.sentence) for way in ways for fact in way]
        assert len(ways) > 0
        assert all(sentences)
        assert str(permission.label) not in {"", permission.value}


def test_no_way_is_granted_to_a_permission_that_is_not_declared():
    assert set(rights.table()) == {str(permission) for permission in permissions()}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name or str(page.pattern))
def test_page_is_behind_a_door_that_names_its_permission(page):
    is_open = page.name in WITHOUT_A_PERMISSION or page.name.startswith(SIGN_IN)

    assert hasattr(page.callback, "permission") is not is_open


def test_every_page_has_a_name_of_its_own():
    names = [page.name for page in pages()]

    assert None not in names
    assert len(names) == len(set(names))
