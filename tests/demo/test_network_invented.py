"""What is invented: edge cases, volumes, names that no real town carries."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from entremise.demo import chance
from entremise.demo.draw import draw_site
from entremise.demo.errors import SitesOutOfRange
from entremise.demo.parameters import Parameters
from entremise.demo.places import PLACES, TOWN_CODES, Trait, departement_of_town
from entremise.demo.plan import SitePlan, draw_plan
from entremise.demo.rhythm import moments
from entremise.foundation.core.french import search_key

UNTIL = date(2026, 11, 22)
YEAR = Parameters(68, 12, 1, UNTIL)
SMALL = Parameters(8, 2, 1, UNTIL)


def _sites(parameters: Parameters) -> list[SitePlan]:
    return [site for structure in draw_plan(parameters) for site in structure.sites]


def _of(trait: Trait, parameters: Parameters = SMALL) -> SitePlan:
    return next(site for site in _sites(parameters) if site.place.trait is trait)


def test_year_of_68_sites_counts_a_million_acts():
    sites = _sites(YEAR)

    counts = [
        len(moments(s.doors, YEAR.period, s.daily_mean, chance.generator(1, s.rank))[0])
        for s in sites
    ]

    assert len(draw_plan(YEAR)) == 31
    assert len(sites) == 68
    assert 900_000 < sum(counts) < 1_100_000
    assert all(2 <= len(site.team) <= 11 for site in sites)


def test_nobody_comes_on_holidays_or_after_the_last_day():
    site = _of(Trait.ALSATIAN, Parameters(8, 12, 1, UNTIL))

    days = set(draw_site(site, YEAR.period, 1).acts["day"].to_list())

    assert not days & site.doors.holidays
    assert {date(2026, 4, 3), date(2025, 12, 26)} <= site.doors.holidays  # the two of Alsace
    assert max(days) <= UNTIL
    assert min(days) >= YEAR.period.first


def test_bus_stops_in_three_communes_of_two_departements_in_one_day():
    site = _of(Trait.BUS)
    acts = draw_site(site, SMALL.period, 1).acts

    by_day = acts.drop_nulls("stop").group_by("day").n_unique()["stop"]

    assert by_day.max() == 3
    assert {departement_of_town(stop.town) for stop in site.stops} == {"12", "34"}


def test_edge_cases_are_in_the_smallest_network():
    acts = {
        trait: draw_site(_of(trait), SMALL.period, 1).acts
        for trait in (Trait.EMPTY, Trait.SALES, Trait.TINY, Trait.NEW)
    }

    assert acts[Trait.EMPTY].height == 0
    assert (acts[Trait.SALES]["kind"] == "sale").mean() > 0.5
    assert 0 < acts[Trait.TINY].height < 120
    assert acts[Trait.NEW]["day"].min() >= UNTIL.replace(day=1)


def test_desk_gives_no_register_but_three():
    acts = draw_site(_of(Trait.MODEL), SMALL.period, 1).acts

    assert set(acts["main_register"].drop_nulls()) == {3}
    assert acts["main_register"].null_count() > acts.height / 2


def test_draw_of_a_site_depends_on_its_seed_alone():
    site = _of(Trait.MODEL)

    first, again, other = (draw_site(site, SMALL.period, seed).acts for seed in (1, 1, 2))

    assert first.equals(again)
    assert not first.equals(other)


def test_invented_towns_are_no_real_communes():
    source = Path(settings.BUILD) / "data" / "communes.json"
    if not source.exists():
        pytest.skip("communes.json is not built: run make setup")
    key = lambda name: search_key(name).replace(" ", "")  # noqa: E731
    real = {key(commune["nom"]) for commune in json.loads(source.read_text(encoding="utf-8"))}

    assert [town for town in TOWN_CODES if key(town) in real] == []
    assert len(TOWN_CODES) == sum(len(place.towns) for place in PLACES)


@pytest.mark.parametrize(("sites", "months"), [(7, 12), (329, 12), (68, 0), (68, 61)])
def test_network_too_small_or_too_large_is_refused(sites: int, months: int):
    with pytest.raises(SitesOutOfRange):
        Parameters(sites, months, 1, UNTIL)


@pytest.mark.parametrize("sites", [8, 9, 31, 68, 100, 328])
def test_network_has_the_number_of_sites_asked_for(sites: int):
    names = [site.name for site in _sites(Parameters(sites, 1, 1, UNTIL))]

    assert len(names) == len(set(names)) == sites


def test_period_ends_with_the_last_day():
    period = Parameters(8, 12, 1, UNTIL).period

    assert (period.first, period.last) == (date(2025, 11, 23), UNTIL)
    assert Parameters(8, 1, 1, date(2026, 3, 30)).period.first == date(2026, 2, 28)
    assert period.end - timedelta(days=365) == period.first
