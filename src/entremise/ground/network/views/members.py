"""People and their roles: the list, one role, inviting, suspending, ending."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import Actor, actor_of
from entremise.foundation.access.doors import find_or_refuse, reads, writes
from entremise.foundation.access.errors import NotAllowed
from entremise.foundation.access.rights import can
from entremise.foundation.accounts.models import User
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.enums import Role, Scope
from entremise.ground.network.forms.fields import last_day_to_end
from entremise.ground.network.forms.filters import MemberFilters
from entremise.ground.network.forms.members import EndForm, InvitationForm
from entremise.ground.network.models import Membership, Structure
from entremise.ground.network.operations import memberships as operations
from entremise.ground.network.queries.members import members_found, structures_to_staff
from entremise.ground.network.queries.roles import role_sheets
from entremise.ground.network.roles import ROLES
from entremise.ground.network.views.asking import ask, posted
from entremise.ground.network.views.directory import PAGE_SIZE


def _page_of(membership: Membership) -> str:
    return reverse("member", args=[membership.pk])


def _staffs_the_network(actor: Actor) -> bool:
    return can(actor, May.MANAGE_MEMBERS, Membership())


@reads(May.READ_MEMBERS)
def members(request: HttpRequest) -> HttpResponse:
    """List the people that the actor may know, with their roles."""
    actor = actor_of(request)
    staffed = [(str(one.pk), one.name) for one in structures_to_staff(actor)]
    filters = MemberFilters(request.GET, structures=staffed)
    found = members_found(actor, filters.search(), day=actor.today)
    context = {
        "filters": filters,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_invite": can(actor, May.MANAGE_MEMBERS),
        "today": actor.today,
    }
    return render(request, "network/members.html", context)


@reads(May.READ_MEMBERS)
def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one role of one person, and what may be done to it."""
    actor = actor_of(request)
    membership = find_or_refuse(Membership, actor, may=May.READ_MEMBERS, pk=pk)
    context = {
        "membership": membership,
        "description": ROLES[Role(membership.role)],
        "is_over": membership.ends_on is not None and membership.ends_on <= actor.today,
        "is_mine": membership.user_id == actor.user.pk,
        "may_manage": can(actor, May.MANAGE_MEMBERS, membership),
    }
    return render(request, "network/member.html", context)


@writes(May.MANAGE_MEMBERS)
def invite_member(request: HttpRequest) -> HttpResponse:
    """Invite someone: their account is opened at need, and a message gives them the way in."""
    actor = actor_of(request)
    form = _invitation_form(request, actor)
    return ask(
        request,
        form,
        lambda: _invite(request, actor, form.cleaned_data, form),
        said=_("L’invitation est partie."),
        to=_page_of,
        template="network/invite_member.html",
        roles=form.roles_offered(),
    )


def _invitation_form(request: HttpRequest, actor: Actor) -> InvitationForm:
    staffed = structures_to_staff(actor)
    asked = request.POST.get("structure") or request.GET.get("structure") or ""
    chosen = next((one for one in staffed if str(one.pk) == asked), None)
    anywhere = _staffs_the_network(actor)
    return InvitationForm(
        posted(request),
        structures=staffed,
        structure=chosen if anywhere or len(staffed) != 1 else staffed[0],
        anywhere=anywhere,
        initial={"starts_on": actor.today},
    )


def _invite(
    request: HttpRequest, actor: Actor, asked: dict[str, Any], form: InvitationForm
) -> Membership:
    place: Structure | None = asked["structure"]
    if not can(actor, May.MANAGE_MEMBERS, Membership(structure=place)):
        raise NotAllowed(May.MANAGE_MEMBERS)
    return operations.invite_member(
        form.newcomer(),
        role=asked["role"],
        status=asked["status"],
        structure=place,
        site=asked.get("site"),
        starts_on=asked["starts_on"],
        ends_on=last_day_to_end(asked["last_day"]),
        link_for=lambda account, is_new: request.build_absolute_uri(_way_in(account, is_new)),
        by=actor.user,
        at=timezone.now(),
    )


def _way_in(account: User, is_new: bool) -> str:
    if not is_new:
        return reverse("account_login")
    key = default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(account), key])


def _about_a_role(
    request: HttpRequest,
    pk: UUID,
    form: django_forms.Form,
    operation: Callable[..., Membership],
    facts: Callable[[], dict[str, Any]],
    **page: Any,
) -> HttpResponse:
    membership = find_or_refuse(Membership, actor_of(request), may=May.MANAGE_MEMBERS, pk=pk)
    return ask(
        request,
        form,
        lambda: operation(membership, **facts(), by=actor_of(request).user, at=timezone.now()),
        to=_page_of,
        crumb=membership,
        back=_page_of(membership),
        **page,
    )


@writes(May.MANAGE_MEMBERS)
def end_membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a role, after a confirmation."""
    form = EndForm(posted(request))
    return _about_a_role(
        request,
        pk,
        form,
        operations.end_membership,
        lambda: {"ends_on": last_day_to_end(form.cleaned_data["last_day"])},
        said=_("La fin du rôle est notée."),
        heading=_("Mettre fin à ce rôle"),
        label=_("Mettre fin au rôle"),
        tone="danger",
        lead=_(
            "Le compte reste, avec ses autres rôles. Ce que la personne a enregistré ne change pas."
        ),
    )


@writes(May.MANAGE_MEMBERS)
def suspend_membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend a role, after a confirmation."""
    return _about_a_role(
        request,
        pk,
        django_forms.Form(posted(request)),
        operations.suspend_membership,
        dict,
        said=_("Le rôle est suspendu."),
        heading=_("Suspendre ce rôle"),
        label=_("Suspendre"),
        lead=_("La personne perd tout de suite les droits de ce rôle, jusqu’à ce qu’il reprenne."),
    )


@writes(May.MANAGE_MEMBERS)
def resume_membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Resume a suspended role, after a confirmation."""
    return _about_a_role(
        request,
        pk,
        django_forms.Form(posted(request)),
        operations.resume_membership,
        dict,
        said=_("Le rôle a repris."),
        heading=_("Reprendre ce rôle"),
        label=_("Reprendre"),
        lead=_("La personne retrouve tout de suite les droits de ce rôle."),
    )


@reads(May.READ_DIRECTORY)
def roles(request: HttpRequest) -> HttpResponse:
    """Say what each role is for, what it may do, and what it never sees."""
    context = {"sheets": role_sheets(request.user), "network_scope": Scope.NETWORK}
    return render(request, "network/roles.html", context)
