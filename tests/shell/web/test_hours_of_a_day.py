"""The hours of a place where fewer than three people receive are those of somebody: hidden."""

import pytest
from django.urls import reverse

from entremise.ground.network.enums import Role
from entremise.ground.network.models import Membership
from tests.cast import AT, SINCE, record

HIDDEN = "Heures masquées"


@pytest.mark.parametrize("who", ["site_lead_lyon", "director_lyon"])
def test_hours_of_two_people_are_hidden_from_who_does_not_receive(cast, sign_in, who):
    record(cast, day=cast.actor(who).today)

    assert HIDDEN in sign_in(who).get(reverse("today")).content.decode()


def test_hours_are_shown_to_who_receives(cast, sign_in):
    assert HIDDEN not in sign_in("mediator_lyon").get(reverse("today")).content.decode()


def test_hours_of_three_people_are_shown_to_their_lead(cast, sign_in):
    Membership.objects.create(
        user=cast["stranger"], role=Role.MEDIATOR, structure=cast.structures["lyon"],
        starts_on=SINCE, invited_at=AT, invited_by=cast["admin"],
    )  # fmt: skip

    assert HIDDEN not in sign_in("site_lead_lyon").get(reverse("today")).content.decode()
