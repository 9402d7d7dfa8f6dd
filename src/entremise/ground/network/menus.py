"""Lines of the rail, and to-dos, that the network adds."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entremise.foundation.access.actors import Actor
from entremise.foundation.access.rights import can
from entremise.foundation.accounts.queries import database_is_demo
from entremise.foundation.core import menus, todos
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.queries import checklist, directory

ADMINISTRATION = _("Réseau")


def register() -> None:
    """Add the directory, the map, people, imports and the journal."""
    for rank, label, route, icon, permission in (
        (40, _("Points d’accueil"), "sites", "map-pin", May.READ_DIRECTORY),
        (41, _("Carte"), "map", "map", May.READ_DIRECTORY),
        (42, _("Structures"), "structures", "building-community", May.READ_DIRECTORY),
        (43, _("Personnes et rôles"), "members", "users", May.READ_MEMBERS),
        (44, _("Importer des lieux"), "site_imports", "table-import", May.IMPORT_SITES),
        (45, _("Journal"), "journal", "history", May.READ_JOURNAL),
    ):
        menus.register(
            menus.MenuEntry(
                section=ADMINISTRATION,
                rank=rank,
                label=label,
                route=route,
                icon=icon,
                allowed=partial(can, permission=permission),
            )
        )
    menus.register(
        menus.MenuEntry(
            section=ADMINISTRATION,
            rank=46,
            label=_("Courriels envoyés"),
            route="outbox",
            icon="mail",
            allowed=lambda actor: can(actor, May.READ_OUTBOX) and database_is_demo(),
        )
    )
    todos.register(first_steps_left)
    todos.register(sites_to_attach)


def first_steps_left(actor: Actor, day: date) -> Iterator[todos.ToDo]:
    """Yield the first steps that remain in the structures that the actor directs."""
    for structure, count in checklist.unfinished_of(actor, day):
        label = ngettext(
            "%(name)s : %(count)s premier pas à faire",
            "%(name)s : %(count)s premiers pas à faire",
            count,
        ) % {"name": structure, "count": count}
        yield todos.ToDo(label, reverse("checklist", args=[structure.pk]), "list-check")


def sites_to_attach(actor: Actor, _day: date) -> Iterator[todos.ToDo]:
    """Yield how many places wait for their structure, to whom attaches them."""
    count = directory.unattached_sites().count() if can(actor, May.MOVE_SITE) else 0
    if count:
        label = ngettext(
            "%(count)s point d’accueil à rattacher à sa structure",
            "%(count)s points d’accueil à rattacher à leur structure",
            count,
        ) % {"count": count}
        yield todos.ToDo(label, reverse("unattached_sites"), "map-pin")
