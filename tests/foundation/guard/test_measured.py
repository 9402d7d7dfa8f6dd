"""The guard measured: on notes of ours, and on the public comments of the France services list.

`pytest -rP` shows the figures. A note of ours is right when it is seen as said, a harmless one
when nothing is seen in it.
"""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from entremise.foundation.guard.engine import look
from entremise.foundation.guard.enums import Kind

FOLDER = Path(__file__).parent
NOTES = tomllib.loads((FOLDER / "notes.toml").read_text(encoding="utf-8"))
UNSEEN = tomllib.loads((FOLDER / "notes_unseen.toml").read_text(encoding="utf-8"))
LISTED = Path(__file__).resolve().parents[4] / "shared" / "data" / "liste-fs-20240801.csv"
SURE = (Kind.NIR, Kind.PHONE, Kind.EMAIL, Kind.IBAN)
# An oracle that knows nothing of the engine: the two shapes that nearly all public contacts have.
PHONE = re.compile(r"\b0\d(?:[ .-]?\d\d){4}\b")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def labelled(notes: dict) -> Iterator[tuple[str, set[str]]]:
    for text in notes["harmless"]:
        yield text, set()
    for group in notes["identifying"]:
        for text in group["notes"]:
            yield text, set(group["kinds"])


def say(*lines: str) -> None:
    print("", *lines, sep="\n")  # noqa: T201 -- shown by -rP: the figures are what is asked for


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.1%}" if whole else "0/0"


def test_labelled_set_is_large_and_half_harmless():
    texts = [text for text, _kinds in labelled(NOTES)]
    counts = Counter(kind for _text, kinds in labelled(NOTES) for kind in kinds)

    assert len(texts) >= 240
    assert len(texts) == len(set(texts))
    assert 0.4 <= len(NOTES["harmless"]) / len(texts) <= 0.6
    assert min(counts[kind] for kind in SURE) >= 20
    assert set(counts) == set(Kind)


@pytest.mark.parametrize(
    ("notes", "floor"),
    [(NOTES, 0.95), (UNSEEN, 0.85)],
    ids=["labelled set", "second draw, never tuned for"],
)
def test_guard_measured_on_our_notes(notes, floor):
    hits, expected, seen = Counter(), Counter(), Counter()
    caught = wrongly = 0
    mistakes = []
    for text, kinds in labelled(notes):
        found = {str(finding.kind) for finding in look(text)}
        expected.update(kinds)
        seen.update(found)
        hits.update(kinds & found)
        caught += bool(kinds and found)
        wrongly += bool(found and not kinds)
        if found != kinds:
            mistakes.append(f"  {text!r}: expected {sorted(kinds)}, saw {sorted(found)}")
    identifying = sum(bool(kinds) for _text, kinds in labelled(notes))

    figures = [
        f"  {kind:13} recall {share(hits[kind], expected[kind]):18}"
        f" precision {share(hits[kind], seen[kind])}"
        for kind in Kind
    ]
    say(
        f"{len(notes['harmless'])} harmless notes, {identifying} identifying ones",
        *figures,
        f"  notes         recall {share(caught, identifying):18}"
        f" precision {share(caught, caught + wrongly)}",
        "Not as labelled:",
        *mistakes,
    )

    assert {kind: hits[kind] for kind in SURE} == {kind: expected[kind] for kind in SURE}
    assert caught / identifying >= floor
    assert caught / (caught + wrongly) >= floor


def test_guard_measured_on_public_comments():
    if not LISTED.exists():
        pytest.skip("the list of August 2024 is not beside this repository: shared/data")
    with LISTED.open(encoding="utf-8", newline="") as file:
        comments = {row["commentaire"].strip() for row in csv.DictReader(file)} - {""}
    wrong_names, missed, extra = [], {"phone": [], "email": []}, Counter()
    oracles = {"phone": PHONE, "email": EMAIL}
    totals = Counter()
    for text in sorted(comments):
        found = look(text)
        kinds = {str(finding.kind) for finding in found}
        for kind, oracle in oracles.items():
            if oracle.search(text):
                totals[kind] += 1
                if kind not in kinds:
                    missed[kind].append(text)
            elif kind in kinds:
                extra[kind] += 1
        extra.update(kinds - set(oracles))
        names = {Kind.PERSON_NAME, Kind.FULL_NAME}
        wrong_names += [text[f.start : f.end] for f in found if f.kind in names]

    say(
        f"{len(comments)} different public comments",
        *(
            f"  {kind} seen where the oracle sees one:"
            f" {share(totals[kind] - len(missed[kind]), totals[kind])}, elsewhere: {extra[kind]}"
            for kind in oracles
        ),
        f"  other kinds: { {kind: n for kind, n in extra.items() if kind not in oracles} }",
        f"  names seen in {share(len(wrong_names), len(comments))}: {sorted(wrong_names)}",
    )

    assert missed == {"phone": [], "email": []}
    assert len(wrong_names) / len(comments) <= 0.02
