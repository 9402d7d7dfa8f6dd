"""The counts of versions of acts along each slice, as SQL text: one definition for all figures.

A closing (application role) and the figures of `insight.statistics` (statistics role) read the
same text; it touches neutral columns only. Nothing here runs a query.
"""
# ruff: noqa: S608 -- every part of the text is written in code; values are the caller's parameters

from collections.abc import Callable, Iterable, Sequence

from entremise.practice.activity.enums import Slice

UNTOLD = ""
NO_REGISTER = "none"
COUNTERS = ("activities", "passages", "requests", "accompaniments", "to_review")
FROZEN_SLICES = tuple(Slice.values)

Slicing = Callable[[str], str]  # the columns that lead each row → the SELECT of one slice

_VERSION = (
    "a.id, a.structure_id, a.site_id, a.day, a.main_register, a.commune_id, a.entry,"
    " a.passage_count, a.request_count, a.accompaniment_count"
)
_PLACE = "structure_id, site_id, day"
_TOLD = (
    ", told AS MATERIALIZED (SELECT v.ref, r.theme_id, r.outcome_id, r.nature_id FROM versions v"
    " JOIN activity_request r ON r.activity_id = v.id WHERE v.counted <> 0)"
)
_SUMS = (
    "sum(counted) AS activities, sum(counted * passage_count) AS passages,"
    " sum(counted * request_count) AS requests,"
    " sum(counted * accompaniment_count) AS accompaniments"
)


def rows_sql(where: str, slices: Iterable[str] = FROZEN_SLICES) -> str:
    """Return a SELECT of structure_id, site_id, day, slice, key and the COUNTERS of the versions
    `a` of `activity_activity` that the condition keeps.

    Acts are counted once under each key. A request adds to its own theme, outcome and nature; the
    activities, passages and accompaniments of such a key are those of the acts that carry it, so
    they do not add up over keys. `public` counts people (accompaniments) and the acts that
    received them; what was not told is under UNTOLD. `to_review` is told in the total only.
    """
    versions = (
        f"SELECT {_VERSION}, 1 AS counted, (a.reviewed_on IS NULL)::int AS unread"
        f" FROM activity_activity a WHERE {where}"
    )
    return counted_sql(versions, slices)


def event_sql(known_on: str, where: str, *, counted: str, unread: str) -> str:
    """Return a SELECT of versions as events known on a day, for `counted_sql(…, by=("known_on",))`.

    All are SQL expressions on the version `a`: `counted` is what the event adds to the counters
    (1 recorded, -1 closed), `unread` what it adds to the number of acts to review.
    """
    return (
        f"SELECT {_VERSION}, {counted} AS counted, {unread} AS unread, {known_on} AS known_on"
        f" FROM activity_activity a WHERE {where}"
    )


def counted_sql(versions: str, slices: Iterable[str], by: Sequence[str] = ()) -> str:
    """Return the SELECT that counts a SELECT of versions or events along the slices asked; the
    columns of `by` come first.
    """
    lead = ", ".join((*by, _PLACE))
    asked = list(slices)
    parts = [_SLICES[one](lead) for one in asked]
    told = _TOLD if _OF_REQUESTS & set(asked) else ""
    # `ref` numbers the versions: grouping a million of them by it is much lighter than by all
    # that is known of each.
    numbered = f"SELECT row_number() OVER () AS ref, e.* FROM ({versions}) AS e"
    return f"WITH versions AS MATERIALIZED ({numbered}){told} {' UNION ALL '.join(parts)}"


def _plain(name: str, key: str, condition: str = "true", *, unread: str = "0") -> Slicing:
    def sql(lead: str) -> str:
        return (
            f"SELECT {lead}, '{name}' AS slice, {key} AS key, {_SUMS}, {unread} AS to_review"
            f" FROM versions WHERE {condition} GROUP BY {lead}, key"
        )

    return sql


def _by_request(name: str, column: str) -> Slicing:
    sums = _SUMS.replace("request_count", "once.times")
    once = (
        f"SELECT ref, coalesce({column}, '') AS key, count(*) AS times FROM told"
        f" GROUP BY ref, coalesce({column}, '')"
    )

    def sql(lead: str) -> str:
        return (
            f"SELECT {lead}, '{name}' AS slice, key, {sums}, 0 AS to_review"
            f" FROM ({once}) AS once JOIN versions USING (ref) GROUP BY {lead}, key"
        )

    return sql


def _by_public(lead: str) -> str:
    told = (
        "SELECT v.ref, CASE WHEN grouping(p.sex) = 1 THEN '' ELSE p.sex || ':' || p.band END"
        " AS key, CASE WHEN grouping(p.sex) = 1"
        " THEN v.accompaniment_count - coalesce(sum(p.people_count), 0)"
        " ELSE sum(p.people_count) END AS people"
        " FROM versions v LEFT JOIN activity_participants p ON p.activity_id = v.id"
        " WHERE v.counted <> 0 AND v.accompaniment_count > 0"
        " GROUP BY GROUPING SETS ((v.ref, v.accompaniment_count, p.sex, p.band),"
        " (v.ref, v.accompaniment_count))"
        " HAVING CASE WHEN grouping(p.sex) = 1"
        " THEN v.accompaniment_count > coalesce(sum(p.people_count), 0)"
        " ELSE p.sex IS NOT NULL END"
    )
    return (
        f"SELECT {lead}, 'public' AS slice, key, sum(counted) AS activities, 0 AS passages,"
        f" 0 AS requests, sum(counted * people) AS accompaniments, 0 AS to_review"
        f" FROM ({told}) AS told JOIN versions USING (ref) GROUP BY {lead}, key"
    )


_OF_REQUESTS = {Slice.THEME, Slice.OUTCOME, Slice.NATURE}
# `entry` is no frozen slice: figures show apart what waves, sheets and imports brought.
ENTRY = "entry"
_SLICES: dict[str, Slicing] = {
    Slice.TOTAL: _plain("total", "''", unread="sum(unread)"),
    Slice.REGISTER: _plain(
        "register", f"coalesce(main_register::text, '{NO_REGISTER}')", "counted <> 0"
    ),
    Slice.THEME: _by_request("theme", "theme_id"),
    Slice.COMMUNE: _plain("commune", "coalesce(commune_id, '')", "counted <> 0"),
    Slice.PUBLIC: _by_public,
    Slice.OUTCOME: _by_request("outcome", "outcome_id"),
    Slice.NATURE: _by_request("nature", "nature_id"),
    ENTRY: _plain("entry", "entry", "counted <> 0 AND entry <> 'direct'"),
}
