"""Turn the ranks drawn for a site into tables of codes, identifiers, days and instants.

`acts` has one row a version, named as in ActContent; `requests` and `participants` point at it
by `row`. A corrected act has two rows, an undone one is closed.
"""

from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
import polars as pl

from entremise.demo import chance, trade
from entremise.demo.chance import Bools, Columns, Ints, chosen
from entremise.demo.plan import SitePlan
from entremise.demo.rhythm import days_of
from entremise.foundation.core.periods import PARIS, Period
from entremise.practice.activity.enums import ON_SITE, WITHOUT_REQUEST

CORRECTED = 1
LONGEST_WAIT = 5  # days that a lead may leave unread
MILLISECONDS_PER_DAY = 86_400_000
CLOSINGS = ("", "corrected", "undone")


@dataclass(frozen=True, slots=True)
class Ranks:
    """What was drawn for a site; participants and requests name their act by `row`."""

    site: SitePlan
    period: Period
    acts: Columns
    requests: Columns
    participants: Columns


@dataclass(frozen=True, slots=True)
class Drawn:
    """The acts of a site with their requests and participants, in codes."""

    acts: pl.DataFrame
    requests: pl.DataFrame
    participants: pl.DataFrame


def with_second_versions(ranks: Ranks) -> Ranks:
    """Add a version after each corrected one, signed when that one was closed: more minutes."""
    acts = ranks.acts
    count = len(acts["day"])
    corrected = np.flatnonzero(acts["closing"] == CORRECTED)
    visit = np.concatenate([np.arange(count), corrected])
    acts = {name: values[visit] for name, values in acts.items()}
    acts |= {"visit": visit, "version": np.where(np.arange(len(visit)) < count, 1, 2)}
    acts["minutes"][count:] += np.where(acts["minutes"][count:] > 0, 5, 15)
    acts["recorded_day"][count:] = acts["closing_day"][count:]
    acts["recorded_second"][count:] = acts["closing_second"][count:]
    acts["closing"][count:] = 0
    return Ranks(
        ranks.site,
        ranks.period,
        acts,
        _again(ranks.requests, corrected, count),
        _again(ranks.participants, corrected, count),
    )


def _again(columns: Columns, corrected: Ints, count: int) -> Columns:
    kept = np.isin(columns["row"], corrected)
    rows = count + np.searchsorted(corrected, columns["row"][kept])
    return {
        name: np.concatenate([values, rows if name == "row" else values[kept]])
        for name, values in columns.items()
    }


def tables_of(ranks: Ranks, rng: np.random.Generator) -> Drawn:
    """Return the tables of a site; identifiers of acts and versions come from `rng`."""
    return Drawn(_acts(ranks, rng), _requests(ranks), _participants(ranks))


def _acts(ranks: Ranks, rng: np.random.Generator) -> pl.DataFrame:
    acts = ranks.acts
    count = len(acts["visit"])
    identifiers = chance.random_bytes(rng, count)  # one a visit would do: a few more are drawn
    days = pl.Series(list(days_of(ranks.period)), dtype=pl.Date)
    columns = {
        "id": chance.as_text(chance.random_bytes(rng, count)),
        "act": chance.as_text(identifiers[acts["visit"]]),
        "site": pl.repeat(str(ranks.site.id), count, eager=True),
        "structure": pl.repeat(str(ranks.site.structure), count, eager=True),
        "version": pl.Series(acts["version"]),
        "quarter": pl.Series(acts["quarter"]),
        "minutes": _known(acts["minutes"]),
        "main_register": _known(acts["main_register"]),
        "day": days.gather(acts["day"]),
        "recorded_on": days.gather(acts["recorded_day"]),
        "closing": chosen(CLOSINGS, acts["closing"]),
    }
    columns |= _codes(acts) | _people_and_places(ranks) | _counters(acts)
    columns |= _closing(ranks, days, columns["recorded_by"])
    until = columns["day"] + pl.Series(acts["mandate_days"] * MILLISECONDS_PER_DAY).cast(
        pl.Duration("ms")
    )
    columns["mandate_until"] = _when(acts["mandate_days"] > 0, until)
    return pl.DataFrame(columns)


def _codes(acts: Columns) -> dict[str, pl.Series]:
    lists = {
        "kind": trade.KINDS,
        "mode": trade.MODES,
        "origin": trade.ORIGINS,
        "place_kind": trade.PLACE_KINDS,
        "basis": trade.BASES,
        "presence": trade.PRESENCES,
        "first_visit": trade.ANSWERS,
        "commune_answer": trade.ANSWERS,
        "qpv_answer": trade.ANSWERS,
        "autonomy": trade.AUTONOMIES,
        "mandate": trade.MANDATES,
    }
    return {name: chosen(codes, acts[name]) for name, codes in lists.items()}


def _people_and_places(ranks: Ranks) -> dict[str, pl.Series]:
    site, acts = ranks.site, ranks.acts
    memberships = [str(person.membership) for person in site.team]
    supervised = np.array([person.is_supervised for person in site.team])
    second = acts["second"]
    return {
        "mediator": chosen(memberships, acts["member"]),
        "second_mediator": _or_none(memberships, second),
        "supervised": pl.Series(supervised[acts["member"]] | ((second >= 0) & supervised[second])),
        "recorded_by": chosen([str(person.user) for person in site.team], acts["member"]),
        "stop": _or_none([str(stop.id) for stop in site.stops], acts["stop"]),
        "place_commune": _or_none(site.communes, acts["place_commune"]),
        "commune": _or_none(site.communes, acts["commune"]),
    }


def _counters(acts: Columns) -> dict[str, pl.Series]:
    """Count as the engine does: a call is no passage, a sale accompanies nobody."""
    met = np.array([kind not in WITHOUT_REQUEST for kind in trade.KINDS])[acts["kind"]]
    on_site = np.array([mode in ON_SITE for mode in trade.MODES])[acts["mode"]]
    return {
        "passage_count": pl.Series((met & on_site).astype(np.int64)),
        "request_count": pl.Series(acts["request_count"]),
        "accompaniment_count": pl.Series(np.where(met, np.maximum(acts["present"], 1), 0)),
    }


def _closing(ranks: Ranks, days: pl.Series, by: pl.Series) -> dict[str, pl.Series]:
    acts, closed = ranks.acts, ranks.acts["closing"] > 0
    closing = _instants(ranks.period, acts["closing_day"], acts["closing_second"])
    return {
        "recorded_at": _instants(ranks.period, acts["recorded_day"], acts["recorded_second"]),
        "superseded_on": _when(closed, days.gather(acts["closing_day"])),
        "superseded_at": _when(closed, closing),
        "superseded_by": _when(closed, by),
        "reviewed_on": _reviews(ranks, days),
    }


def _reviews(ranks: Ranks, days: pl.Series) -> pl.Series:
    """Return the day on which the lead read each version: the one after it was recorded.

    The last days wait, more of them in some sites; a version corrected or undone was not read.
    """
    acts = ranks.acts
    read = np.maximum(acts["day"], acts["recorded_day"]) + 1
    waiting = 1 + ranks.site.id.int % LONGEST_WAIT
    is_read = (acts["closing"] == 0) & (read <= len(days) - waiting)
    return _when(is_read, days.gather(np.minimum(read, len(days) - 1)))


def _requests(ranks: Ranks) -> pl.DataFrame:
    """Split the minutes of each act as the engine does: equally, what is left over first."""
    asked, acts = ranks.requests, ranks.acts
    row = asked["row"]
    share, left_over = np.divmod(acts["minutes"][row], np.maximum(acts["request_count"][row], 1))
    return pl.DataFrame(
        {
            "row": row,
            "position": asked["position"],
            "theme": chosen(trade.THEME_CODES, asked["theme"]),
            "operator": chosen(trade.OPERATOR_CODES, asked["operator"]),
            "nature": chosen(trade.NATURES, asked["nature"]),
            "outcome": chosen(trade.OUTCOMES, asked["outcome"]),
            "frame": chosen(trade.FRAMES, asked["frame"]),
            "explanation": chosen(trade.EXPLANATIONS, asked["explanation"]),
            "minutes": _known(share + (asked["position"] < left_over)),
        }
    )


def _participants(ranks: Ranks) -> pl.DataFrame:
    told = ranks.participants
    return pl.DataFrame(
        {
            "row": told["row"],
            "sex": chosen(trade.SEXES, told["sex"]),
            "band": chosen(trade.BANDS, told["band"]),
            "count": told["count"],
        }
    )


def _instants(period: Period, days: Ints, seconds: Ints) -> pl.Series:
    """Return the instants, in UTC, at these seconds of these days of mainland France."""
    noons = (datetime.combine(day, time(12), PARIS) for day in days_of(period))
    midnights = np.array([int(noon.timestamp()) - 12 * 3600 for noon in noons], np.int64)
    return pl.Series(((midnights[days] + seconds) * 1000).astype("datetime64[ms]"))


def _or_none(values: list[str] | tuple[str, ...], ranks: Ints) -> pl.Series:
    return chosen([*values, None], np.where(ranks < 0, len(values), ranks))


def _known(numbers: Ints) -> pl.Series:
    return pl.Series(numbers).set(pl.Series(numbers == 0), None)


def _when(known: Bools, values: pl.Series) -> pl.Series:
    return pl.select(pl.when(pl.Series(known)).then(values)).to_series()
