"""Lines of the rail that the desk adds."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import can
from entremise.foundation.core import menus, todos
from entremise.ground.network.enums import Module
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.queries import reviews

DAILY = _("Au quotidien")


def register() -> None:
    """Add the list of acts and the local tags."""
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=10,
            label=_("Accueils"),
            route="acts",
            icon="message-2",
            allowed=lambda actor: can(actor, May.READ),
        )
    )
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=14,
            label=_("Relecture"),
            route="reviews",
            icon="clipboard-check",
            allowed=lambda actor: can(actor, May.REVIEW),
        )
    )
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=14,
            label=_("Mois"),
            route="months",
            icon="calendar",
            allowed=lambda actor: can(actor, May.CLOSE_MONTH),
        )
    )
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=11,
            label=_("Une vague"),
            route="record_wave",
            icon="users-group",
            allowed=records_at_a_desk,
        )
    )
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=12,
            label=_("Mon activité"),
            route="my_activity",
            icon="chart-histogram",
            allowed=lambda actor: can(actor, May.SEE_OWN),
        )
    )
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=13,
            label=_("Feuille de pointage"),
            route="tally_sheet",
            icon="printer",
            allowed=records_at_a_desk,
        )
    )
    menus.register(
        menus.MenuEntry(
            section=DAILY,
            rank=15,
            label=_("Étiquettes locales"),
            route="local_tags",
            icon="flag",
            allowed=keeps_local_tags,
        )
    )
    todos.register(days_to_review)


def days_to_review(actor: Actor, day: date) -> Iterator[todos.ToDo]:
    """Yield how many days wait for the lead of a site, today left out, with the oldest one."""
    if not can(actor, May.REVIEW):
        return
    count, oldest = reviews.days_waiting(actor, day)
    if count:
        label = ngettext("%(n)s journée à relire", "%(n)s journées à relire", count)
        yield todos.ToDo(label % {"n": count}, reverse("reviews"), "clipboard-check", oldest)


def records_at_a_desk(actor: Any) -> bool:
    """True for who may record, in a structure that uses the desk."""
    return Module.DESK in actor.modules and can(actor, May.RECORD)


def keeps_local_tags(actor: Any) -> bool:
    """True for who may keep tags, in a structure that uses them."""
    return Module.LOCAL_TAGS in actor.modules and can(actor, May.MANAGE_TAGS)
