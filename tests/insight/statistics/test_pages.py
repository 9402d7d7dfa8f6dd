"""Who may read which figures, and what the pages say: counts and words, never a person."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy

from entremise.foundation.access.actors import acting_as
from entremise.ground.network.duties import system_actor
from entremise.ground.network.enums import Role
from entremise.ground.network.models import Membership
from entremise.insight.statistics.operations import fold_figures
from entremise.practice.activity import operations
from entremise.practice.activity.engine import ParticipantContent, RequestContent
from entremise.practice.activity.models import Activity
from tests.cast import AT, PLACES, Cast, build_cast, record

EVERYBODY = [*PLACES, "stranger", "visitor"]
READERS = {
    "site_lead_lyon", "site_lead_lille", "director_lyon", "quality_lyon", "network_head",
    "internal_auditor",
}  # fmt: skip
COPIERS = {
    "mediator_lyon", "mediator_lille", "site_lead_lyon", "site_lead_lille", "director_lyon",
    "quality_lyon",
}  # fmt: skip
MARCH = "?since=2026-03-01&until=2026-03-31"
ALL_BASES = pytest.mark.django_db(databases=["default", "journal", "statistics"])


@pytest.fixture
def books(transactional_owner: None) -> Cast:
    """Two visits in Lyon, one on the bus, four in Lille; committed, for the statistics role."""
    cache.clear()
    cast = build_cast()
    with acting_as(system_actor(cast["admin"])):
        held = cast.memberships["mediator_lyon"]
        held.site = None
        held.save()
        record(
            cast,
            requests=(
                RequestContent("energy-bill", "edf", "inform", "resolved"),
                RequestContent("tax", "caf", None, None, "france_services"),
            ),
            participants=(ParticipantContent("f", "25-39"),),
        )
        record(cast, quarter=41)
        record(cast, "lyon_bus", mediator=held.pk, quarter=42)
        for quarter in range(30, 34):
            record(cast, "lille", quarter=quarter)
    return cast


@pytest.fixture
def enter(books: Cast) -> Callable[[str], Client]:
    """Return a client signed in as a member of the cast."""

    def signed(name: str) -> Client:
        client = Client()
        client.force_login(books[name])
        return client

    return signed


def figure(client: Client, address: str = MARCH, table: str = "counters") -> list[list[str]]:
    answer = client.get(reverse("figures_csv", args=[table]) + address)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@ALL_BASES
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        (reverse_lazy("figures"), READERS),
        (reverse_lazy("figures_csv", args=["themes"]), READERS),
        (reverse_lazy("france_services_table"), COPIERS),
    ],
)
def test_who_may_open_which_figures(cast, sign_in, who, address, allowed):
    expected = 200 if who in allowed else {"stranger": 404, "visitor": 302}.get(who, 403)

    assert sign_in(who).get(address).status_code == expected


@ALL_BASES
def test_table_that_does_not_exist_is_not_found(cast, sign_in):
    address = reverse("figures_csv", args=["mediators"])

    assert sign_in("network_head").get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "activities"),
    [
        ("site_lead_lyon", "2"),
        ("site_lead_lille", "4"),
        ("director_lyon", "3"),
        ("quality_lyon", "3"),
        ("network_head", "7"),
        ("internal_auditor", "7"),
    ],
)
def test_each_reads_the_figures_of_their_own_place(enter, who, activities):
    assert figure(enter(who))[1][:2] == ["activités", activities]


@pytest.mark.parametrize("who", ["site_lead_lyon", "director_lyon", "quality_lyon"])
def test_no_question_takes_a_lyon_reader_to_lille(books, enter, who):
    fold_figures(at=AT + timedelta(days=1))
    lille, structure = books.sites["lille"].pk, books.structures["lille"].pk
    own = figure(enter(who))

    for question in (f"&site={lille}", f"&structure={structure}", f"&site={lille}&structure="):
        assert figure(enter(who), MARCH + question) == own
        page = enter(who).get(reverse("figures") + MARCH + question).content.decode()
        assert "Lille" not in page


def test_network_head_narrows_to_a_structure_then_a_site(books, enter):
    head = enter("network_head")
    lyon, bus = books.structures["lyon"].pk, books.sites["lyon_bus"].pk

    assert figure(head, f"{MARCH}&structure={lyon}")[1][1] == "3"
    assert figure(head, f"{MARCH}&structure={lyon}&site={bus}")[1][1] == "1"
    assert [row[0] for row in figure(head, MARCH, "places")[1:]] == [
        "Entremise Lille", "Entremise Lyon",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "leads"), [("site_lead_lyon", True), ("quality_lyon", True), ("director_lyon", False),
                       ("network_head", False), ("internal_auditor", False)],
)  # fmt: skip
def test_only_who_reads_acts_is_led_to_them(enter, who, leads):
    page = enter(who).get(reverse("figures") + MARCH).content.decode()

    assert (f"{reverse('acts')}?period=dates" in page) is leads


def test_number_and_the_acts_behind_it_agree(enter):
    lead = enter("site_lead_lyon")
    table = lead.get(reverse("figures") + MARCH).context["tables"]["themes"]
    line = next(line for line in table.lines if line.head == "facture d’énergie")

    acts = lead.get(line.url)

    assert line.cells == (1, pytest.approx(100 / 3), 1)
    assert acts.context["page"].paginator.count == 1


def test_what_nobody_told_has_its_share_beside(enter):
    page = enter("site_lead_lyon").get(reverse("figures") + MARCH)

    assert page.context["untold"]["public"] == pytest.approx(50)
    assert page.context["untold"]["outcome"] == pytest.approx(200 / 3)
    assert "non renseigné" in page.content.decode()


def test_each_counter_has_its_definition_beside_it(enter):
    page = enter("site_lead_lyon").get(reverse("figures") + MARCH).content.decode()

    assert page.count('<details class="definition">') == 4
    assert "Les venues au point d’accueil" in page
    assert "non connu : les accueils sont anonymes" in page.replace("\u00a0", " ")


def test_figures_as_of_a_past_day_forget_what_came_after(books, enter):
    later = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    with acting_as(system_actor(books["admin"])):
        act = Activity.objects.filter(site=books.sites["lyon"]).first()
        operations.undo_activity(act, by=books["site_lead_lyon"], at=later)
    lead = enter("site_lead_lyon")

    assert figure(lead)[1][1] == "1"
    assert figure(lead, f"{MARCH}&as_of=2026-04-01")[1][1] == "2"
    assert figure(lead, f"{MARCH}&as_of=2026-03-15")[1][1] == "0"


def test_closed_month_shows_what_was_frozen_beside_what_is_known(books, enter):
    later = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    with acting_as(system_actor(books["admin"])):
        month = AT.date().replace(day=1)
        operations.close_month(books.structures["lyon"], month, by=books["director_lyon"], at=later)
        act = Activity.objects.filter(site=books.sites["lyon_bus"]).first()
        operations.undo_activity(
            act, by=books["site_lead_lyon"], at=later + timedelta(days=1), motive="twice"
        )

    page = enter("director_lyon").get(reverse("figures") + MARCH).content.decode()

    assert "Mois arrêté le jeudi 2 avril 2026" in page
    assert "arrêté : 3 · aujourd’hui : 2" in page.replace("\u00a0", " ")
    network = enter("network_head").get(reverse("figures") + MARCH).content.decode()
    assert "ne l’ont pas encore arrêté" in network


def test_load_is_masked_until_three_people_are_in_post(books, enter):
    lead = enter("site_lead_lyon")
    assert figure(lead, MARCH, "places")[1][-1] == "masqué\u00a0: moins de 3 médiateurs"

    for name in ("stranger",):
        Membership.objects.create(
            user=books[name], role=Role.MEDIATOR, structure=books.structures["lyon"],
            site=books.sites["lyon"], starts_on="2026-01-01", invited_at=AT,
            invited_by=books["admin"],
        )  # fmt: skip

    assert figure(lead, MARCH, "places")[1][-1] == "0,7"


def test_empty_period_says_what_to_do_next(enter):
    address = reverse("figures") + "?since=2020-01-01&until=2020-01-31"

    assert (
        "Aucune activité sur cette période" in enter("site_lead_lyon").get(address).content.decode()
    )


def test_unreadable_filters_narrow_nothing_and_say_so(enter):
    address = f"{reverse('figures')}?since=2026-03-31&until=2026-03-01&as_of=2999-01-01&site=x"

    page = enter("director_lyon").get(address)

    assert page.status_code == 200
    assert "échangez les deux dates" in page.content.decode()
    assert "pas encore venu" in page.content.decode()


def test_france_services_table_holds_its_requests_only_ready_to_copy(enter):
    address = f"{reverse('france_services_table')}?day=2026-03-16&period=day"

    page = enter("mediator_lyon").get(address)

    assert page.context["table"].tsv.splitlines()[1].split("\t") == [
        "Allocations familiales (CAF)", "impôts", "non renseigné", "accueil", "1",
    ]  # fmt: skip
    assert 'data-copy="organisme\tdémarche' in page.content.decode()
    answer = enter("mediator_lyon").get(f"{address}&format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbforganisme;")
    lille = enter("mediator_lille").get(address)
    assert "Aucune demande France services" in lille.content.decode()


def test_page_of_figures_costs_the_same_for_one_act_and_many(books, enter):
    head = enter("network_head")

    def queries() -> int:
        with (
            CaptureQueriesContext(connections["default"]) as one,
            CaptureQueriesContext(connections["statistics"]) as other,
        ):
            assert head.get(reverse("figures") + MARCH).status_code == 200
        return len(one) + len(other)

    queries()
    few = queries()
    with acting_as(system_actor(books["admin"])):
        for quarter in range(50, 55):
            record(books, "lille", quarter=quarter, requests=(RequestContent("tax"),))

    assert queries() == few
