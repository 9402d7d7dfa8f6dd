"""The page of a point d'accueil, and all that may be done to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import find_or_refuse, reads, writes
from entremise.foundation.access.rights import can
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.enums import Module, SiteKind, SiteState
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.errors import ModuleIsOff
from entremise.ground.network.forms import sites as forms
from entremise.ground.network.models import Site, Structure
from entremise.ground.network.operations import sites as operations
from entremise.ground.network.queries.opening import opening_of
from entremise.ground.network.views.asking import ask, posted


def _page_of(site: Site) -> str:
    return reverse("site", args=[site.pk])


@reads(May.READ_DIRECTORY)
def site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a place: where, when, how to reach it, and what one may change."""
    actor = actor_of(request)
    place = find_or_refuse(Site, actor, may=May.READ_DIRECTORY, pk=pk)
    context = {
        "site": place,
        "opening": opening_of(place, at=timezone.now()),
        "stops": place.stops.filter(valid_until=None)
        .select_related("commune")
        .order_by("position", "id"),
        "is_bus": place.kind == SiteKind.BUS,
        "mobile": Module.MOBILE in place.structure.modules,
        "is_alive": place.state != SiteState.CLOSED,
        "may_edit": can(actor, May.EDIT_SITE, place),
        "may_note_opening": can(actor, May.EDIT_OPENING, place),
        "may_move": can(actor, May.MOVE_SITE, place),
    }
    return render(request, "network/site.html", context)


@writes(May.EDIT_SITE)
def edit_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the directory says of a place."""
    place = find_or_refuse(Site, actor_of(request), may=May.EDIT_SITE, pk=pk)
    form = forms.SiteForm(posted(request), instance=place)
    return ask(
        request,
        form,
        lambda: operations.edit_site(
            form.save(commit=False), by=actor_of(request).user, at=timezone.now()
        ),
        said=_("La fiche du point d’accueil est à jour."),
        to=_page_of,
        template="network/site_form.html",
        heading=_("Modifier la fiche"),
        crumb=place,
        back=_page_of(place),
    )


@writes(May.OPEN_SITE)
def open_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a place to a structure."""
    structure = find_or_refuse(Structure, actor_of(request), may=May.OPEN_SITE, pk=pk)
    form = forms.SiteForm(posted(request), instance=Site(structure=structure))
    return ask(
        request,
        form,
        lambda: operations.open_site(
            form.save(commit=False), by=actor_of(request).user, at=timezone.now()
        ),
        said=_("Le point d’accueil est créé."),
        to=_page_of,
        template="network/site_form.html",
        heading=_("Nouveau point d’accueil"),
        crumb=structure,
        back=reverse("structure", args=[structure.pk]),
    )


@writes(May.EDIT_OPENING)
def note_opening_exception(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a closure or an extra opening."""
    place = find_or_refuse(Site, actor_of(request), may=May.EDIT_OPENING, pk=pk)
    form = forms.ExceptionForm(posted(request), initial={"day": actor_of(request).today})
    return ask(
        request,
        form,
        lambda: operations.note_opening_exception(
            place, **form.cleaned_data, by=actor_of(request).user, at=timezone.now()
        ),
        said=_("C’est noté, et visible sur la fiche."),
        to=lambda _noted: _page_of(place),
        heading=_("Fermeture ou ouverture exceptionnelle"),
        crumb=place,
        back=_page_of(place),
        label=_("Noter"),
        lead=_(
            "Par demi-journée, avec son motif. Une ouverture prend les horaires habituels "
            "de cette demi-journée, sinon 9 h – 12 h et 14 h – 17 h."
        ),
    )


@writes(May.EDIT_OPENING)
@require_POST
def remove_opening_exception(request: HttpRequest, pk: UUID, exception_pk: UUID) -> HttpResponse:
    """Take back a closure or an extra opening."""
    place = find_or_refuse(Site, actor_of(request), may=May.EDIT_OPENING, pk=pk)
    noted = get_object_or_404(place.opening_exceptions, pk=exception_pk)
    operations.remove_opening_exception(noted, by=actor_of(request).user, at=timezone.now())
    announce(request, _("Retiré."))
    return redirect(_page_of(place))


def _dated(
    request: HttpRequest, pk: UUID, may: May, operation: Callable[..., Site], **page: Any
) -> HttpResponse:
    place = find_or_refuse(Site, actor_of(request), may=may, pk=pk)
    form = forms.DatedForm(posted(request), initial={"on": actor_of(request).today})
    return ask(
        request,
        form,
        lambda: operation(
            place, on=form.cleaned_data["on"], by=actor_of(request).user, at=timezone.now()
        ),
        to=_page_of,
        crumb=place,
        back=_page_of(place),
        **page,
    )


@writes(May.EDIT_SITE)
def suspend_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend a place, after a confirmation."""
    return _dated(
        request,
        pk,
        May.EDIT_SITE,
        operations.suspend_site,
        said=_("Le point d’accueil est suspendu."),
        heading=_("Suspendre ce point d’accueil"),
        label=_("Suspendre"),
        lead=_("Il reste dans l’annuaire, avec la mention « suspendu », et peut rouvrir."),
    )


@writes(May.EDIT_SITE)
def reopen_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a suspended place back, after a confirmation."""
    return _dated(
        request,
        pk,
        May.EDIT_SITE,
        operations.reopen_site,
        said=_("Le point d’accueil est de nouveau en activité."),
        heading=_("Rouvrir ce point d’accueil"),
        label=_("Rouvrir"),
        lead=_("Il reprend ses horaires habituels."),
    )


@writes(May.MOVE_SITE)
def close_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a place for good, after a confirmation."""
    return _dated(
        request,
        pk,
        May.MOVE_SITE,
        operations.close_site,
        said=_("Le point d’accueil est fermé."),
        heading=_("Fermer ce point d’accueil"),
        label=_("Fermer définitivement"),
        tone="danger",
        lead=_(
            "Une fermeture est définitive. Les accueils enregistrés ici restent comptés, à "
            "leur date."
        ),
    )


@writes(May.MOVE_SITE)
def move_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tie a place to another structure, after a confirmation."""
    place = find_or_refuse(Site, actor_of(request), may=May.MOVE_SITE, pk=pk)
    form = forms.MoveForm(posted(request), site=place, initial={"on": actor_of(request).today})
    return ask(
        request,
        form,
        lambda: operations.move_site(
            place, **form.cleaned_data, by=actor_of(request).user, at=timezone.now()
        ),
        said=_("Le point d’accueil a changé de structure."),
        to=_page_of,
        heading=_("Rattacher à une autre structure"),
        crumb=place,
        back=_page_of(place),
        label=_("Rattacher"),
        lead=_(
            "Les personnes affectées à ce lieu le suivent. Les accueils déjà enregistrés "
            "gardent la structure de leur jour."
        ),
    )


@writes(May.MOVE_SITE)
def merge_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Merge a place into another, after a confirmation."""
    place = find_or_refuse(Site, actor_of(request), may=May.MOVE_SITE, pk=pk)
    form = forms.MergeForm(posted(request), site=place, initial={"on": actor_of(request).today})
    return ask(
        request,
        form,
        lambda: operations.merge_site(
            place, **form.cleaned_data, by=actor_of(request).user, at=timezone.now()
        ),
        said=_("Les deux points d’accueil n’en font plus qu’un."),
        to=lambda merged: _page_of(merged.merged_into),
        heading=_("Fusionner avec un autre point d’accueil"),
        crumb=place,
        back=_page_of(place),
        label=_("Fusionner"),
        tone="danger",
        lead=_(
            "Ce lieu ferme à cette date et son équipe rejoint l’autre. Ses accueils "
            "restent comptés ici, à leur date."
        ),
    )


@writes(May.EDIT_SITE)
def add_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a stop to the itinerary of a bus."""
    place = find_or_refuse(Site, actor_of(request), may=May.EDIT_SITE, pk=pk)
    if Module.MOBILE not in place.structure.modules:
        raise ModuleIsOff
    form = forms.StopForm(posted(request))
    return ask(
        request,
        form,
        lambda: operations.add_stop(
            place,
            label=form.cleaned_data["label"],
            commune=form.cleaned_data["commune"],
            opening_hours=form.cleaned_data["opening_hours"],
            by=actor_of(request).user,
            at=timezone.now(),
        ),
        said=_("L’arrêt est ajouté."),
        to=lambda _stop: _page_of(place),
        heading=_("Nouvel arrêt"),
        crumb=place,
        back=_page_of(place),
        label=_("Ajouter l’arrêt"),
    )


@writes(May.EDIT_SITE)
@require_POST
def remove_stop(request: HttpRequest, pk: UUID, stop_pk: UUID) -> HttpResponse:
    """End a stop."""
    place = find_or_refuse(Site, actor_of(request), may=May.EDIT_SITE, pk=pk)
    stop = get_object_or_404(place.stops.filter(valid_until=None), pk=stop_pk)
    operations.remove_stop(stop, by=actor_of(request).user, at=timezone.now())
    announce(request, _("L’arrêt ne fait plus partie de l’itinéraire."))
    return redirect(_page_of(place))


@writes(May.EDIT_SITE)
@require_POST
def raise_stop(request: HttpRequest, pk: UUID, stop_pk: UUID) -> HttpResponse:
    """Put a stop one place earlier."""
    place = find_or_refuse(Site, actor_of(request), may=May.EDIT_SITE, pk=pk)
    stop = get_object_or_404(place.stops.filter(valid_until=None), pk=stop_pk)
    operations.raise_stop(stop, by=actor_of(request).user, at=timezone.now())
    return redirect(_page_of(place))
