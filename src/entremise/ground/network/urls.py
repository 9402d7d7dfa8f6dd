"""Addresses of the network: directory, map, structures, people, imports."""

from django.urls import path

from entremise.ground.network.views import (
    acting,
    checklist,
    directory,
    imports,
    journal,
    map,
    members,
    outbox,
    sites,
    structures,
)

SITE = "points-d-accueil/<uuid:pk>"
STRUCTURE = "structures/<uuid:pk>"
MEMBER = "personnes/<uuid:pk>"

urlpatterns = [
    path("points-d-accueil", directory.sites, name="sites"),
    path("points-d-accueil/a-rattacher", directory.unattached_sites, name="unattached_sites"),
    path(SITE, sites.site, name="site"),
    path(f"{SITE}/modifier", sites.edit_site, name="edit_site"),
    path(f"{SITE}/exceptions", sites.note_opening_exception, name="note_opening_exception"),
    path(
        f"{SITE}/exceptions/<uuid:exception_pk>/retirer",
        sites.remove_opening_exception,
        name="remove_opening_exception",
    ),
    path(f"{SITE}/suspendre", sites.suspend_site, name="suspend_site"),
    path(f"{SITE}/rouvrir", sites.reopen_site, name="reopen_site"),
    path(f"{SITE}/fermer", sites.close_site, name="close_site"),
    path(f"{SITE}/rattacher", sites.move_site, name="move_site"),
    path(f"{SITE}/fusionner", sites.merge_site, name="merge_site"),
    path(f"{SITE}/arrets", sites.add_stop, name="add_stop"),
    path(f"{SITE}/arrets/<uuid:stop_pk>/retirer", sites.remove_stop, name="remove_stop"),
    path(f"{SITE}/arrets/<uuid:stop_pk>/monter", sites.raise_stop, name="raise_stop"),
    path("carte", map.network_map, name="map"),
    path("carte/points", map.map_points, name="map_points"),
    path("carte/contours", map.map_outlines, name="map_outlines"),
    path("structures", structures.structures, name="structures"),
    path("structures/nouvelle", structures.open_structure, name="open_structure"),
    path(STRUCTURE, structures.structure, name="structure"),
    path(f"{STRUCTURE}/modifier", structures.edit_structure, name="edit_structure"),
    path(f"{STRUCTURE}/modules", structures.structure_modules, name="structure_modules"),
    path(f"{STRUCTURE}/points-d-accueil/nouveau", sites.open_site, name="open_site"),
    path(f"{STRUCTURE}/premiers-pas", checklist.first_steps, name="checklist"),
    path(f"{STRUCTURE}/premiers-pas/<slug:step>", checklist.tick_step, name="tick_step"),
    path("personnes", members.members, name="members"),
    path("personnes/inviter", members.invite_member, name="invite_member"),
    path(MEMBER, members.member, name="member"),
    path(f"{MEMBER}/terminer", members.end_membership, name="end_membership"),
    path(f"{MEMBER}/suspendre", members.suspend_membership, name="suspend_membership"),
    path(f"{MEMBER}/reprendre", members.resume_membership, name="resume_membership"),
    path("imports/lieux", imports.site_imports, name="site_imports"),
    path("imports/lieux/<uuid:pk>", imports.site_import, name="site_import"),
    path(
        "imports/lieux/<uuid:pk>/confirmer",
        imports.confirm_site_import,
        name="confirm_site_import",
    ),
    path("imports/lieux/<uuid:pk>/annuler", imports.undo_site_import, name="undo_site_import"),
    path("journal", journal.decisions, name="journal"),
    path("courriels", outbox.messages_sent, name="outbox"),
    path("roles", members.roles, name="roles"),
    path("structure-active", acting.switch_structure, name="switch_structure"),
]
