"""Giving, suspending and ending roles."""

from datetime import UTC, date, datetime, timedelta

import pytest

from entremise.foundation.access.errors import Refusal
from entremise.foundation.accounts.models import User
from entremise.ground.network import errors
from entremise.ground.network.enums import Role, Status
from entremise.ground.network.models import Membership
from entremise.ground.network.operations import memberships as operations
from entremise.ground.network.operations.memberships import Newcomer

AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
TODAY = date(2026, 3, 16)


def invite(cast, newcomer=None, **changes):
    usual = {
        "role": Role.MEDIATOR,
        "status": Status.INTERN,
        "structure": cast.structures["lyon"],
        "site": cast.sites["lyon"],
        "starts_on": TODAY,
        "ends_on": None,
        "link_for": lambda account, is_new: f"https://essai.example/{is_new}",
        "by": cast["director_lyon"],
        "at": AT,
    }
    return operations.invite_member(
        newcomer or Newcomer("ana@essai.example", "Ana Essai", "ana"), **(usual | changes)
    )


def test_invitation_of_a_newcomer_opens_an_account_without_password(cast):
    membership = invite(cast)

    account = User.objects.get(email="ana@essai.example")
    assert membership.user == account
    assert not account.has_usable_password()
    assert membership.needs_supervisor


def test_invitation_message_leaves_after_the_commit(
    cast, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invite(cast)
        assert mailoutbox == []

    assert mailoutbox[0].to == ["ana@essai.example"]
    assert "https://essai.example/True" in mailoutbox[0].body
    assert "médiateur ou médiatrice" in mailoutbox[0].body


def test_invitation_of_someone_known_by_another_case_opens_no_account(cast):
    before = User.objects.count()

    membership = invite(cast, Newcomer("Mediator_Lille@essai.example"))

    assert (User.objects.count(), membership.user) == (before, cast["mediator_lille"])


@pytest.mark.parametrize(
    ("role", "structure", "site"),
    [
        (Role.NETWORK_HEAD, "lyon", None),
        (Role.DIRECTOR, None, None),
        (Role.DIRECTOR, "lyon", "lyon"),
        (Role.MEDIATOR, None, None),
        (Role.MEDIATOR, "lyon", "lille"),
    ],
)
def test_invitation_to_a_role_held_elsewhere_is_refused(cast, role, structure, site):
    with pytest.raises(errors.RoleNeedsAnotherPlace):
        invite(
            cast,
            role=role,
            structure=cast.structures.get(structure),
            site=cast.sites.get(site),
        )


def test_invitation_of_oneself_is_refused(cast):
    with pytest.raises(errors.OwnRole):
        invite(cast, Newcomer("director_lyon@essai.example"), role=Role.QUALITY, site=None)


def test_invitation_of_a_closed_account_is_refused(cast):
    User.objects.filter(pk=cast["stranger"].pk).update(is_active=False)

    with pytest.raises(errors.AccountClosed):
        invite(cast, Newcomer("stranger@essai.example"))


def test_invitation_to_a_role_already_held_is_refused(cast):
    with pytest.raises(errors.RoleAlreadyHeld):
        invite(cast, Newcomer("mediator_lyon@essai.example"))


def test_invitation_before_the_role_held_starts_is_accepted(cast):
    since = cast.memberships["mediator_lyon"].starts_on

    earlier = invite(
        cast,
        Newcomer("mediator_lyon@essai.example"),
        starts_on=since - timedelta(days=30),
        ends_on=since,
    )

    assert earlier.ends_on == since


def test_role_ended_gives_no_right_from_today(cast):
    membership = cast.memberships["mediator_lyon"]

    operations.end_membership(membership, by=cast["director_lyon"], at=AT)

    assert membership not in Membership.objects.in_force(TODAY)
    assert membership in Membership.objects.in_force(TODAY - timedelta(days=1))


def test_role_ended_before_it_starts_never_starts(cast):
    membership = invite(cast, starts_on=TODAY + timedelta(days=10))

    operations.end_membership(membership, by=cast["director_lyon"], at=AT)

    assert membership.ends_on == membership.starts_on


def test_role_ended_twice_is_refused(cast):
    membership = cast.memberships["mediator_lyon"]
    operations.end_membership(membership, by=cast["director_lyon"], at=AT)

    with pytest.raises(errors.MembershipAlreadyEnded):
        operations.end_membership(membership, by=cast["director_lyon"], at=AT)


def test_role_suspended_then_resumed_gives_its_rights_back(cast):
    membership = cast.memberships["mediator_lyon"]

    operations.suspend_membership(membership, by=cast["director_lyon"], at=AT)
    suspended = membership in Membership.objects.in_force(TODAY)
    operations.resume_membership(membership, by=cast["director_lyon"], at=AT)

    assert suspended is False
    assert membership in Membership.objects.in_force(TODAY)


@pytest.mark.parametrize(
    "change",
    [operations.end_membership, operations.suspend_membership, operations.resume_membership],
)
def test_own_role_is_changed_by_someone_else(cast, change):
    with pytest.raises(errors.OwnRole) as refused:
        change(cast.memberships["director_lyon"], by=cast["director_lyon"], at=AT)

    assert isinstance(refused.value, Refusal)
