"""Draw what happened at one site: visits, their requests, the people met, and who signed when.

Everything here is ranks in the lists of `trade` and of the plan; `tables` turns them into codes.
"""

import numpy as np

from entremise.demo import chance, trade
from entremise.demo.chance import Bools, Columns, Ints, cumulated, pick, pick_by
from entremise.demo.places import Trait
from entremise.demo.plan import SitePlan
from entremise.demo.rhythm import days_of, moments
from entremise.demo.tables import Drawn, Ranks, tables_of, with_second_versions
from entremise.foundation.core.periods import Period
from entremise.ground.network.enums import SiteKind
from entremise.practice.activity.enums import DESK_REGISTER

_RECEPTION, SUPPORT, SALE, FAILED = range(4)
MEDIATION, SERVICES, PARTNER = range(3)
PHONE = trade.MODES.index("phone")
MISUNDERSTANDING = trade.NATURES.index("clear-misunderstanding")
CONNECT = trade.MANDATES.index("aidants_connect")
STOP, COMMUNE, STREET = (trade.PLACE_KINDS.index(kind) for kind in ("stop", "commune", "street"))
CORRECTED_SHARE, UNDONE_SHARE, PAIR_SHARE, TOLD_SHARE = 0.0035, 0.0015, 0.02, 0.72
COUPLE_SHARE, FAMILY_SHARE = 0.07, 0.045


def draw_site(site: SitePlan, period: Period, seed: int) -> Drawn:
    """Return what was recorded at a site in the period."""
    rng = chance.generator(seed, 4, site.rank)
    visits = _visits(site, period, rng)
    requests = _requests(site, period, visits, rng)
    participants = _participants(visits, rng)
    acts = visits | _circumstances(site, visits, requests, rng)
    acts |= _answers(site, visits, participants, rng) | _signatures(period, visits, rng)
    ranks = Ranks(site, period, acts, requests, participants)
    return tables_of(with_second_versions(ranks), rng)


def _visits(site: SitePlan, period: Period, rng: np.random.Generator) -> Columns:
    """Draw when people came, for what kind of act, how many requests and minutes (0: unnoted)."""
    day, quarter = moments(site.doors, period, site.daily_mean, rng)
    count = len(day)
    sells = site.place.trait is Trait.SALES
    shares = trade.KIND_SHARES_OF_SELLERS if sells else trade.KIND_SHARES
    kind = pick(rng, cumulated(shares), count)
    requests = pick(rng, cumulated(trade.REQUEST_COUNTS), count) + 1
    requests[kind >= SALE] = 0
    drawn = np.exp(rng.normal(np.log(np.array(trade.MINUTES))[kind], 0.5))
    rounded = np.where(rng.random(count) < 0.7, np.round(drawn / 5) * 5, np.round(drawn))
    minutes = np.clip(rounded, np.maximum(requests, 1), 240).astype(np.int64)
    minutes[rng.random(count) < 0.07] = 0
    return {
        "day": day,
        "quarter": quarter,
        "kind": kind,
        "request_count": requests,
        "minutes": minutes,
    }


def _requests(site: SitePlan, period: Period, visits: Columns, rng: np.random.Generator) -> Columns:
    row = np.repeat(np.arange(len(visits["day"])), visits["request_count"])
    count = len(row)
    starts = np.cumsum(visits["request_count"]) - visits["request_count"]
    months = np.array([day.month - 1 for day in days_of(period)])[visits["day"][row]]
    taste = np.exp(rng.normal(0, 0.35, len(trade.THEMES)))  # each place has its own public
    theme = pick_by(rng, cumulated(trade.themes_by_month() * taste), months)
    operator = pick_by(rng, trade.operators_by_theme(), theme)
    served = _among(trade.FRANCE_SERVICES)[operator] & (rng.random(count) < 0.78)
    partner = _among(trade.PARTNERS)[operator] & (rng.random(count) < 0.3)
    frame = np.where(partner, PARTNER, MEDIATION)
    if site.is_france_services:
        frame[served] = SERVICES
    nature = pick_by(rng, cumulated(trade.NATURES_BY_FRAME), frame)
    explanation = pick(rng, cumulated(trade.EXPLANATION_SHARES), count)
    explanation[nature != MISUNDERSTANDING] = 0
    return {
        "row": row,
        "position": np.arange(count) - starts[row],
        "theme": theme,
        "operator": operator,
        "frame": frame,
        "nature": nature,
        "explanation": explanation,
        "outcome": pick(rng, cumulated(trade.OUTCOME_SHARES), count),
    }


def _among(codes: frozenset[str]) -> Bools:
    return np.array([code in codes for code in trade.OPERATOR_CODES])


def _circumstances(
    site: SitePlan, visits: Columns, requests: Columns, rng: np.random.Generator
) -> Columns:
    kind = visits["kind"]
    count = len(kind)
    mode = _mode(site, kind, rng)
    place = _places_of_modes()[mode]
    place[(place == STREET) & (rng.random(count) < 0.4)] = COMMUNE
    stop = np.full(count, -1)
    for rank, planned in enumerate(site.stops):
        stop[np.isin(visits["quarter"], planned.quarters) & (place == 0)] = rank
    place[stop >= 0] = STOP
    somewhere = rng.integers(len(site.communes), size=count)
    member = rng.integers(len(site.team), size=count)
    paired = (rng.random(count) < PAIR_SHARE) & (kind < SALE)
    noted = rng.random(count) < 0.95  # the proposal may be declined
    mandate = pick(rng, cumulated(trade.MANDATE_SHARES), count)
    mandate[(kind != SUPPORT) | ((mandate >= CONNECT) & (not site.is_france_services))] = 0
    terms = np.array(trade.CONNECT_DAYS)[rng.integers(len(trade.CONNECT_DAYS), size=count)]
    autonomy = pick(rng, cumulated(trade.AUTONOMY_SHARES), count)
    return {
        "mode": mode,
        "place_kind": place,
        "stop": stop,
        "place_commune": np.where(place == COMMUNE, somewhere, -1),
        "member": member,
        "second": np.where(paired, (member + 1) % len(site.team), -1),
        "main_register": np.where(_earns_register(requests, count) & noted, DESK_REGISTER, 0),
        "origin": pick(rng, cumulated(trade.ORIGIN_SHARES), count),
        "mandate": mandate,
        "mandate_days": np.where(mandate == CONNECT, terms, 0),
        "autonomy": np.where(kind == SUPPORT, autonomy, 0),
    }


def _mode(site: SitePlan, kind: Ints, rng: np.random.Generator) -> Ints:
    modes = {SiteKind.BUS: trade.BUS_MODES, SiteKind.FIELD_TEAM: trade.FIELD_MODES}
    mode = pick(rng, cumulated(modes.get(site.kind, trade.DESK_MODES)), len(kind))
    mode[kind == SALE] = 0
    mode[kind == FAILED] = PHONE
    return mode


def _places_of_modes() -> Ints:
    return np.array([trade.PLACE_KINDS.index(place) for place in trade.PLACE_OF_MODE])


def _earns_register(requests: Columns, count: int) -> Bools:
    earned = (
        (requests["frame"] == MEDIATION)
        & (requests["nature"] == MISUNDERSTANDING)
        & (requests["explanation"] > 0)
    )
    return np.bincount(requests["row"][earned], minlength=count) > 0


def _participants(visits: Columns, rng: np.random.Generator) -> Columns:
    """Draw the people told of: nobody, one, a couple, or an adult with children."""
    count = len(visits["kind"])
    told = (visits["kind"] < SALE) & (rng.random(count) < TOLD_SHARE)
    first = np.flatnonzero(told)
    company = rng.random(len(first))
    couple, family = first[company < COUPLE_SHARE], first[company > 1 - FAMILY_SHARE]
    row = np.concatenate([first, couple, family])
    sex = pick(rng, cumulated(trade.SEX_SHARES), len(row))
    band = pick(rng, cumulated(trade.BAND_SHARES), len(row))
    people = np.ones(len(row), np.int64)
    partners = slice(len(first), len(first) + len(couple))
    children = slice(len(first) + len(couple), None)
    other_half = np.searchsorted(first, couple)
    sex[partners] = np.where(sex[other_half] == 0, 1, 0)
    band[partners] = band[other_half]
    sex[children] = trade.SEXES.index("nd")
    band[children] = 0
    people[children] = rng.integers(1, 4, size=len(family))
    order = np.argsort(row, kind="stable")
    return {"row": row[order], "sex": sex[order], "band": band[order], "count": people[order]}


def _answers(
    site: SitePlan, visits: Columns, participants: Columns, rng: np.random.Generator
) -> Columns:
    """Draw what was asked of the public; the empty code is by far the first answer."""
    met = visits["kind"] < SALE
    count = len(met)
    present = np.bincount(participants["row"], weights=participants["count"], minlength=count)

    def answers(shares: tuple[float, ...]) -> Ints:
        return np.where(met, pick(rng, cumulated(shares), count), 0)

    commune_answer = answers(trade.COMMUNE_SHARES)
    nearby = cumulated([6.0, *[1.5] * (len(site.communes) - 1)])
    urban = trade.QPV_SHARES_URBAN if site.place.is_urban else trade.QPV_SHARES_RURAL
    return {
        "present": present.astype(np.int64),
        "basis": np.where(present > 0, np.where(rng.random(count) < 0.25, 2, 1), 0),
        "presence": answers(trade.PRESENCE_SHARES),
        "first_visit": answers(trade.FIRST_VISIT_SHARES),
        "commune_answer": commune_answer,
        "commune": np.where(commune_answer == 1, pick(rng, nearby, count), -1),
        "qpv_answer": answers(urban),
    }


def _signatures(period: Period, visits: Columns, rng: np.random.Generator) -> Columns:
    """Draw when each visit was recorded, and which were corrected (1) or undone (2), and when.

    Seconds are those of the local day of recording or closing.
    """
    count = len(visits["day"])
    length = np.where(visits["minutes"] > 0, visits["minutes"], 10) * 60
    start = visits["quarter"] * 900 + rng.integers(900, size=count)
    second = np.minimum(start + length + rng.integers(20, 300, size=count), 21 * 3600)
    fate = rng.random(count)
    closing = np.where(fate < CORRECTED_SHARE, 1, 0)
    closing[(fate >= CORRECTED_SHARE) & (fate < CORRECTED_SHARE + UNDONE_SHARE)] = 2
    later = np.where(rng.random(count) < 0.5, rng.integers(1, 7, size=count), 0)
    return {
        "recorded_day": visits["day"],
        "recorded_second": second,
        "closing": closing,
        "closing_day": np.minimum(visits["day"] + later, period.days - 1),
        "closing_second": np.minimum(second + rng.integers(60, 3600, size=count), 22 * 3600),
    }
