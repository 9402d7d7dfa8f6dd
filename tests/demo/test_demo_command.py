"""The command: accounts one can sign in with, and a file for programs."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from entremise.demo.loading import Loaded
from entremise.foundation.accounts.models import User
from entremise.ground.network.enums import Role
from entremise.ground.network.models import Network


def _command(**options: Any) -> str:
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()


def test_accounts_file_has_one_account_a_role(demo: Loaded, settings: Any, tmp_path: Path):
    settings.HOME = tmp_path

    out = _command()

    accounts = json.loads((tmp_path / "demo-accounts.json").read_text(encoding="utf-8"))
    assert "8 structures" in out
    assert {account["role"] for account in accounts} == set(Role.values)
    assert {tuple(account) for account in accounts} == {
        ("role", "username", "password", "structure", "short_code")
    }
    for account in accounts:
        user = User.objects.get(username=account["username"])
        assert user.check_password(account["password"])
        assert check_password(account["short_code"], user.short_code)
        assert user.demo_only
        assert user.memberships.filter(role=account["role"]).exists()


def test_mediator_of_two_structures_holds_both(demo: Loaded):
    held = User.objects.get(username="deux-structures").memberships

    assert set(held.values_list("structure__name", flat=True)) == {
        "La Passerelle de Valbrune",
        "La Navette des Trois-Larzes",
    }


def test_teams_of_the_demo_cannot_sign_in(demo: Loaded):
    team = User.objects.filter(username__startswith="equipe-")

    assert team.exists()
    assert not team.filter(is_active=True).exists()
    assert not any(person.has_usable_password() for person in team)


def test_demo_account_opens_the_demo_by_its_password(demo: Loaded):
    client = Client()

    answer = client.post(
        reverse("account_login"), {"login": "mediation", "password": "demo-entremise-68"}
    )

    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_command_on_a_network_of_its_own_says_why_it_refuses(empty_database: Callable[[], None]):
    empty_database()
    Network.objects.create(name="Un vrai réseau")

    with pytest.raises(CommandError, match="n’est pas celui de la démonstration"):
        _command()
