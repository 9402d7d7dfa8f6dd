"""A row of past acts: what it tells is kept, what it tells badly refuses it in a sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from entremise.ground.network.models import OpeningException, Site
from entremise.practice.activity import engine
from entremise.practice.activity.queries.act_lists import lists_of_past_acts
from entremise.practice.activity.queries.act_mappings import act_mapping_text
from entremise.practice.activity.queries.act_rows import ActReader

TODAY = date(2026, 3, 20)
MAPPING = """
source = "cahier"
id = ["n"]
time_zone = "site"

[columns]
site = "lieu"
mediator = "qui"
day = "jour"
time = "heure"
mode = "mode"
theme = "theme"
nature = "nature"
explanation = "explication"
theme_2 = "theme2"
sex = "sexe"
band = "age"
minutes = "duree"
commune = "insee"

[constants]
outcome = "resolved"
"""
COLUMNS = [
    "n", "lieu", "qui", "jour", "heure", "mode", "theme", "nature", "explication", "theme2",
    "sexe", "age", "duree", "insee",
]  # fmt: skip
ROW = {
    "n": "1", "lieu": "Point d’accueil Lyon", "qui": "mediator_lyon", "jour": "16/03/2026",
    "heure": "9h20", "mode": "walk_in", "theme": "énergie",
}  # fmt: skip


def read(mapping=MAPPING, columns=COLUMNS, **changes):
    """Read one row, the ordinary one but for what changes."""
    lists = lists_of_past_acts()
    reader = ActReader(
        act_mapping_text(mapping, file_name="acts.toml"), lists, columns, today=TODAY
    )
    row = ROW | changes
    return reader.read(2, [row.get(name, "") for name in columns])


def refusals(**changes):
    """Return the fields refused in a row."""
    return [remark.field for remark in read(**changes).refusals]


def test_ordinary_row_says_only_what_it_tells(cast):
    told = read()

    content = told.content
    assert (told.key, told.refusals, told.warnings) == ("1", [], [])
    assert (content.site, content.mediator) == (
        cast.sites["lyon"].pk,
        cast.memberships["mediator_lyon"].pk,
    )
    assert (content.day, content.quarter, content.mode) == (date(2026, 3, 16), 37, "walk_in")
    assert content.requests == (engine.RequestContent("energy", outcome="resolved"),)
    assert (content.participants, content.minutes, content.commune_answer) == ((), None, "")
    assert (content.main_register, content.entry) == (None, "imported")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"n": ""}, "id"),
        ({"n": "=A1"}, "id"),
        ({"lieu": "Nulle part"}, "site"),
        ({"lieu": ""}, "site"),
        ({"qui": "mediator_lille"}, "mediator"),
        ({"qui": ""}, "mediator"),
        ({"jour": "31/12/1994"}, "day"),
        ({"jour": "01/01/1900"}, "day"),
        ({"jour": "01/01/2099"}, "day"),
        ({"jour": "30/02/2026"}, "day"),
        ({"jour": "31/12/2024"}, "mediator"),
        ({"heure": "25:00"}, "time"),
        ({"heure": ""}, "time"),
        ({"mode": "pigeon"}, "mode"),
        ({"mode": ""}, "mode"),
        ({"theme": "zzz"}, "theme"),
        ({"theme": ""}, "theme"),
        ({"theme": "=SOMME(A1:A2)"}, "theme"),
        ({"theme": "@theme"}, "theme"),
        ({"theme": "x" * 201}, "theme"),
        ({"duree": "-5"}, "minutes"),
        ({"duree": "0"}, "minutes"),
        ({"duree": "1441"}, "minutes"),
        ({"duree": "0-30"}, "minutes"),
        ({"age": "12-18"}, "band"),
        ({"age": "18-35"}, "band"),
        ({"sexe": "Mme"}, "sex"),
        ({"insee": "99999"}, "commune"),
        ({"duree": "1", "theme2": "eau"}, "minutes"),
    ],
)
def test_row_that_tells_badly_is_refused_by_its_field(cast, changes, field):
    told = read(**changes)

    assert [remark.field for remark in told.refusals] == [field]
    assert told.refusals[0].message.endswith(".")
    assert told.content is None


def test_every_fault_of_a_row_is_told_at_once(cast):
    assert set(refusals(duree="-1", sexe="?", jour="hier")) == {"day", "sex", "minutes"}


@pytest.mark.parametrize(
    ("text", "band"),
    [("12-17", "12-17"), ("12 à 17 ans", "12-17"), ("moins de 12 ans", "0-11"),
     ("70 ans et plus", "70-plus"), ("70+", "70-plus"), ("nc", "nc")],
)  # fmt: skip
def test_age_band_of_the_same_ages_is_read(cast, text, band):
    content = read(age=text, sexe="femme").content

    assert content.participants == (engine.ParticipantContent("f", band),)


def test_hour_that_the_clocks_skipped_is_refused(cast):
    told = read(jour="30/03/2025", heure="2:30")

    assert [(r.field, "n’a pas existé" in r.message) for r in told.refusals] == [("time", True)]


def test_hour_that_rang_twice_is_kept_with_a_warning(cast):
    told = read(jour="26/10/2025", heure="2:30", mode="phone")

    assert told.content.quarter == 10
    assert ["deux fois" in remark.message for remark in told.warnings] == [True]


@pytest.mark.parametrize(
    ("zone", "start", "day", "quarter"),
    [
        ("site", "2025-06-30 23:50", date(2025, 6, 30), 95),
        ("site", "2025-06-30T22:50:00Z", date(2025, 7, 1), 11),
        ("site", "2025-07-01T00:50:00+02:00", date(2025, 7, 1), 11),
        ("UTC", "2025-06-30 22:50", date(2025, 7, 1), 11),
        ("Europe/Paris", "2025-01-31 21:10", date(2025, 2, 1), 0),
    ],
)
def test_instants_fall_on_the_local_day_and_quarter(cast, zone, start, day, quarter):
    Site.objects.filter(pk=cast.sites["lyon"].pk).update(time_zone="Indian/Reunion")
    mapping = MAPPING.replace('day = "jour"\ntime = "heure"', 'start = "debut"')
    mapping = mapping.replace('"site"\n\n', f'"{zone}"\n\n')

    content = read(mapping, [*COLUMNS, "debut"], debut=start, mode="phone").content

    assert (content.day, content.quarter) == (day, quarter)


def test_on_site_act_on_a_day_of_closure_is_said_and_kept(cast):
    OpeningException.objects.create(
        site=cast.sites["lyon"], day=date(2026, 3, 16), half_day="day", reason="works",
        noted_at=datetime(2026, 3, 1, tzinfo=UTC), noted_by=cast["director_lyon"],
    )  # fmt: skip

    warned = {mode: len(read(mode=mode).warnings) for mode in ("walk_in", "phone", "outside")}

    assert warned == {"walk_in": 1, "phone": 0, "outside": 0}
    assert read().content is not None


def test_act_on_a_public_holiday_or_a_sunday_is_said(cast):
    assert [len(read(jour=day).warnings) for day in ("01/05/2025", "15/03/2026")] == [1, 1]


def test_register_3_is_given_by_the_rule_of_the_desk_alone(cast):
    earned = read(nature="clear-misunderstanding", explication="both_sides").content
    unearned = read(nature="clear-misunderstanding").content
    none = MAPPING.replace('outcome = "resolved"', 'outcome = "resolved"\nregister = "none"')
    refused = read(none, nature="clear-misunderstanding", explication="both_sides").content

    registers = [content.main_register for content in (earned, unearned, refused)]
    assert registers == [3, None, None]
    rule = engine.proposed_register(earned, lists_of_past_acts().registers)
    assert rule == 3


def test_two_requests_share_the_minutes_as_the_desk_does(cast):
    content = read(theme2="eau", duree="25").content

    bare = replace(content, requests=tuple(replace(r, minutes=None) for r in content.requests))
    assert [request.minutes for request in content.requests] == [13, 12]
    assert engine.with_minutes(bare) == content


def test_second_request_without_its_theme_is_refused(cast):
    mapping = MAPPING.replace('theme_2 = "theme2"', 'theme_2 = "theme2"\nnature_2 = "nature2"')
    columns = [*COLUMNS, "nature2"]

    empty, orphan = read(mapping, columns), read(mapping, columns, nature2="inform")

    assert len(empty.content.requests) == 1
    assert [remark.field for remark in orphan.refusals] == ["theme_2"]


def test_commune_keeps_the_zero_that_a_spreadsheet_lost(cast):
    lists = lists_of_past_acts()
    lists.communes["01004"] = "01004"
    reader = ActReader(
        act_mapping_text(MAPPING, file_name="acts.toml"), lists, COLUMNS, today=TODAY
    )
    row = ROW | {"insee": "1004"}

    content = reader.read(2, [row.get(name, "") for name in COLUMNS]).content

    assert (content.commune_answer, content.commune) == ("yes", "01004")


def test_acts_before_the_role_began_are_refused_until_it_is_dated(cast):
    member = cast.memberships["mediator_lyon"]
    member.starts_on = TODAY - timedelta(days=2)
    member.save()

    before = refusals()
    member.starts_on = date(2020, 1, 1)
    member.save()

    assert (before, refusals()) == (["mediator"], [])


def test_place_is_found_by_the_identifier_of_an_imported_list(cast):
    Site.objects.filter(pk=cast.sites["lyon"].pk).update(source="liste", source_id="FS-1")
    lists = lists_of_past_acts(site_source="liste")

    assert lists.place("FS-1", "").id == cast.sites["lyon"].pk
    assert lists.place(str(cast.sites["lille"].pk), "").id == cast.sites["lille"].pk


def test_two_places_of_one_name_need_their_structure(cast):
    Site.objects.filter(pk=cast.sites["lille"].pk).update(name="Point d’accueil Lyon")
    mapping = MAPPING.replace('site = "lieu"', 'site = "lieu"\nstructure = "structure"')

    assert refusals() == ["site"]
    told = read(mapping, [*COLUMNS, "structure"], structure="lyon")
    assert told.content.site == cast.sites["lyon"].pk
