"""What every page shows around its subject: the rail, and who acts for which structure."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.rights import can
from entremise.foundation.accounts.queries import database_is_demo
from entremise.foundation.core import menus
from entremise.ground.network.duties import acting_place
from entremise.practice.activity.enums import ActivityPermission

DISCREET = "entremise_discreet"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the rail and the acting person; nothing is asked before a page uses it."""
    around = {
        "demo_notice": SimpleLazyObject(demo_notice),
        "discreet": bool(request.COOKIES.get(DISCREET)),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return around
    actor = actor_of(request)
    return around | {
        "rail": SimpleLazyObject(lambda: rail_for(actor, request)),
        "acting": SimpleLazyObject(lambda: acting_place(actor)),
        "counter": {
            "person": user,
            "may_change": can(actor, ActivityPermission.RECORD),
            "by_code": bool(user.short_code),
            "lock_minutes": settings.COUNTER_LOCK_MINUTES,
        },
    }


def demo_notice() -> str:
    """Return the sentence that says that everything here is invented; empty for real networks."""
    if not database_is_demo():
        return ""
    return _("Démonstration : tout est inventé, les personnes, les lieux et les chiffres.")


def rail_for(actor: Actor, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the sections of the rail, the current line marked by the longest matching address."""
    lines = [(entry, reverse(entry.route)) for entry in menus.entries_for(actor)]
    here = max(
        (url for _, url in lines if request.path == url or request.path.startswith(f"{url}/")),
        key=len,
        default="",
    )
    sections: dict[str, list[dict[str, Any]]] = {}
    for entry, url in lines:
        sections.setdefault(str(entry.section), []).append(
            {
                "label": entry.label,
                "url": url,
                "icon": entry.icon,
                "count": entry.count(actor) if entry.count else None,
                "current": url == here,
            }
        )
    return [{"title": title, "entries": entries} for title, entries in sections.items()]
