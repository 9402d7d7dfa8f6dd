"""Reads one row of a file of past acts: the content of an act, or why it is refused.

Nothing is guessed: what a row does not tell stays « non renseigné », what it tells badly refuses
it. What was already worked out is remembered, since a file repeats itself.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.foundation.imports.engine import cells
from entremise.foundation.imports.engine.cells import BadCell
from entremise.foundation.imports.engine.mapping import Mapping
from entremise.foundation.imports.engine.report import Remark
from entremise.foundation.ui import formats
from entremise.practice.activity import engine
from entremise.practice.activity.engine import ActContent, ParticipantContent, RequestContent
from entremise.practice.activity.enums import (
    DESK_REGISTER,
    NOT_ASKED,
    ON_SITE,
    WITHOUT_REQUEST,
    Entry,
    Frame,
    Kind,
)
from entremise.practice.activity.errors import MinutesDisagree
from entremise.practice.activity.queries.act_cells import LISTED, ActCells
from entremise.practice.activity.queries.act_lists import Entry as Listed
from entremise.practice.activity.queries.act_lists import Lists, Place, Post
from entremise.practice.activity.queries.act_mappings import LABELS, file_zone
from entremise.practice.activity.queries.act_moments import EARLIEST, Moment, local_moment

MOST_IN_A_GROUP = 99
LONGEST_KEY = 200
_OF_REQUEST = (*LISTED, "frame", "explanation")
_REMEMBERED = 50_000


@dataclass(slots=True)
class ActRow:
    """What a row says. `key` recognises the act within its source, empty for a refused row."""

    number: int
    key: str = ""
    content: ActContent | None = None
    place: Place | None = None
    supervised: bool = False
    refusals: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    @property
    def structure(self) -> UUID:
        """The structure of the place. Raises ValueError when none was found."""
        if self.place is None:
            raise ValueError("no place was found")
        return self.place.structure

    def refuse(self, target: str, message: str) -> None:
        """Say why the row is refused."""
        self.refusals.append(Remark(self.number, target, message))

    def refused(self, target: str) -> bool:
        """True when this field is already a reason."""
        return any(remark.field == target for remark in self.refusals)

    def warn(self, target: str, message: str) -> None:
        """Say what a person should look at."""
        self.warnings.append(Remark(self.number, target, message))


class ActReader:
    """Reads the rows of one file under one mapping, up to a day that is today's for the network."""

    def __init__(self, mapping: Mapping, lists: Lists, columns: list[str], *, today: date) -> None:
        self._lists = lists
        self._cells = ActCells(mapping, lists, columns)
        self._id = [columns.index(name) for name in mapping.id]
        self._zone = file_zone(mapping)
        self._by_rule = mapping.constants.get("register", "desk") == "desk"
        self._suffixes = [s for s in ("", "_2", "_3") if f"theme{s}" in mapping.fields]
        asked = [f"{name}{s}" for s in self._suffixes for name in _OF_REQUEST]
        self._asked = [n for n in (*asked, "kind", "minutes") if n in mapping.fields]
        self._shared = {name for name in mapping.constants if name in _OF_REQUEST}
        self._moment_field = "start" if "start" in mapping.fields else ""
        first, last = mapping.period.get("first"), mapping.period.get("last")
        self._first = max(date.fromisoformat(first), EARLIEST) if first else EARLIEST
        self._last = min(date.fromisoformat(last), today) if last else today
        self._places: dict[tuple[Any, Any], Place | BadCell] = {}
        self._posts: dict[tuple[UUID, Any], list[Post] | BadCell] = {}
        self._requests: dict[tuple[Any, ...], _Requests] = {}
        self._participants: dict[tuple[Any, ...], tuple[ParticipantContent, ...]] = {}
        self._closures: dict[tuple[UUID, date], str] = {}

    def read(self, number: int, row: list[str]) -> ActRow:
        """Return what the row says of an act."""
        read = ActRow(number)
        told = self._cells.told(row, read.refuse)
        self._find_place(read, told)
        moment = self._moment(read, told)
        if moment is None or read.place is None:
            return read
        requests = self._asked_for(read, told, moment.day)
        post = self._post(read, told, read.place, moment.day)
        key = self._key(read, row)
        if told["mode"] is None and not read.refused("mode"):
            read.refuse("mode", _("Le mode de contact manque."))
        if "count" in told and told["count"] is None and not read.refused("count"):
            read.refuse("count", _("Le nombre de personnes manque."))
        if read.refusals or post is None or requests is None:
            return read
        read.content = self._content(told, read.place, moment, requests, post)
        read.key, read.supervised = key, post.supervised
        if read.content.mode in ON_SITE:
            self._look_at_the_doors(read, read.place, moment.day)
        return read

    def _find_place(self, read: ActRow, told: dict[str, Any]) -> None:
        key = told["site"], told.get("structure")
        place = _known(self._places, key, lambda: self._lists.place(key[0] or "", key[1] or ""))
        if isinstance(place, BadCell):
            read.refuse("site", place.message)
            return
        read.place = place
        if not place.has_desk:
            read.refuse("site", _("L’accueil n’est pas activé pour la structure de ce lieu."))

    def _moment(self, read: ActRow, told: dict[str, Any]) -> Moment | None:
        if self._moment_field:
            day, clock = told["start"] or (None, None)
        else:
            day, clock = told["day"], told["time"]
        for name, value in (("day", day), ("time", clock)):
            column = self._moment_field or name
            if value is None and not read.refused(column):
                read.refuse(column, _("Le jour ou l’heure manque."))
        if day is None or clock is None or read.place is None:
            return None
        try:
            moment = local_moment(day, clock, self._zone, read.place.zone)
        except BadCell as bad:
            read.refuse(self._moment_field or "time", bad.message)
            return None
        if not self._first <= moment.day <= self._last:
            message = _("Le %(day)s est hors de ce qui peut être repris, du %(first)s au %(last)s.")
            told_days = {"day": moment.day, "first": self._first, "last": self._last}
            bounds = {name: f"{bound:%d/%m/%Y}" for name, bound in told_days.items()}
            read.refuse(self._moment_field or "day", message % bounds)
            return None
        if moment.warning:
            read.warn(self._moment_field or "time", moment.warning)
        closed = read.place.closed_on
        if closed and moment.day >= closed:
            message = _("Ce lieu est fermé depuis le %(day)s.")
            read.refuse("site", message % {"day": formats.long_day(closed)})
        return moment

    def _asked_for(self, read: ActRow, told: dict[str, Any], day: date) -> "_Requests | None":
        """Return the requests of the row, each entry being in its list on that day."""
        key = tuple([told[name] for name in self._asked])
        known = self._requests.get(key)
        if known and known.first <= day < known.end:
            return known
        if read.refusals:
            return None
        found = self._build_requests(read, told, day)
        if found and not read.refusals:
            _remember(self._requests, key, found)
        return found

    def _build_requests(self, read: ActRow, told: dict[str, Any], day: date) -> "_Requests | None":
        kind = told.get("kind") or Kind.RECEPTION
        entries: list[Listed] = []
        requests = []
        for suffix in self._suffixes:
            listed = {name: told.get(f"{name}{suffix}") for name in LISTED}
            explanation = told.get(f"explanation{suffix}") or ""
            if listed["theme"] is None:
                if explanation or any(listed[name] and name not in self._shared for name in LISTED):
                    read.refuse(f"theme{suffix}", _("Le thème de cette demande manque."))
                continue
            for name, entry in listed.items():
                if entry and not entry.first <= day < entry.end:
                    message = _("« %(label)s » n’était pas dans la liste du réseau ce jour-là.")
                    read.refuse(f"{name}{suffix}", message % {"label": entry.label})
            entries += filter(None, listed.values())
            codes: dict[str, Any] = {
                name: entry.code if entry else None for name, entry in listed.items()
            }
            frame = told.get(f"frame{suffix}") or Frame.MEDIATION
            requests.append(RequestContent(**codes, frame=frame, explanation=explanation))
        if not requests and kind not in WITHOUT_REQUEST:
            read.refuse("theme", _("Le thème manque."))
        try:
            split = engine.split_minutes(told.get("minutes"), [None] * len(requests))
        except MinutesDisagree as refusal:
            read.refuse("minutes", str(refusal))
            return None
        of_act = tuple(replace(r, minutes=m) for r, m in zip(requests, split, strict=True))
        return _Requests(
            of_act,
            self._register(kind, of_act),
            max((entry.first for entry in entries), default=date.min),
            min((entry.end for entry in entries), default=date.max),
        )

    def _register(self, kind: str, requests: tuple[RequestContent, ...]) -> int | None:
        """Return what the desk's own rule gives; the engine's `proposed_register` says the same."""
        if not self._by_rule or kind in WITHOUT_REQUEST:
            return None
        earned = any(engine.earns_register_3(r, self._lists.registers) for r in requests)
        return DESK_REGISTER if earned else None

    def _post(self, read: ActRow, told: dict[str, Any], place: Place, day: date) -> Post | None:
        """Return the desk role under which someone received that day at that place."""
        account = told["mediator"] or ""
        key = place.id, account
        posts = _known(self._posts, key, lambda: self._lists.posts(place, account))
        if isinstance(posts, BadCell):
            read.refuse("mediator", posts.message)
            return None
        for post in posts:
            if post.first <= day < post.end:
                return post
        message = _(
            "« %(account)s » ne tenait pas l’accueil dans ce lieu le %(day)s : datez son rôle, "
            "ou corrigez la ligne."
        )
        read.refuse("mediator", message % {"account": account, "day": formats.long_day(day)})
        return None

    def _content(
        self,
        told: dict[str, Any],
        place: Place,
        moment: Moment,
        asked: "_Requests",
        post: Post,
    ) -> ActContent:
        commune_answer, commune = told.get("commune") or ("", None)
        group = told.get("sex"), told.get("band") or told.get("age"), told.get("count")
        mode: str = told["mode"]
        return ActContent(
            site=place.id,
            mediator=post.membership,
            day=moment.day,
            quarter=moment.quarter,
            kind=told.get("kind") or Kind.RECEPTION,
            mode=mode,
            place_kind=engine.place_of(mode),
            minutes=told.get("minutes"),
            origin=told.get("origin") or "",
            requests=asked.requests,
            participants=_known(self._participants, group, lambda: _participants(*group)),
            basis=told.get("basis") or "",
            presence=(told["presence"],) if told.get("presence") else (),
            first_visit=told.get("first_visit") or "",
            commune_answer=commune_answer,
            commune=commune,
            qpv_answer=told.get("qpv_answer") or "",
            autonomy=told.get("autonomy") or "",
            main_register=asked.register,
            entry=Entry.IMPORTED,
            gathered=group[2],
        )

    def _key(self, read: ActRow, row: list[str]) -> str:
        """Return the declared identifier of the row, else the digest of all its cells."""
        if not self._id:
            return hashlib.sha256("\x1f".join(row).encode()).hexdigest()
        parts = [cells.one_line(row[rank]) for rank in self._id]
        key = "/".join(parts)
        try:
            cells.refuse_formula(key)
        except BadCell as bad:
            read.refuse("id", bad.message)
        if not all(parts):
            read.refuse("id", _("L’identifiant manque : la ligne ne pourrait pas être retrouvée."))
        elif len(key) > LONGEST_KEY:
            message = _("L’identifiant dépasse %(count)d signes.")
            read.refuse("id", message % {"count": LONGEST_KEY})
        return key

    def _look_at_the_doors(self, read: ActRow, place: Place, day: date) -> None:
        """Warn when an on-site act falls on a day of closure; a call or an outing does not."""
        key = place.id, day
        warning = self._closures.get(key)
        if warning is None:
            warning = _closure(place, day)
            _remember(self._closures, key, warning)
        if warning:
            read.warn("day", warning)


@dataclass(frozen=True, slots=True)
class _Requests:
    """The requests of a row, the register they earn, and the days when every entry is in force."""

    requests: tuple[RequestContent, ...]
    register: int | None
    first: date
    end: date


def label_of(name: str) -> str:
    """Return how a field is called on screen, the second and third requests told apart."""
    stem, rank = (name[:-2], name[-1]) if name[-2:] in ("_2", "_3") else (name, "")
    label = str(LABELS.get(stem, stem))
    return f"{label} {rank}" if rank else label


def _known(memory: dict[Any, Any], key: Any, find: Callable[[], Any]) -> Any:
    """Return what is remembered under a key, else what is found, a BadCell included."""
    try:
        return memory[key]
    except KeyError:
        try:
            found = find()
        except BadCell as bad:
            found = bad
        _remember(memory, key, found)
        return found


def _remember(memory: dict[Any, Any], key: Any, found: Any) -> None:
    if len(memory) > _REMEMBERED:
        memory.clear()
    memory[key] = found


def _closure(place: Place, day: date) -> str:
    if place.opened_on and day < place.opened_on:
        message = _("%(place)s n’était pas encore ouvert le %(day)s.")
    elif place.is_closed_on(day):
        message = _("%(place)s était fermé le %(day)s.")
    else:
        return ""
    return message % {"place": place.name, "day": formats.long_day(day)}


def _participants(
    sex: str | None, band: str | None, count: int | None
) -> tuple[ParticipantContent, ...]:
    """Return the people of a row in groups that a row of the table can hold."""
    if not sex and not band:
        return ()
    whole, rest = divmod(count or 1, MOST_IN_A_GROUP)
    sizes = [MOST_IN_A_GROUP] * whole + ([rest] if rest else [])
    return tuple(ParticipantContent(sex or NOT_ASKED, band or NOT_ASKED, n) for n in sizes)
