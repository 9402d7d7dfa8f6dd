"""The real list in the directory, then a visit recorded at one of its ninety-one places."""

from datetime import timedelta
from uuid import uuid4

import pytest

from entremise.foundation.access import actors
from entremise.ground.network.duties import resolve_actor
from entremise.ground.network.enums import Role, Status
from entremise.ground.network.models import Membership, Site
from entremise.ground.network.operations import imports, sites
from entremise.ground.network.queries import mappings
from entremise.practice.activity import operations
from entremise.practice.activity.engine import RequestContent
from entremise.practice.activity.models import Activity
from tests.cast import AT, SINCE, Cast, act_content
from tests.conftest import SHARED

LIST = SHARED / "data" / "pimms_sites_2024-08.csv"


@pytest.fixture
def real_places(cast: Cast) -> list[Site]:
    """Import the ninety-one places of the public list."""
    if not LIST.exists():
        pytest.skip("the public list of places is not beside the project: ../shared/data")
    head = cast["network_head"]
    mapping = mappings.content_of(mappings.profile("france-services-2024"))
    batch = imports.keep_list(
        file_name=LIST.name, content=LIST.read_bytes(), mapping=mapping, by=head, at=AT
    )
    imports.check_list(batch.pk, mapping=mapping, by=head, at=AT)
    imports.import_list(batch.pk, by=head, at=AT)
    return list(Site.objects.filter(source=mapping["source"]).order_by("source_id"))


def test_visit_is_recorded_at_one_of_the_ninety_one(cast, real_places, sign_in):
    site = next(place for place in real_places if place.commune.name.startswith("Brest"))
    sites.move_site(
        site, to=cast.structures["lyon"], on=AT.date() - timedelta(days=1),
        by=cast["network_head"], at=AT,
    )  # fmt: skip
    member = Membership.objects.create(
        user=cast["stranger"], role=Role.MEDIATOR, status=Status.MEDIATOR,
        structure=cast.structures["lyon"], site=site, starts_on=SINCE,
        invited_at=AT, invited_by=cast["director_lyon"],
    )  # fmt: skip

    with actors.acting_as(resolve_actor(cast["stranger"])):
        content = act_content(
            cast, site=site.pk, mediator=member.pk, requests=(RequestContent("energy-bill"),)
        )
        operations.record_activity(content, act=uuid4(), by=cast["stranger"], at=AT)

    assert len(real_places) == 91
    assert len({place.commune.departement_id for place in real_places}) == 27
    assert Activity.objects.get(site=site).structure == cast.structures["lyon"]
    page = sign_in("stranger").get("/aujourdhui")
    assert site.name in page.content.decode()


def test_import_is_undone_while_no_act_is_recorded_there(cast, real_places):
    head = cast["network_head"]

    batch = imports.undo_import(_last_batch(), by=head, at=AT)

    assert (batch.state, Site.objects.filter(source_id__gt="").count()) == ("undone", 0)


def _last_batch():
    from entremise.foundation.imports.models import ImportBatch

    return ImportBatch.objects.get().pk
