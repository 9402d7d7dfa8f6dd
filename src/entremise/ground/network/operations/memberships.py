"""Give, suspend and end the roles that people hold; the message leaves after the commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from entremise.foundation.accounts.models import User
from entremise.foundation.core.periods import day_in_paris
from entremise.foundation.journal import operations as journal
from entremise.ground.network import errors
from entremise.ground.network.enums import Role, Scope
from entremise.ground.network.models import Membership, Site, Structure
from entremise.ground.network.roles import ROLES


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is invited: their address, and the name and account to open when it has none yet."""

    email: str
    full_name: str = ""
    username: str = ""


@transaction.atomic
def invite_member(
    newcomer: Newcomer,
    *,
    role: str,
    status: str,
    structure: Structure | None,
    site: Site | None,
    starts_on: date,
    ends_on: date | None,
    link_for: Callable[[User, bool], str],
    by: User,
    at: datetime,
) -> Membership:
    """Give a role to the account behind an e-mail address, opened at need without a password.

    `ends_on` is the first day without the role. `link_for(account, is_new)` gives the address
    written in the message. Raises RoleNeedsAnotherPlace, OwnRole, AccountClosed, RoleAlreadyHeld.
    """
    check_place(role, structure=structure, site=site)
    account, is_new = _account_of(newcomer, by=by, at=at)
    if account.pk == by.pk:
        raise errors.OwnRole
    if not account.is_active or account.kind != User.Kind.PERSON:
        raise errors.AccountClosed
    meanwhile = Q() if ends_on is None else Q(starts_on__lt=ends_on)
    if (
        Membership.objects.filter(user=account, role=role, structure=structure, site=site)
        .filter(meanwhile, Q(ends_on=None) | Q(ends_on__gt=starts_on))
        .exists()
    ):
        raise errors.RoleAlreadyHeld
    membership = Membership.objects.create(
        user=account,
        role=role,
        status=status,
        structure=structure,
        site=site,
        starts_on=starts_on,
        ends_on=ends_on,
        invited_at=at,
        invited_by=by,
    )
    _note("network.member_invited", membership, by=by, at=at, detail=f"role={role}")
    transaction.on_commit(lambda: _tell(membership, link_for(account, is_new), is_new=is_new))
    return membership


@transaction.atomic
def end_membership(
    membership: Membership, *, ends_on: date | None = None, by: User, at: datetime
) -> Membership:
    """End a role at once, or on its first day without rights.

    Raises OwnRole, MembershipAlreadyEnded.
    """
    _lock_living(membership, by=by, at=at)
    membership.ends_on = max(ends_on or day_in_paris(at), membership.starts_on)
    membership.save(update_fields=["ends_on"])
    _note("network.member_ended", membership, by=by, at=at, detail=f"on={membership.ends_on}")
    return membership


@transaction.atomic
def suspend_membership(membership: Membership, *, by: User, at: datetime) -> Membership:
    """Take a role's rights away until it resumes. Raises OwnRole, MembershipAlreadyEnded."""
    _lock_living(membership, by=by, at=at)
    membership.suspended_at, membership.suspended_by = at, by
    membership.save(update_fields=["suspended_at", "suspended_by"])
    _note("network.member_suspended", membership, by=by, at=at)
    return membership


@transaction.atomic
def resume_membership(membership: Membership, *, by: User, at: datetime) -> Membership:
    """Give a suspended role its rights back. Raises OwnRole, MembershipAlreadyEnded."""
    _lock_living(membership, by=by, at=at)
    membership.suspended_at = membership.suspended_by = None
    membership.save(update_fields=["suspended_at", "suspended_by"])
    _note("network.member_resumed", membership, by=by, at=at)
    return membership


def check_place(role: str, *, structure: Structure | None, site: Site | None) -> None:
    """Raise RoleNeedsAnotherPlace when a role is not held at this kind of place."""
    fits = {
        Scope.NETWORK: structure is None and site is None,
        Scope.STRUCTURE: structure is not None and site is None,
        Scope.SITE: structure is not None and (site is None or site.structure_id == structure.pk),
    }
    if not fits[ROLES[Role(role)].scope]:
        raise errors.RoleNeedsAnotherPlace


def _account_of(newcomer: Newcomer, *, by: User, at: datetime) -> tuple[User, bool]:
    known = User.objects.filter(email__iexact=newcomer.email).first()
    if known:
        return known, False
    account = User.objects.create_user(
        newcomer.username, newcomer.email, full_name=newcomer.full_name
    )
    journal.note_decision("account.opened", account, by=by, at=at)
    return account, True


def _lock_living(membership: Membership, *, by: User, at: datetime) -> None:
    if membership.user_id == by.pk:
        raise errors.OwnRole
    now = Membership.objects.select_for_update().get(pk=membership.pk)
    if now.ends_on and now.ends_on <= day_in_paris(at):
        raise errors.MembershipAlreadyEnded
    membership.ends_on, membership.starts_on = now.ends_on, now.starts_on


def _tell(membership: Membership, link: str, *, is_new: bool) -> None:
    with translation.override(membership.user.language):
        context = {"membership": membership, "link": link, "is_new": is_new}
        send_mail(
            _("Votre rôle dans %(place)s") % {"place": membership.structure or _("le réseau")},
            render_to_string("network/mail/invitation.txt", context),
            None,
            [membership.user.email],
        )


def _note(verb: str, membership: Membership, *, by: User, at: datetime, detail: str = "") -> None:
    structure = membership.structure_id
    journal.note_decision(verb, membership, by=by, at=at, structure=structure, detail=detail)
