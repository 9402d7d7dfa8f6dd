"""A structure switches on what it needs: the rest is not on its screens."""

import pytest
from django.urls import reverse

from entremise.ground.network.enums import Module
from entremise.ground.network.models import Stop
from entremise.practice.activity.models import LocalTag


@pytest.fixture
def only(cast):
    """Return a function that leaves one structure with these modules alone."""

    def switched(*modules: Module) -> None:
        cast.structures["lyon"].modules = list(modules)
        cast.structures["lyon"].save()

    return switched


def test_desk_switched_off_offers_no_form_and_records_nothing(cast, sign_in, only):
    only()
    client = sign_in("mediator_lyon")

    assert client.get(reverse("today")).context["form"] is None
    site = str(cast.sites["lyon"].pk)
    assert client.post(reverse("record_visit"), {"site": site}).url == reverse("today")


def test_local_tags_switched_off_are_neither_offered_nor_kept(cast, sign_in, only):
    LocalTag.objects.create(structure=cast.structures["lyon"], label="Ici", theme_id="energy")
    only(Module.DESK)

    form = sign_in("mediator_lyon").get(reverse("today")).context["form"]
    refused = sign_in("site_lead_lyon").get(reverse("local_tags"))
    rail = sign_in("site_lead_lyon").get(reverse("today")).context["rail"]

    assert "local_tag" not in form.requests[0].fields
    assert (refused.status_code, "pas en service" in refused.content.decode()) == (409, True)
    assert reverse("local_tags") not in {e["url"] for s in rail for e in s["entries"]}


def test_local_tags_switched_on_are_offered(cast, sign_in, only):
    LocalTag.objects.create(structure=cast.structures["lyon"], label="Ici", theme_id="energy")
    only(Module.DESK, Module.LOCAL_TAGS)

    form = sign_in("mediator_lyon").get(reverse("today")).context["form"]

    assert "Ici" in dict(form.requests[0].fields["local_tag"].choices).values()


@pytest.mark.parametrize(("modules", "offered"), [((), False), ((Module.MOBILE,), True)])
def test_stops_are_offered_where_the_bus_runs(cast, sign_in, only, modules, offered):
    only(Module.DESK, *modules)
    bus = cast.sites["lyon_bus"]
    Stop.objects.create(site=bus, commune=bus.commune, label="Place", position=0)
    member = cast.memberships["mediator_lyon"]
    member.site = bus
    member.save()

    form = sign_in("mediator_lyon").get(reverse("today")).context["form"]

    assert ("stop" in form.fields) is offered
    status = sign_in("director_lyon").get(reverse("add_stop", args=[bus.pk])).status_code
    assert status == (200 if offered else 409)
