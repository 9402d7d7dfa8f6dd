"""The list of acts taken away as CSV: the same acts as the list, in words, and nobody's name."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import polars
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.foundation.journal.models import Access
from entremise.ground.network.enums import Role, Status
from entremise.ground.network.models import Membership
from entremise.practice.activity import operations
from entremise.practice.activity.engine import RequestContent
from entremise.practice.activity.models import Activity, LocalTag
from entremise.practice.activity.views import export
from tests.cast import AT, DAY, SINCE, record

PERIOD = {"since": "2026-03-01", "until": "2026-03-31"}
SUMS = ("minutes", "activités", "passages", "demandes", "accompagnements")


def exported(client, **filters: str):
    """Return the answer of the export over the month of the tests."""
    return client.get(reverse("export_acts"), PERIOD | filters)


def bytes_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def table_of(answer) -> polars.DataFrame:
    """Open the file as a spreadsheet does."""
    return polars.read_csv(BytesIO(bytes_of(answer)), separator=";")


def listed(client, **filters: str):
    """Return the acts of the list on the screen, under the same filters."""
    return list(client.get(reverse("acts"), PERIOD | filters).context["page"].object_list)


@pytest.fixture
def month(cast):
    """Record a month of every kind of act in Lyon, and one in Lille."""
    explained = RequestContent(
        "energy-bill", "edf", "clear-misunderstanding", "resolved", explanation="both_sides"
    )
    record(cast, minutes=45, main_register=3, requests=(explained, RequestContent("tax")))
    record(cast, quarter=40, mode="phone")
    record(cast, quarter=41, kind="sale", requests=())
    record(cast, quarter=36, entry="wave", gathered=12, until_quarter=40, minutes=60)
    undone = record(cast, quarter=50)
    operations.undo_activity(undone, by=cast["mediator_lyon"], at=AT)
    record(cast, day=DAY - timedelta(days=3), quarter=38, requests=(RequestContent("tax"),) * 3)
    record(cast, "lille")


def test_file_holds_a_line_for_each_request_of_each_act_of_the_list(cast, sign_in, month):
    client = sign_in("mediator_lyon")
    acts = listed(client)

    table = table_of(exported(client))

    expected = []
    for act in acts:
        common = [act.act, act.day.isoformat(), f"{act.start:%H:%M}", act.site.name,
                  act.get_kind_display(), act.get_mode_display(), act.get_entry_display(),
                  str(act.main_register or "aucun")]  # fmt: skip
        for request in act.requests.all() or [None]:
            told = [
                request.theme.name if request else None,
                request.operator.name if request and request.operator else None,
                request.nature.name if request and request.nature else None,
                request.outcome.name if request and request.outcome else None,
                request.get_frame_display() if request else None,
            ]
            expected.append([*map(str, common), *told])
    shown = table.select(
        "accueil", "jour", "heure", "point d’accueil", "nature de l’acte", "mode de contact",
        "saisie", polars.col("registre").cast(polars.String), "motif", "organisme",
        "ce qui a été fait", "issue", "cadre",
    )  # fmt: skip
    assert [list(row) for row in shown.iter_rows()] == expected
    assert len(acts) == 5


def test_columns_of_counts_add_up_to_the_figures_of_the_list(cast, sign_in, month):
    client = sign_in("mediator_lyon")
    acts = listed(client)

    table = table_of(exported(client))

    assert {name: int(table[name].sum()) for name in SUMS} == {
        "minutes": sum(act.minutes or 0 for act in acts),
        "activités": 5,
        "passages": sum(act.passage_count for act in acts),
        "demandes": sum(act.request_count for act in acts),
        "accompagnements": sum(act.accompaniment_count for act in acts),
    }
    assert int(table["passages"].sum()) == 1 + 12 + 1


def test_wave_says_its_end_and_counts_its_people(cast, sign_in, month):
    table = table_of(exported(sign_in("mediator_lyon")))

    wave = table.filter(polars.col("saisie") == "vague").row(0, named=True)

    assert (wave["heure"], wave["jusqu’à"], wave["passages"], wave["activités"]) == (
        "09:00", "10:00", 12, 1,
    )  # fmt: skip


@pytest.mark.parametrize(("quarter", "half_day"), [(32, "matin"), (56, "après-midi")])
def test_hour_effaced_with_time_is_told_as_a_half_day(cast, sign_in, quarter, half_day):
    record(cast, quarter=quarter)
    Activity.objects.update(coarsened_on=DAY)

    table = table_of(exported(sign_in("mediator_lyon")))

    assert table["heure"].to_list() == [half_day]


@pytest.mark.parametrize(
    "filters",
    [
        {"theme": "tax"},
        {"mode": "phone"},
        {"register": "none"},
        {"words": "impôt"},
        {"kind": "sale"},
    ],
)
def test_filters_of_the_list_are_those_of_the_file(cast, sign_in, month, filters):
    client = sign_in("mediator_lyon")

    table = table_of(exported(client, **filters))

    assert list(dict.fromkeys(table["accueil"])) == [str(a.act) for a in listed(client, **filters)]
    assert 0 < table["accueil"].n_unique() < 5


def test_columns_tell_no_mediator_note_or_moment_of_typing(cast, sign_in, month):
    header = bytes_of(exported(sign_in("quality_lyon"))).decode("utf-8-sig").splitlines()[0]

    assert header.split(";") == [
        "accueil", "jour", "heure", "jusqu’à", "point d’accueil", "arrêt du bus",
        "nature de l’acte", "mode de contact", "saisie", "registre", "demande n°",
        "famille de motifs", "motif", "organisme", "ce qui a été fait", "issue", "cadre",
        "étiquette locale", *SUMS,
    ]  # fmt: skip


def test_nothing_of_the_list_or_the_file_can_be_asked_by_mediator(cast, sign_in, month):
    client = sign_in("site_lead_lyon")
    other = cast.memberships["reception_lyon"].pk
    asked = {"mediator": str(other), "second_mediator": str(other), "sort": "mediator",
             "order": "mediator", "o": "mediator"}  # fmt: skip
    page = client.get(reverse("acts"), PERIOD)

    assert [act.pk for act in listed(client, **asked)] == [act.pk for act in listed(client)]
    assert bytes_of(exported(client, **asked)) == bytes_of(exported(client))
    assert not {name for name in page.context["form"].fields if "mediator" in name}
    assert str(cast["mediator_lyon"]) not in page.content.decode()
    assert str(cast["mediator_lyon"]).encode() not in bytes_of(exported(client))


def test_cell_that_a_spreadsheet_would_run_is_kept_as_text(cast, sign_in):
    for rank, label in enumerate(("=1+1", "+33", "-2", "@SUM", "\tx", "ordinaire")):
        tag = LocalTag.objects.create(
            structure=cast.structures["lyon"], label=label, theme_id="energy"
        )
        record(cast, quarter=30 + rank, requests=(RequestContent("energy", local_tag=tag.pk),))

    text = bytes_of(exported(sign_in("mediator_lyon"))).decode("utf-8-sig")

    rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
    assert {row["étiquette locale"] for row in rows} == {
        "'=1+1", "'+33", "'-2", "'@SUM", "'\tx", "ordinaire",
    }  # fmt: skip


def test_file_opens_in_a_french_spreadsheet_under_the_name_of_the_place_and_the_days(
    cast, sign_in, month
):
    answer = exported(sign_in("mediator_lyon"))

    assert bytes_of(answer).startswith(b"\xef\xbb\xbfaccueil;jour;")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        'attachment; filename="accueils-point-daccueil-lyon-2026-03-01-2026-03-31.csv"'
    )


def test_file_of_a_structure_bears_its_name(cast, sign_in, month):
    answer = exported(sign_in("quality_lyon"))

    assert bytes_of(answer)
    assert 'filename="accueils-entremise-lyon-2026-03-01' in answer["Content-Disposition"]


def test_file_costs_the_same_number_of_queries_for_one_act_and_for_many(cast, sign_in):
    client = sign_in("mediator_lyon")
    record(cast)
    bytes_of(exported(client))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            bytes_of(exported(client))
        return len(captured)

    one = cost()
    for rank in range(5):
        record(cast, quarter=40 + rank, requests=(RequestContent("tax"), RequestContent("work")))

    assert cost() == one


def test_list_too_long_is_refused_whole_with_what_to_do(cast, sign_in, month, monkeypatch):
    monkeypatch.setattr(export, "LINES_AT_MOST", 4)
    client = sign_in("mediator_lyon")

    answer = client.get(reverse("export_acts"), PERIOD | {"theme": ""}, follow=True)

    assert answer.redirect_chain == [
        (f"{reverse('acts')}?since=2026-03-01&until=2026-03-31&theme=", 302)
    ]
    assert "Choisissez une période plus courte" in answer.content.decode()


def test_dates_in_the_wrong_order_lead_back_to_the_list_that_says_so(cast, sign_in, month):
    answer = sign_in("mediator_lyon").get(
        reverse("export_acts"), {"since": "2026-03-31", "until": "2026-03-01"}, follow=True
    )

    assert "échangez les deux dates" in answer.content.decode()


def test_taking_the_list_away_is_written_in_the_journal_of_accesses(cast, sign_in, month):
    bytes_of(exported(sign_in("site_lead_lyon")))

    access = Access.objects.using("journal").get(verb="activity.exported")
    assert (access.actor_id, access.structure_id) == (
        cast["site_lead_lyon"].pk, cast.structures["lyon"].pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "code"),
    [("mediator_lyon", 200), ("site_lead_lyon", 200), ("quality_lyon", 200),
     ("reception_lyon", 403), ("director_lyon", 403), ("network_head", 403), ("dpo", 403),
     ("stranger", 404)],
)  # fmt: skip
def test_who_may_take_the_list_away(cast, sign_in, month, who, code):
    client = sign_in(who)

    answer = exported(client)

    assert answer.status_code == code
    assert not answer.streaming or bytes_of(answer)
    if who in ("site_lead_lyon", "reception_lyon"):
        button = reverse("export_acts") in client.get(reverse("acts")).content.decode()
        assert button is (code == 200)


def test_acts_read_as_reception_are_shown_of_the_day_and_never_taken_away(cast, sign_in):
    desk = Membership.objects.create(
        user=cast["mediator_lyon"], role=Role.RECEPTION, status=Status.OTHER,
        structure=cast.structures["lyon"], site=cast.sites["lyon_bus"], starts_on=SINCE,
        invited_at=AT, invited_by=cast["admin"],
    )  # fmt: skip
    today = cast.actor("mediator_lyon").today
    record(cast, day=today)
    record(cast, day=today, site=cast.sites["lyon_bus"].pk, mediator=desk.pk)
    client = sign_in("mediator_lyon")
    day = {"since": today.isoformat(), "until": today.isoformat()}

    table = table_of(exported(client, **day))

    assert len(listed(client, **day)) == 2
    assert table["point d’accueil"].to_list() == ["Point d’accueil Lyon"]


def test_button_of_the_list_keeps_its_filters(cast, sign_in, month):
    page = sign_in("mediator_lyon").get(reverse("acts"), PERIOD | {"theme": "tax"})

    address = f"{reverse('export_acts')}?since=2026-03-01&amp;until=2026-03-31&amp;theme=tax"
    assert address in page.content.decode()


def test_neighbouring_site_lead_takes_away_their_own_place_only(cast, sign_in, month):
    table = table_of(exported(sign_in("site_lead_lille")))

    assert set(table["point d’accueil"]) == {"Point d’accueil Lille"}
    assert date(2026, 3, 16).isoformat() in table["jour"]
