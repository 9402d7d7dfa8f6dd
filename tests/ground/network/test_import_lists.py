"""Importing whole lists: what is written, what a second file changes, and the way back."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entremise.foundation.access.actors import acting_as
from entremise.foundation.imports.engine.reading import read_table
from entremise.foundation.imports.enums import BatchState
from entremise.foundation.imports.errors import (
    BatchMoveNotPossible,
    BrokenMapping,
    ImportOvertaken,
    ReportOutdated,
)
from entremise.foundation.imports.models import ImportBatch
from entremise.foundation.journal.models import Decision
from entremise.ground.network import errors
from entremise.ground.network.enums import SiteState
from entremise.ground.network.models import Membership, Site, Stop, Structure
from entremise.ground.network.operations import imports, sites
from entremise.ground.network.queries import mappings
from entremise.ground.network.queries.imports import plan_sites
from tests.cast import AT, DAY, record

MAPPING = {
    "source": "essai",
    "id": ["id"],
    "columns": {
        "name": "nom",
        "kind": "nature",
        "commune": "insee",
        "phone": "tel",
        "email": "courriel",
        "opening_hours": "horaires",
        "opened_on": "ouvert",
    },
}
HEADER = "id;nom;nature;insee;tel;courriel;horaires;ouvert"
ONE = "1;Maison de Lyon;Bus;00069;04 72 00 00 01;lyon@essai.example;Mo-Fr 09:00-12:00;2020-03-01"
TWO = "2;Maison de Lille;antenne;00059;;;le matin;"


def csv_of(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


@pytest.fixture
def keep(cast):
    """Return a function that keeps a list signed by the network head."""

    def kept(*rows: str, structure: str = "", mapping: dict = MAPPING) -> ImportBatch:
        return imports.keep_list(
            file_name="liste.csv",
            content=csv_of(*rows),
            mapping=mapping,
            structure=structure,
            by=cast["network_head"],
            at=AT,
        )

    return kept


@pytest.fixture
def bring(cast, keep):
    """Return a function that imports rows at once, signed by the network head."""

    def brought(*rows: str, structure: str = "", at=AT) -> ImportBatch:
        batch = keep(*rows, structure=structure)
        return imports.import_list(batch.pk, by=cast["network_head"], at=at)

    return brought


def counts(report: dict) -> tuple[int, ...]:
    return tuple(report[key] for key in ("rows", "created", "updated", "unchanged", "refused"))


def test_places_without_an_employer_wait_in_the_holding_structure(bring):
    batch = bring(ONE, TWO)

    holding = Structure.objects.get(holding=True)
    found = Site.objects.filter(source="essai").order_by("source_id")
    assert holding.code == "a-rattacher"
    assert counts(batch.report) == (2, 2, 0, 0, 0)
    assert [
        (s.name, s.kind, s.structure, s.phone, s.opening_hours, s.opening_text) for s in found
    ] == [
        ("Maison de Lyon", "bus", holding, "+33472000001", "Mo-Fr 09:00-12:00", ""),
        ("Maison de Lille", "branch", holding, "", "", "le matin"),
    ]
    assert found[0].opened_on == date(2020, 3, 1)


def test_import_is_told_once_in_the_journal_with_codes_only(bring):
    batch = bring(ONE)

    entry = Decision.objects.get(verb="network.sites_imported")
    assert (entry.subject_id, entry.detail) == (
        str(batch.pk),
        "source=essai,rows=1,created=1,updated=0,refused=0",
    )


def test_content_of_the_file_is_forgotten_once_imported(bring):
    assert bytes(bring(ONE).content) == b""


def test_structure_given_takes_new_places_and_those_that_wait(bring, cast):
    bring(ONE)

    batch = bring(ONE, TWO, structure="lyon")

    employers = Site.objects.filter(source="essai").values_list("structure__code", flat=True)
    assert set(employers) == {"lyon"}
    assert counts(batch.report) == (2, 1, 1, 0, 0)
    assert [change["field"] for change in batch.report["changes"]] == ["structure"]


def test_place_already_employed_elsewhere_stays_with_a_warning(bring, cast):
    bring(ONE, structure="lyon")

    batch = bring(ONE, structure="lille")

    assert Site.objects.get(source="essai").structure.code == "lyon"
    assert counts(batch.report) == (1, 0, 0, 1, 0)
    assert [(w["row"], w["field"]) for w in batch.report["warnings"]] == [(2, "structure")]


def test_same_file_twice_changes_nothing(bring):
    bring(ONE, TWO)

    batch = bring(ONE, TWO)

    assert counts(batch.report) == (2, 0, 0, 2, 0)
    assert batch.report["changes"] == []


def test_new_file_shows_what_changed_field_by_field(bring):
    bring(ONE, TWO)

    batch = bring(ONE.replace("Maison de Lyon", "Maison du Rhône").replace("2020-03-01", ""), TWO)

    assert batch.report["changes"] == [
        {"row": 2, "field": "name", "before": "Maison de Lyon", "after": "Maison du Rhône"},
        {"row": 2, "field": "opened_on", "before": "2020-03-01", "after": None},
    ]
    assert Site.objects.get(source_id="1", source="essai").sort_name == "maison du rhone"


def test_place_missing_from_a_new_file_is_reported_and_never_closed(bring):
    bring(ONE, TWO)

    batch = bring(ONE)

    assert batch.report["missing"] == [{"source_id": "2", "label": "Maison de Lille"}]
    assert Site.objects.get(source="essai", source_id="2").state == SiteState.OPEN


def test_refused_row_of_a_known_place_is_not_missing_and_leaves_it_as_it_was(bring):
    bring(ONE)

    batch = bring(ONE.replace("00069", "99999"))

    assert counts(batch.report) == (1, 0, 0, 0, 1)
    assert batch.report["missing"] == []
    assert Site.objects.get(source="essai").commune_id == "00069"


def test_phone_mended_by_hand_survives_a_list_that_still_has_it_wrong(bring):
    wrong = ONE.replace("04 72 00 00 01", "04 72")
    bring(wrong)
    Site.objects.filter(source="essai").update(phone="+33472000009")

    batch = bring(wrong)

    assert counts(batch.report) == (1, 0, 0, 1, 0)
    assert [(w["row"], w["field"]) for w in batch.report["warnings"]] == [(2, "phone")]


def test_second_row_of_an_identifier_is_refused_with_the_first_named(bring):
    batch = bring(ONE, TWO, ONE.replace("Lyon", "Nulle part"))

    assert counts(batch.report) == (3, 2, 0, 0, 1)
    assert [(r["row"], r["field"]) for r in batch.report["refusals"]] == [(4, "id")]
    assert "ligne 2" in batch.report["refusals"][0]["message"]


def test_two_emails_in_a_cell_are_refused_by_row_and_field(bring):
    batch = bring(ONE.replace("lyon@essai.example", "a@essai.example / b@essai.example"), TWO)

    assert counts(batch.report) == (2, 1, 0, 0, 1)
    assert [(r["row"], r["field"]) for r in batch.report["refusals"]] == [(2, "email")]


def test_same_name_in_the_same_commune_is_a_warning_on_the_second(bring):
    batch = bring(ONE, ONE.replace("1;Maison", "9;Maison", 1))

    assert counts(batch.report) == (2, 2, 0, 0, 0)
    assert [(w["row"], w["field"]) for w in batch.report["warnings"]] == [(3, "name")]


def test_row_with_a_cell_too_many_is_refused_among_the_others(bring):
    batch = bring(ONE, TWO + ";en trop")

    assert counts(batch.report) == (2, 1, 0, 0, 1)
    assert [f["row"] for f in batch.report["fates"]] == [2, 3]


def test_column_that_the_file_lacks_stops_the_whole_import(keep, cast):
    mapping = MAPPING | {"columns": MAPPING["columns"] | {"comment": "précisions"}}
    batch = keep(ONE, mapping=mapping)

    with pytest.raises(BrokenMapping, match="précisions"):
        imports.import_list(batch.pk, by=cast["network_head"], at=AT)

    assert Site.objects.filter(source="essai").count() == 0


def test_dry_run_writes_no_place_and_says_what_the_import_then_does(keep, cast):
    batch = keep(ONE, TWO)

    checked = imports.check_list(batch.pk, mapping=MAPPING, by=cast["network_head"], at=AT)
    before = Site.objects.filter(source="essai").count()
    done = imports.import_list(batch.pk, by=cast["network_head"], at=AT)

    assert before == 0
    assert checked.report == done.report


def test_confirmation_is_refused_when_the_network_changed_since_the_dry_run(keep, bring, cast):
    batch = keep(ONE, TWO)
    imports.check_list(batch.pk, mapping=MAPPING, by=cast["network_head"], at=AT)
    bring(TWO)

    with pytest.raises(ReportOutdated):
        imports.import_list(batch.pk, by=cast["network_head"], at=AT)

    assert Site.objects.filter(source="essai").count() == 1


def test_list_is_imported_once_and_undone_once(bring, cast):
    batch = bring(ONE)
    signed = {"by": cast["network_head"], "at": AT}

    with pytest.raises(BatchMoveNotPossible):
        imports.import_list(batch.pk, **signed)
    imports.undo_import(batch.pk, **signed)
    with pytest.raises(BatchMoveNotPossible):
        imports.undo_import(batch.pk, **signed)


def test_undo_removes_what_was_added_and_gives_back_what_was_changed(bring, cast):
    bring(ONE)
    before = Site.objects.filter(source="essai").values().get()
    later = bring(
        ONE.replace("Maison", "Maisonnée").replace("2020-03-01", "2021-01-01"),
        TWO,
        at=AT + timedelta(1),
    )

    undone = imports.undo_import(later.pk, by=cast["network_head"], at=AT + timedelta(2))

    assert Site.objects.filter(source="essai").values().get() == before
    assert (undone.state, undone.undo) == (BatchState.UNDONE, {})


def test_undo_is_refused_once_an_act_exists_there(bring, cast):
    batch = bring(ONE, TWO, structure="lyon")
    Membership.objects.filter(pk=cast.memberships["mediator_lyon"].pk).update(site=None)
    record(cast, site=Site.objects.get(source="essai", source_id="1").pk)
    head = cast.actor("network_head")  # sees no act: the question is asked for every structure

    with acting_as(head), pytest.raises(errors.SiteHasActs):
        imports.undo_import(batch.pk, by=head.user, at=AT)

    assert Site.objects.filter(source="essai").count() == 2


def test_undo_is_refused_when_a_later_list_changed_the_same_places(bring, cast):
    batch = bring(ONE)
    bring(ONE.replace("Maison", "Maisonnée"), at=AT + timedelta(1))

    with pytest.raises(ImportOvertaken):
        imports.undo_import(batch.pk, by=cast["network_head"], at=AT)


def test_undo_is_refused_when_a_value_was_changed_by_hand_since(bring, cast):
    bring(ONE)
    batch = bring(ONE.replace("Maison", "Maisonnée"), at=AT + timedelta(1))
    site = Site.objects.get(source="essai")
    site.name = "Maison des habitants"
    sites.edit_site(site, by=cast["network_head"], at=AT)

    with pytest.raises(ImportOvertaken):
        imports.undo_import(batch.pk, by=cast["network_head"], at=AT)


def test_undo_is_refused_when_someone_added_to_the_new_place(bring, cast):
    batch = bring(ONE)
    site = Site.objects.get(source="essai")
    Stop.objects.create(site=site, label="Mairie", commune_id="00069", valid_from=DAY)

    with pytest.raises(ImportOvertaken):
        imports.undo_import(batch.pk, by=cast["network_head"], at=AT)


def test_structure_that_does_not_exist_is_refused_before_the_file_is_kept(keep):
    with pytest.raises(errors.UnknownStructure):
        keep(ONE, structure="nulle-part")

    assert ImportBatch.objects.count() == 0


def test_file_left_waiting_is_forgotten_after_thirty_days(keep, bring, cast):
    abandoned, recent = keep(ONE), keep(ONE)
    ImportBatch.objects.filter(pk=recent.pk).update(uploaded_at=AT - timedelta(29))
    ImportBatch.objects.filter(pk=abandoned.pk).update(uploaded_at=AT - timedelta(31))
    done = bring(TWO)
    ImportBatch.objects.filter(pk=done.pk).update(uploaded_at=AT - timedelta(31))

    keep(ONE)

    kept = set(ImportBatch.objects.values_list("pk", flat=True))
    assert [batch.pk in kept for batch in (abandoned, recent, done)] == [False, True, True]


ROW = st.tuples(
    st.sampled_from(["1", "2", "3", ""]),
    st.sampled_from(["Maison", "", "x" * 200]),
    st.sampled_from(["bus", "soucoupe", ""]),
    st.sampled_from(["00069", "00059", "99999", "69"]),
    st.sampled_from(["04 72 00 00 01", "12", ""]),
    st.sampled_from(["a@b.example", "a@b.example c@d.example", ""]),
    st.sampled_from(["24/7", "le matin", ""]),
    st.sampled_from(["2020-03-01", "hier", "", "2020-03-01;en trop"]),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, min_size=1, max_size=12))
def test_every_row_has_one_fate_and_every_refused_row_its_reason(cast, rows):
    table = read_table(csv_of(TWO, *(";".join(row) for row in rows)))

    report = plan_sites(table, mappings.mapping_of(MAPPING)).report.as_json()

    refused = {f["row"] for f in report["fates"] if f["fate"] == "refused"}
    assert report["rows"] == len(rows) + 1 == sum(counts(report)[1:])
    assert refused == {refusal["row"] for refusal in report["refusals"]}
    assert len({f["row"] for f in report["fates"]}) == report["rows"]


@pytest.fixture
def files(tmp_path):
    """Write a list and its mapping; return where they are."""
    (tmp_path / "liste.csv").write_bytes(csv_of(ONE, TWO, ONE))
    columns = "\n".join(f'{target} = "{column}"' for target, column in MAPPING["columns"].items())
    (tmp_path / "essai.toml").write_text(f'source = "essai"\nid = ["id"]\n\n[columns]\n{columns}\n')
    return tmp_path


def test_command_imports_and_reports_even_with_refusals(cast, files):
    out = StringIO()

    call_command(
        "import_sites", files / "liste.csv", mapping=files / "essai.toml",
        report=files / "report.json", by="network_head", stdout=out,
    )  # fmt: skip

    report = json.loads((files / "report.json").read_text())
    assert counts(report) == (3, 2, 0, 0, 1)
    assert "3 lignes\u00a0: 2 ajoutées" in out.getvalue()
    assert ImportBatch.objects.get().done_by == cast["network_head"]


def test_command_as_a_dry_run_writes_nothing_but_the_report(cast, files):
    call_command(
        "import_sites", files / "liste.csv", mapping=files / "essai.toml",
        report=files / "report.json", dry_run=True, stdout=StringIO(),
    )  # fmt: skip

    report = json.loads((files / "report.json").read_text())
    assert counts(report) == (3, 2, 0, 0, 1)
    assert (Site.objects.filter(source="essai").count(), ImportBatch.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"mapping": "missing.toml"}, "ne peut pas être lue"),
        ({"profile": "inconnu"}, "Aucun profil"),
        ({"profile": "france-services-2024"}, "Aucune colonne ne se distingue"),
        ({"mapping": "essai.toml", "structure": "nulle-part"}, "Aucune structure"),
        ({"mapping": "essai.toml", "by": "personne"}, "Aucun compte"),
    ],
)
def test_command_that_cannot_read_anything_fails_with_a_sentence(cast, files, options, sentence):
    if "mapping" in options:
        options = options | {"mapping": files / options["mapping"]}

    with pytest.raises(CommandError, match=sentence):
        call_command("import_sites", files / "liste.csv", stdout=StringIO(), **options)

    assert ImportBatch.objects.count() == 0
