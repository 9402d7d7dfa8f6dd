"""Importing past acts: all the good rows or none, once, whatever the number of times it is run."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from entremise.foundation.imports.engine.tally import open_tally
from entremise.foundation.imports.enums import BatchState
from entremise.foundation.imports.errors import BatchMoveNotPossible, BrokenMapping, UnreadableFile
from entremise.foundation.imports.models import ImportBatch
from entremise.foundation.journal.models import Decision
from entremise.practice.activity import engine, operations
from entremise.practice.activity.engine import ParticipantContent
from entremise.practice.activity.enums import Closing, Entry
from entremise.practice.activity.models import Activity
from entremise.practice.activity.operations import imports
from entremise.practice.activity.queries.act_mappings import act_mapping_text

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
HEADER = "n;jour;heure;theme;sexe;age\n"
ROWS = "1;16/03/2026;9:20;énergie;F;25-39\n2;16/03/2026;10:00;water;H;12-17\n"
MAPPING = """
source = "cahier-2026"
id = ["n"]

[columns]
day = "jour"
time = "heure"
theme = "theme"
sex = "sexe"
band = "age"

[constants]
site = "Point d’accueil Lyon"
mediator = "mediator_lyon"
mode = "walk_in"

[values.sex]
H = "m"
F = "f"
"""


def mapping_of(text=MAPPING):
    return act_mapping_text(text, file_name="acts.toml")


def run(cast, tmp_path, text, mapping=MAPPING, *, at=NOW, dry_run=False, name="acts.csv"):
    """Import a text; return the counts, the first refusals and warnings, and the batch."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    read = mapping_of(mapping)
    batch = None
    with open_tally(read.source) as tally:
        if dry_run:
            imports.try_acts(path, read, tally, at=at)
        else:
            batch = imports.import_acts(path, read, tally, by=cast["site_lead_lyon"], at=at)
        refusals = [(r.row, r.field, r.message) for r in tally.refusals.first]
        warnings = [(r.row, r.field, r.message) for r in tally.warnings.first]
        counts = tally.as_counts()
    told = {k: counts[k] for k in ("created", "updated", "unchanged", "refused") if counts[k]}
    assert counts["rows"] == sum(told.values())
    return told, refusals, warnings, batch


def facts_of(act):
    """Return what an act and its parts store, but what tells an import from the desk."""
    apart = {"id", "act", "entry", "batch_id", "fingerprint", "reviewed_on", "_state"}
    below = {"id", "activity_id", "_state"}
    return (
        {name: value for name, value in vars(act).items() if name not in apart},
        [{k: v for k, v in vars(r).items() if k not in below} for r in act.requests.all()],
        [{k: v for k, v in vars(p).items() if k not in below} for p in act.participants.all()],
    )


def test_rows_become_acts_that_say_they_were_imported(cast, tmp_path):
    told, _refusals, _warnings, batch = run(cast, tmp_path, HEADER + ROWS)

    first = Activity.objects.get(quarter=37)
    assert told == {"created": 2}
    assert (first.day, first.entry, first.batch) == (date(2026, 3, 16), Entry.IMPORTED, batch)
    assert (first.recorded_on, first.reviewed_on) == (date(2026, 3, 20), date(2026, 3, 20))
    assert (first.mediator, first.recorded_by) == (
        cast.memberships["mediator_lyon"],
        cast["site_lead_lyon"],
    )
    assert [r.theme_id for r in first.requests.all()] == ["energy"]
    assert [(p.sex, p.band) for p in first.participants.all()] == [("f", "25-39")]


def test_imported_act_is_stored_as_if_it_had_been_recorded(cast, tmp_path):
    run(cast, tmp_path, HEADER + ROWS)

    for imported in Activity.objects.all():
        content = operations.content_of(imported)
        twin = replace(content, entry=Entry.DIRECT)
        recorded = operations.record_activity(
            twin, act=uuid4(), by=cast["site_lead_lyon"], at=NOW
        ).activity
        assert bytes(imported.fingerprint) == engine.fingerprint(content)
        assert facts_of(imported) == facts_of(recorded)


def test_importing_again_changes_nothing(cast, tmp_path):
    run(cast, tmp_path, HEADER + ROWS)

    told, *_rest = run(cast, tmp_path, HEADER + ROWS)

    assert told == {"unchanged": 2}
    assert Activity.objects.count() == 2


def test_row_that_says_something_else_corrects_its_act(cast, tmp_path):
    run(cast, tmp_path, HEADER + ROWS)

    told, *_rest = run(cast, tmp_path, HEADER + ROWS.replace("énergie", "impôts"))

    versions = list(Activity.objects.filter(quarter=37).order_by("version"))
    assert told == {"updated": 1, "unchanged": 1}
    assert [(v.version, v.closing, v.is_current) for v in versions] == [
        (1, Closing.CORRECTED, False),
        (2, "", True),
    ]
    assert versions[1].requests.get().theme_id == "tax"


def test_act_corrected_by_hand_since_is_left_alone(cast, tmp_path):
    run(cast, tmp_path, HEADER + ROWS)
    act = Activity.objects.get(quarter=37)
    by_hand = replace(operations.content_of(act), minutes=20)
    operations.correct_activity(act, by_hand, by=cast["mediator_lyon"], at=NOW, motive="mistyped")

    same, *_rest = run(cast, tmp_path, HEADER + ROWS)
    other, refusals, *_rest = run(cast, tmp_path, HEADER + ROWS.replace("énergie", "impôts"))

    assert (same, other) == ({"unchanged": 2}, {"unchanged": 1, "refused": 1})
    assert "à la main" in refusals[0][2]
    assert Activity.objects.current().get(quarter=37).minutes == 20


def test_dry_run_says_what_would_be_and_writes_nothing(cast, tmp_path):
    told, *_rest = run(cast, tmp_path, HEADER + ROWS + "3;;;;;\n", dry_run=True)

    assert told == {"created": 2, "refused": 1}
    assert (Activity.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_one_journal_entry_and_no_content_are_kept(cast, tmp_path):
    *_rest, batch = run(cast, tmp_path, HEADER + ROWS + "3;16/03/2026;9:00;secret de M. X;F;\n")

    entry = Decision.objects.get(verb="activity.imported")
    batch.refresh_from_db()
    assert entry.detail == ("source=cahier-2026,rows=3,created=2,updated=0,unchanged=0,refused=1")
    assert (bytes(batch.content), batch.report["fields"]["refusals"]) == (b"", {"theme": 1})
    assert "secret" not in str(batch.report)


def test_second_row_of_an_identifier_is_refused(cast, tmp_path):
    told, refusals, *_rest = run(cast, tmp_path, HEADER + ROWS + ROWS)

    assert told == {"created": 2, "refused": 2}
    assert [(row, name) for row, name, _message in refusals] == [(4, "id"), (5, "id")]


def test_equal_rows_without_identifier_are_as_many_acts(cast, tmp_path):
    period = 'period = {first = "2026-03-01", last = "2026-03-31"}'
    mapping = MAPPING.replace('id = ["n"]', period)
    row = ROWS.splitlines(keepends=True)[0]

    first, *_rest = run(cast, tmp_path, HEADER + row * 3, mapping)
    again, *_rest = run(cast, tmp_path, HEADER + row * 4, mapping)

    assert (first, again) == ({"created": 3}, {"created": 1, "unchanged": 3})


def test_chunks_count_like_one(cast, tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 2)
    rows = "".join(f"{n};16/03/2026;9:{n:02d};energy;F;\n" for n in range(9))

    told, refusals, *_rest = run(cast, tmp_path, HEADER + rows + rows[:40])

    assert told == {"created": 9, "refused": 2}
    assert refusals[0][:2] == (11, "id")


def test_aggregated_row_counts_its_people_in_one_act(cast, tmp_path):
    mapping = MAPPING.replace("[columns]", '[columns]\ncount = "n"')
    told, *_rest = run(cast, tmp_path, HEADER + ROWS.replace("2;16", "120;16"), mapping)

    act = Activity.objects.get(gathered_count=120)
    assert told == {"created": 2}
    assert (act.passage_count, act.accompaniment_count, act.request_count) == (120, 120, 1)
    assert [p.people_count for p in act.participants.order_by("id")] == [99, 21]
    assert operations.content_of(act).participants == (
        ParticipantContent("m", "12-17", 99),
        ParticipantContent("m", "12-17", 21),
    )


def test_undo_closes_what_the_import_wrote(cast, tmp_path):
    *_rest, batch = run(cast, tmp_path, HEADER + ROWS)

    closed = imports.undo_acts(batch.pk, by=cast["site_lead_lyon"], at=NOW)

    batch.refresh_from_db()
    assert (closed, batch.state) == (2, BatchState.UNDONE)
    assert not Activity.objects.current().exists()
    with pytest.raises(BatchMoveNotPossible):
        imports.undo_acts(batch.pk, by=cast["site_lead_lyon"], at=NOW)


def test_file_taken_back_may_be_imported_again(cast, tmp_path):
    *_rest, batch = run(cast, tmp_path, HEADER + ROWS)
    imports.undo_acts(batch.pk, by=cast["site_lead_lyon"], at=NOW)

    told, *_rest = run(cast, tmp_path, HEADER + ROWS)

    assert told == {"created": 2}
    assert sorted(Activity.objects.current().values_list("version", flat=True)) == [2, 2]


def test_undo_of_a_correction_gives_the_earlier_content_back(cast, tmp_path):
    run(cast, tmp_path, HEADER + ROWS)
    *_rest, batch = run(cast, tmp_path, HEADER + ROWS.replace("énergie", "impôts"))

    imports.undo_acts(batch.pk, by=cast["site_lead_lyon"], at=NOW)

    act = Activity.objects.current().get(quarter=37)
    assert (act.version, act.requests.get().theme_id) == (3, "energy")
    assert run(cast, tmp_path, HEADER + ROWS)[0] == {"unchanged": 2}


def test_undo_leaves_what_was_corrected_by_hand(cast, tmp_path):
    *_rest, batch = run(cast, tmp_path, HEADER + ROWS)
    act = Activity.objects.get(quarter=37)
    by_hand = replace(operations.content_of(act), minutes=20)
    operations.correct_activity(act, by_hand, by=cast["mediator_lyon"], at=NOW, motive="mistyped")

    closed = imports.undo_acts(batch.pk, by=cast["site_lead_lyon"], at=NOW)

    assert (closed, Activity.objects.current().get().minutes) == (1, 20)


def test_act_undone_by_hand_is_not_revived(cast, tmp_path):
    run(cast, tmp_path, HEADER + ROWS)
    act = Activity.objects.get(quarter=37)
    operations.undo_activity(act, by=cast["mediator_lyon"], at=NOW, motive="mistyped")

    told, *_rest = run(cast, tmp_path, HEADER + ROWS)

    assert told == {"unchanged": 2}
    assert Activity.objects.current().count() == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "vide"),
        (HEADER.encode(), "Aucune ligne"),
        (b"PK\x03\x04 broken", "abîmé"),
        ((HEADER + ROWS).encode() + b"9;\x81;\xff\n", "ligne 4"),
        ((HEADER + ROWS).replace("heure", "horaire").encode(), "heure"),
        (b"%PDF-1.7", "PDF"),
        ((HEADER + '1;"never closed\n').encode(), "guillemets"),
        ((HEADER + "1,2,3\n").encode(), "cellules"),
    ],
)
def test_file_that_cannot_be_read_writes_nothing(cast, tmp_path, content, word):
    with pytest.raises((UnreadableFile, BrokenMapping), match=word), transaction.atomic():
        run(cast, tmp_path, content)

    assert (Activity.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_quotes_that_never_close_after_many_rows_leave_nothing(cast, tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 1)

    with pytest.raises(UnreadableFile, match="guillemets"), transaction.atomic():
        run(cast, tmp_path, HEADER + ROWS + '3;"')

    assert not Activity.objects.exists()
