"""Structures: the list, the page, their description, their modules."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import find_or_refuse, reads, writes
from entremise.foundation.access.rights import can
from entremise.ground.network.enums import Module
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.forms.filters import StructureFilters
from entremise.ground.network.forms.structures import ModulesForm, StructureForm
from entremise.ground.network.models import Structure
from entremise.ground.network.operations import structures as operations
from entremise.ground.network.queries import checklist, directory
from entremise.ground.network.views.asking import ask, posted
from entremise.ground.network.views.directory import PAGE_SIZE


def _page_of(structure: Structure) -> str:
    return reverse("structure", args=[structure.pk])


@reads(May.READ_DIRECTORY)
def structures(request: HttpRequest) -> HttpResponse:
    """List the employing structures."""
    actor = actor_of(request)
    filters = StructureFilters(request.GET)
    found = directory.structures_found(actor, filters.text())
    context = {
        "filters": filters,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_open": can(actor, May.OPEN_STRUCTURE),
    }
    return render(request, "network/structures.html", context)


@reads(May.READ_DIRECTORY)
def structure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a structure, its places and, to whom holds it, its first steps."""
    actor = actor_of(request)
    seen = checklist.with_progress(Structure.objects.visible_to(actor), actor.today)
    employer = get_object_or_404(seen, pk=pk)
    may_edit = can(actor, May.EDIT_STRUCTURE, employer)
    context = {
        "structure": employer,
        "sites": employer.sites.living().select_related("commune").in_order(),
        "modules": [Module(code).label for code in employer.modules],
        "steps": checklist.steps_of(employer, actor) if may_edit else [],
        "may_edit": may_edit,
        "may_open_site": can(actor, May.OPEN_SITE, employer),
        "may_staff": can(actor, May.MANAGE_MEMBERS, employer),
    }
    return render(request, "network/structure.html", context)


@writes(May.OPEN_STRUCTURE)
def open_structure(request: HttpRequest) -> HttpResponse:
    """Add a structure to the network."""
    form = StructureForm(posted(request))
    return ask(
        request,
        form,
        lambda: operations.open_structure(
            form.save(commit=False), by=actor_of(request).user, at=timezone.now()
        ),
        said=_("La structure est créée. Ses dix premiers pas l’attendent."),
        to=lambda opened: reverse("checklist", args=[opened.pk]),
        heading=_("Nouvelle structure"),
        back=reverse("structures"),
        label=_("Créer la structure"),
        lead=_(
            "Elle commence avec les seuls accueils du jour ; les autres modules s’ouvrent "
            "au besoin."
        ),
    )


@writes(May.EDIT_STRUCTURE)
def edit_structure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a structure."""
    employer = find_or_refuse(Structure, actor_of(request), may=May.EDIT_STRUCTURE, pk=pk)
    form = StructureForm(posted(request), instance=employer)
    return ask(
        request,
        form,
        lambda: operations.edit_structure(
            form.save(commit=False), by=actor_of(request).user, at=timezone.now()
        ),
        said=_("La fiche de la structure est à jour."),
        to=_page_of,
        heading=_("Modifier la structure"),
        crumb=employer,
        back=_page_of(employer),
        label=_("Enregistrer"),
    )


@writes(May.EDIT_STRUCTURE)
def structure_modules(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Switch the modules of a structure."""
    employer = find_or_refuse(Structure, actor_of(request), may=May.EDIT_STRUCTURE, pk=pk)
    form = ModulesForm(posted(request), initial={"modules": employer.modules})
    return ask(
        request,
        form,
        lambda: operations.switch_modules(
            employer, **form.cleaned_data, by=actor_of(request).user, at=timezone.now()
        ),
        said=_("Les modules sont à jour."),
        to=_page_of,
        heading=_("Modules"),
        crumb=employer,
        back=_page_of(employer),
        label=_("Enregistrer"),
        lead=_("Chaque module ajoute des écrans. Rien n’est perdu quand on en éteint un."),
    )
