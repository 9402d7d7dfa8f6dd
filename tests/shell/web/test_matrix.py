"""The matrix: every address against every member of the cast, read and written.

A visitor is sent to sign in. A stranger gets 404. Someone of the network who may not gets 403, or
404 where the object itself is not theirs to know.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from entremise.ground.network.enums import ClosureReason, HalfDay
from entremise.ground.network.models import OpeningException, Stop
from entremise.ground.network.operations import imports
from entremise.practice.activity import operations
from entremise.practice.activity.models import LocalTag
from tests.cast import AT, DAY, PLACES, Cast, record

VISITOR, STRANGER = "visitor", "stranger"
NETWORK = frozenset(PLACES)
LYON_DESK = frozenset({"mediator_lyon", "site_lead_lyon", "quality_lyon"})
DESKS = frozenset({"mediator_lyon", "mediator_lille", "reception_lyon"})
LEADS = frozenset({"site_lead_lyon", "site_lead_lille"})
HEAD = frozenset({"network_head"})
DIRECTION = HEAD | {"director_lyon"}
FIGURES = LEADS | DIRECTION | {"quality_lyon", "internal_auditor"}
OTHER_TOWN = frozenset({"mediator_lille", "site_lead_lille"})


@dataclass(frozen=True)
class Route:
    """An address: who may open it, and who may not even know of its object."""

    may: frozenset[str]
    unseen_by: frozenset[str] = frozenset()
    of: str = ""
    post_only: bool = False


def page(may: frozenset[str], of: str = "", unseen_by: frozenset[str] = frozenset()) -> Route:
    """Return a route that is read, and perhaps written."""
    return Route(may, unseen_by, of)


def act(may: frozenset[str], of: str = "", unseen_by: frozenset[str] = frozenset()) -> Route:
    """Return a route that only takes a POST."""
    return Route(may, unseen_by, of, post_only=True)


ROUTES: dict[str, Route] = {
    "today": page(NETWORK),
    "record_visit": page(DESKS),
    "acts": page(DESKS | LEADS | {"quality_lyon"}),
    "act": page(LYON_DESK, "act", OTHER_TOWN | {"reception_lyon"}),
    "correct_act": page(LYON_DESK - {"quality_lyon"}, "act", OTHER_TOWN | {"reception_lyon"}),
    "undo_act": page(LYON_DESK - {"quality_lyon"}, "act", OTHER_TOWN | {"reception_lyon"}),
    "change_person": page(DESKS),
    "export_acts": page(LYON_DESK | OTHER_TOWN),
    "my_activity": page(DESKS),
    "record_wave": page(DESKS),
    "tally_sheet": page(DESKS),
    "enter_sheet": page(DESKS),
    "reviews": page(LEADS),
    "review_day": page(frozenset({"site_lead_lyon"}), "day"),
    "months": page(frozenset({"director_lyon"})),
    "month": page(frozenset({"director_lyon"}), "closing"),
    "close_month": page(frozenset({"director_lyon"}), "open_month"),
    "figures": page(FIGURES),
    "figures_csv": page(FIGURES, "table"),
    "france_services_table": page(LYON_DESK | OTHER_TOWN | {"director_lyon"}),
    "local_tags": page(LEADS | {"director_lyon"}),
    "edit_local_tag": page(
        frozenset({"site_lead_lyon", "director_lyon"}), "tag", OTHER_TOWN - DESKS
    ),
    "sites": page(NETWORK),
    "unattached_sites": page(HEAD),
    "site": page(NETWORK, "site"),
    "edit_site": page(DIRECTION, "site"),
    "note_opening_exception": page(DIRECTION | {"site_lead_lyon"}, "site"),
    "remove_opening_exception": act(DIRECTION | {"site_lead_lyon"}, "exception"),
    "suspend_site": page(DIRECTION, "site"),
    "reopen_site": page(DIRECTION, "site"),
    "close_site": page(HEAD, "site"),
    "move_site": page(HEAD, "site"),
    "merge_site": page(HEAD, "site"),
    "add_stop": page(DIRECTION, "bus"),
    "remove_stop": act(DIRECTION, "stop"),
    "raise_stop": act(DIRECTION, "stop"),
    "map": page(NETWORK),
    "map_points": page(NETWORK),
    "structures": page(NETWORK),
    "open_structure": page(HEAD),
    "structure": page(NETWORK, "structure"),
    "edit_structure": page(DIRECTION, "structure"),
    "structure_modules": page(DIRECTION, "structure"),
    "open_site": page(DIRECTION, "structure"),
    "checklist": page(DIRECTION, "structure"),
    "tick_step": act(DIRECTION, "step"),
    "members": page(DIRECTION | LEADS),
    "invite_member": page(DIRECTION),
    "member": page(DIRECTION | {"site_lead_lyon"}, "member", frozenset({"site_lead_lille"})),
    "end_membership": page(DIRECTION, "member"),
    "suspend_membership": page(DIRECTION, "member"),
    "resume_membership": page(DIRECTION, "member"),
    "site_imports": page(HEAD),
    "site_import": page(HEAD, "import"),
    "confirm_site_import": act(HEAD, "import"),
    "undo_site_import": act(HEAD, "import"),
    "journal": page(HEAD | {"dpo"}),
    "roles": page(NETWORK),
    "switch_structure": page(NETWORK),
}
# Open to whoever signs in, whatever the role, or before signing in at all.
OUTSIDE = {
    "front_door", "my_account", "sign_out_everywhere", "set_language", "gallery",
    "map_outlines",  # nothing to show unless the operator supplied outlines
    "lock", "unlock", "confirm_password", "still_here", "discreet_mode", "short_code",
    "check_note",  # answers about a text, and keeps nothing
    "outbox",  # nothing to show outside a demonstration
}  # fmt: skip
EVERYBODY = [VISITOR, *PLACES, STRANGER]


@pytest.fixture
def things(cast: Cast) -> dict[str, dict[str, Any]]:
    """Build one object of each kind, in Lyon, and return the arguments of its address."""
    site, bus = cast.sites["lyon"], cast.sites["lyon_bus"]
    signed = {"noted_at": AT, "noted_by": cast["director_lyon"]}
    closure = OpeningException.objects.create(
        site=site, day=DAY, half_day=HalfDay.DAY, reason=ClosureReason.STAFF, **signed
    )
    stop = Stop.objects.create(site=bus, commune=site.commune, label="Place", position=0)
    tag = LocalTag.objects.create(structure=site.structure, label="Étiquette", theme_id="energy")
    batch = imports.keep_list(
        file_name="lieux.csv",
        content=b"nom;code\nA;1\n",
        mapping={},
        by=cast["network_head"],
        at=AT,
    )
    record(cast, day=date(2026, 2, 3))
    operations.close_month(site.structure, date(2026, 2, 1), by=cast["director_lyon"], at=AT)
    return {
        "": {},
        "day": {"site": site.pk, "day": DAY.isoformat()},
        "table": {"table": "counters"},
        "closing": {"month": "2026-02"},
        "open_month": {"month": "2026-03"},
        "act": {"act": record(cast).act},
        "tag": {"pk": tag.pk},
        "site": {"pk": site.pk},
        "bus": {"pk": bus.pk},
        "exception": {"pk": site.pk, "exception_pk": closure.pk},
        "stop": {"pk": bus.pk, "stop_pk": stop.pk},
        "structure": {"pk": site.structure_id},
        "step": {"pk": site.structure_id, "step": "ground_rules"},
        "member": {"pk": cast.memberships["mediator_lyon"].pk},
        "import": {"pk": batch.pk},
    }


def expected(route: Route, who: str) -> int | None:
    """Return the code of the refusal, None when the door opens."""
    if who == VISITOR:
        return 302
    if who == STRANGER:
        return 404
    if who in route.may:
        return None
    return 404 if who in route.unseen_by else 403


def _answers(client: Any, method: str, address: str) -> int:
    with transaction.atomic():
        answer = getattr(client, method)(address)
        code = answer.status_code
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return code


@pytest.mark.parametrize("name", ROUTES)
def test_address_against_the_whole_cast(name, things, sign_in):
    route = ROUTES[name]
    address = reverse(name, kwargs=things[route.of])

    read, written = {}, {}
    for who in EVERYBODY:
        client = sign_in(who)
        if not route.post_only:
            read[who] = _answers(client, "get", address)
        written[who] = _answers(client, "post", address)

    refusals = {who: code for who in EVERYBODY if (code := expected(route, who))}
    if not route.post_only:
        assert read == {who: refusals.get(who, read_code(name)) for who in EVERYBODY}
    assert {who: code for who, code in written.items() if who in refusals} == refusals
    assert not {who for who, code in written.items() if who not in refusals and code in (403, 404)}


def read_code(name: str) -> int:
    """Return what an open door answers to a reading."""
    return 302 if name == "record_visit" else 200


def _every_route(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        else:
            yield from _every_route(pattern.url_patterns)


def test_no_address_is_left_out_of_the_matrix():
    names = set(_every_route(get_resolver().url_patterns))

    forgotten = {n for n in names if not n.startswith("account_")} - set(ROUTES) - OUTSIDE
    assert forgotten == set()
    assert (set(ROUTES) | OUTSIDE) - names == set()


@pytest.mark.parametrize(
    "name", ["act", "site", "structure", "member", "edit_local_tag", "site_import"]
)
def test_object_that_does_not_exist_is_not_found(cast, sign_in, name):
    who = "network_head" if name == "site_import" else "site_lead_lyon"
    argument = "act" if name == "act" else "pk"

    assert sign_in(who).get(reverse(name, kwargs={argument: uuid4()})).status_code == 404


@pytest.mark.parametrize("who", [STRANGER, VISITOR])
def test_gallery_shows_invented_things_to_anybody(cast, sign_in: Callable[..., Any], who):
    assert sign_in(who).get(reverse("gallery")).status_code == 200
