"""What the waves and the sheets of a desk share: where one may record, and for which account."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor
from entremise.foundation.core.identifiers import random_id
from entremise.ground.network.enums import Module
from entremise.ground.network.models import Site
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import DeskIsOff
from entremise.practice.activity.queries import day as days


def desk_places(actor: Actor, wanted: str) -> tuple[list[Site], Site]:
    """Return the sites where this person may record, and the one wanted or the first.

    Raises DeskIsOff when the desk is used in none of them.
    """
    sites = [s for s in days.desk_sites(actor, May.RECORD) if Module.DESK in s.structure.modules]
    if not sites:
        raise DeskIsOff
    return sites, next((site for site in sites if str(site.pk) == wanted), sites[0])


def signed_again(posted: QueryDict, site: Site, actor: Actor) -> QueryDict | None:
    """Return what was posted under the account and the site of now when the screen was opened
    under others; None when they agree.
    """
    if posted.get("signed_as") == str(actor.user.pk) and posted.get("site") == str(site.pk):
        return None
    corrected = posted.copy()
    corrected["signed_as"], corrected["site"] = str(actor.user.pk), str(site.pk)
    return corrected


def closure_sentence() -> str:
    """Say that something was recorded on site on a day when the doors are closed."""
    return _(
        "Ce point d’accueil est noté fermé ce jour-là : vérifiez le jour, le mode ou les horaires."
    )


def another_account_sentence() -> str:
    """Say that the screen was opened under another account or for another structure."""
    return _(
        "Cet écran a été ouvert sous un autre compte ou pour une autre structure. Vérifiez qui"
        " reçoit et où, puis enregistrez à nouveau : rien n’est perdu."
    )


def with_fresh_identifier(form: forms.Form, sentence: str) -> None:
    """Let a form whose identifier already holds something else be sent again as a new one."""
    data: Any = form.data
    posted = data.copy()
    posted["act"] = str(random_id())
    form.data = posted
    form.add_error(None, sentence)
