"""The life of a point d'accueil: dated, signed, and never touching what was recorded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from entremise.foundation.journal.models import Decision
from entremise.ground.network import errors
from entremise.ground.network.enums import SiteState
from entremise.ground.network.models import Membership, OpeningException, Site
from entremise.ground.network.operations import sites as operations

AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
TODAY = date(2026, 3, 16)


def test_site_opened_takes_the_time_zone_of_its_departement(cast):
    commune = cast.sites["lyon"].commune
    commune.departement_id = "974"
    site = Site(structure=cast.structures["lyon"], name="Élan", kind="fixed", commune=commune)

    operations.open_site(site, by=cast["director_lyon"], at=AT)

    assert (site.time_zone, site.sort_name) == ("Indian/Reunion", "elan")
    noted = Decision.objects.get(verb="network.site_opened")
    assert (noted.subject_id, noted.actor_id) == (str(site.pk), cast["director_lyon"].pk)


def test_site_suspended_then_reopened_is_open(cast):
    site = cast.sites["lyon"]

    operations.suspend_site(site, on=TODAY, by=cast["director_lyon"], at=AT)
    operations.reopen_site(site, on=TODAY, by=cast["director_lyon"], at=AT)

    site.refresh_from_db()
    assert (site.state, site.suspended_on) == (SiteState.OPEN, None)


def test_site_closed_stays_closed(cast):
    site = cast.sites["lyon"]
    operations.close_site(site, on=TODAY, by=cast["network_head"], at=AT)

    with pytest.raises(errors.MoveNotPossible):
        operations.reopen_site(site, on=TODAY, by=cast["network_head"], at=AT)


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2024, 12, 31)])
def test_site_closed_on_an_impossible_day_is_refused(cast, on):
    with pytest.raises(errors.DayNotPossible):
        operations.close_site(cast.sites["lyon"], on=on, by=cast["network_head"], at=AT)


def test_site_closed_by_someone_meanwhile_is_not_closed_twice(cast):
    ours, theirs = Site.objects.get(pk=cast.sites["lyon"].pk), cast.sites["lyon"]
    operations.close_site(theirs, on=TODAY, by=cast["network_head"], at=AT)

    with pytest.raises(errors.MoveNotPossible):
        operations.close_site(ours, on=TODAY, by=cast["network_head"], at=AT)


def test_site_moved_takes_its_team_along(cast):
    site, lille = cast.sites["lyon"], cast.structures["lille"]

    operations.move_site(site, to=lille, on=TODAY, by=cast["network_head"], at=AT)

    site.refresh_from_db()
    assert site.structure == lille
    old = Membership.objects.get(pk=cast.memberships["mediator_lyon"].pk)
    new = Membership.objects.get(user=cast["mediator_lyon"], structure=lille)
    assert (old.ends_on, new.starts_on, new.site, new.role) == (TODAY, TODAY, site, old.role)


def test_site_moved_leaves_the_director_where_she_is(cast):
    operations.move_site(
        cast.sites["lyon"], to=cast.structures["lille"], on=TODAY, by=cast["network_head"], at=AT
    )

    director = Membership.objects.get(user=cast["director_lyon"])
    assert (director.structure, director.ends_on) == (cast.structures["lyon"], None)


def test_site_moved_to_its_own_structure_is_refused(cast):
    with pytest.raises(errors.AlreadyThere):
        operations.move_site(
            cast.sites["lyon"], to=cast.structures["lyon"], on=TODAY, by=cast["network_head"], at=AT
        )


def test_site_merged_is_closed_and_says_into_which(cast):
    bus, site = cast.sites["lyon_bus"], cast.sites["lyon"]

    operations.merge_site(site, into=bus, on=TODAY, by=cast["network_head"], at=AT)

    site.refresh_from_db()
    assert (site.state, site.closed_on, site.merged_into) == (SiteState.CLOSED, TODAY, bus)
    assert Membership.objects.filter(user=cast["mediator_lyon"], site=bus, ends_on=None).exists()


def test_site_merged_into_itself_is_refused(cast):
    with pytest.raises(errors.MergeNotPossible):
        operations.merge_site(
            cast.sites["lyon"], into=cast.sites["lyon"], on=TODAY, by=cast["network_head"], at=AT
        )


def test_site_merged_into_a_closed_one_is_refused(cast):
    operations.close_site(cast.sites["lyon_bus"], on=TODAY, by=cast["network_head"], at=AT)

    with pytest.raises(errors.MergeNotPossible):
        operations.merge_site(
            cast.sites["lyon"],
            into=cast.sites["lyon_bus"],
            on=TODAY,
            by=cast["network_head"],
            at=AT,
        )


def _close_a_morning(cast):
    return operations.note_opening_exception(
        cast.sites["lyon"],
        day=TODAY,
        half_day="morning",
        is_open=False,
        reason="training",
        by=cast["site_lead_lyon"],
        at=AT,
    )


def test_exception_noted_twice_is_refused(cast):
    _close_a_morning(cast)

    with pytest.raises(errors.MomentAlreadyNoted):
        _close_a_morning(cast)

    assert OpeningException.objects.count() == 1


def test_exception_removed_is_remembered_by_the_journal(cast):
    noted = _close_a_morning(cast)

    operations.remove_opening_exception(noted, by=cast["site_lead_lyon"], at=AT)

    assert OpeningException.objects.count() == 0
    assert Decision.objects.get(verb="network.opening_exception_removed").detail == (
        "day=2026-03-16,half=morning,open=0"
    )


def _stop(cast, label):
    bus = cast.sites["lyon_bus"]
    return operations.add_stop(
        bus, label=label, commune=bus.commune, opening_hours="", by=cast["director_lyon"], at=AT
    )


def test_stop_raised_comes_before_its_neighbour(cast):
    first, second, third = (_stop(cast, label) for label in ("Mairie", "Marché", "Gare"))

    operations.raise_stop(third, by=cast["director_lyon"], at=AT)

    order = cast.sites["lyon_bus"].stops.order_by("position")
    assert list(order) == [first, third, second]


def test_stop_removed_keeps_its_row_for_past_acts(cast):
    stop = _stop(cast, "Mairie")

    operations.remove_stop(stop, by=cast["director_lyon"], at=AT)

    stop.refresh_from_db()
    assert stop.valid_until == TODAY


def test_stop_of_a_fixed_place_is_refused(cast):
    site = cast.sites["lyon"]

    with pytest.raises(errors.OnlyABusHasStops):
        operations.add_stop(
            site, label="Mairie", commune=site.commune, opening_hours="", by=cast["admin"], at=AT
        )
