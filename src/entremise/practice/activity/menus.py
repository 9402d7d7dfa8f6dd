"""Lines of the rail that the desk adds."""

from collections.abc import Callable, Iterator
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


def holds(permission: May) -> Callable[[Actor], bool]:
    """Return the question « may this person do it somewhere? »."""
    return lambda actor: can(actor, permission)


# Rank in the rail, label, route, icon, and who sees the line.
LINES: tuple[tuple[int, Any, str, str, Callable[[Actor], bool]], ...] = (
    (10, _("Accueils"), "acts", "message-2", holds(May.READ)),
    (11, _("Une vague"), "record_wave", "users-group", records_at_a_desk),
    (12, _("Mon activité"), "my_activity", "chart-histogram", holds(May.SEE_OWN)),
    (13, _("Feuille de pointage"), "tally_sheet", "printer", records_at_a_desk),
    (14, _("Relecture"), "reviews", "clipboard-check", holds(May.REVIEW)),
    (14, _("Mois"), "months", "calendar", holds(May.CLOSE_MONTH)),
    (15, _("Étiquettes locales"), "local_tags", "flag", keeps_local_tags),
)


def register() -> None:
    """Add the lines of the rail and what awaits the lead, at start-up."""
    for rank, label, route, icon, allowed in LINES:
        menus.register(
            menus.MenuEntry(
                section=DAILY, rank=rank, label=label, route=route, icon=icon, allowed=allowed
            )
        )
    todos.register(days_to_review)
