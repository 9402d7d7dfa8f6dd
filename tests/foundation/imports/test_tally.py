"""The account of a long import: exact counts, a few remarks at hand, all of them in the report."""

import json

from entremise.foundation.imports.engine.report import Remark
from entremise.foundation.imports.engine.tally import SHOWN, open_tally
from entremise.foundation.imports.enums import Fate


def test_report_holds_every_remark_and_the_sum_of_fates(tmp_path):
    path = tmp_path / "report.json"
    with open_tally("cahier") as tally:
        tally.fates[Fate.CREATED] += 3
        for row in range(SHOWN + 5):
            tally.refuse([Remark(row, "day", "« hier »"), Remark(row, "sex", "?")])
        tally.warnings.add(Remark(9, "time", "deux fois"))

        tally.write(path, {"dry_run": True})

    told = json.loads(path.read_text())
    assert told["rows"] == told["created"] + told["refused"] == SHOWN + 8
    assert (len(told["refusals"]), len(tally.refusals.first)) == (2 * SHOWN + 10, SHOWN)
    assert told["refusals"][0] == {"row": 0, "field": "day", "message": "« hier »"}
    assert (told["warnings"], told["dry_run"]) == (
        [{"row": 9, "field": "time", "message": "deux fois"}],
        True,
    )


def test_report_without_remarks_is_whole(tmp_path):
    path = tmp_path / "report.json"
    with open_tally("cahier") as tally:
        tally.write(path, {})

    assert json.loads(path.read_text()) == {
        "source": "cahier", "rows": 0, "created": 0, "updated": 0, "unchanged": 0, "refused": 0,
        "refusals": [], "warnings": [],
    }  # fmt: skip
