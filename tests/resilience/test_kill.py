"""kill -9 while eight people record: what was answered is there, once; the rest at most once.

kill -9 in the middle of an import: nothing is left of it, and it finishes when run again.
"""

import json
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.resilience.conftest import House
from tests.resilience.recorders import Recorder

ROUNDS = 5
ENOUGH = 24  # acts acknowledged before the kill: three each, everybody is in the middle of another
PAST_ACTS = 15_000
IN_THE_MIDDLE = 3 * 2**20  # bytes of acts on the disk, of about twice as many in the end
MAPPING = """
source = "{source}"
id = ["n"]

[columns]
day = "jour"
time = "heure"
theme = "theme"

[constants]
site = "Essai"
mediator = "essai0"
mode = "walk_in"
"""


@dataclass(frozen=True)
class Sent:
    """A visit sent, by whom, and what was heard back."""

    act: UUID
    person: Recorder
    answer: str

    @property
    def acknowledged(self) -> bool:
        """True when the person was told that the visit is recorded."""
        return self.answer == "recorded"


def record_until_killed(house: House, people: list[Recorder], kill: str) -> list[Sent]:
    """Let everybody record at once and kill in the middle; return everything sent."""
    sent: list[Sent] = []
    acknowledged = threading.Semaphore(0)
    over = threading.Event()

    def record(person: Recorder) -> None:
        while not over.is_set():
            act = uuid4()
            visit = Sent(act, person, person.record(act))
            sent.append(visit)
            if not visit.acknowledged:
                return
            acknowledged.release()

    threads = [threading.Thread(target=record, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    enough = all(acknowledged.acquire(timeout=60) for _ in range(ENOUGH))
    getattr(house, f"kill_{kill}")()
    over.set()
    for thread in threads:
        thread.join()
    assert enough, Counter(visit.answer for visit in sent)
    return sent


def bring_back(house: House, killed: str) -> None:
    """Start again what was killed, as an operator would."""
    house.serve() if killed == "server" else house.start_postgres()


def times_there(house: House) -> Counter[UUID]:
    """Return how many times each act is in the database."""
    return Counter(dict(house.rows("SELECT act, count(*) FROM activity_activity GROUP BY act")))


def times_journalled(house: House) -> Counter[UUID]:
    """Return how many times the journal says that each act was recorded."""
    counted = house.rows(
        "SELECT detail::uuid, count(*) FROM journal_decision"
        " WHERE verb = 'activity.recorded' GROUP BY detail"
    )
    return Counter(dict(counted))


def past_acts(folder: Path, *, source: str) -> list[str]:
    """Write a file of past acts with its mapping; return the command that imports it."""
    rows = [f"{n};{n % 28 + 1:02}/01/2026;{9 + n % 8}:15;energy-bill" for n in range(PAST_ACTS)]
    (folder / "acts.csv").write_text("\n".join(["n;jour;heure;theme", *rows]))
    (folder / "acts.toml").write_text(MAPPING.format(source=source))
    return [
        "import-activities", str(folder / "acts.csv"), "--mapping", str(folder / "acts.toml")
    ]  # fmt: skip


def rows_of_every_table(house: House) -> dict[str, int]:
    """Return how many rows each table holds."""
    names = [name for (name,) in house.rows("SELECT relname FROM pg_stat_user_tables")]
    counts = [f"SELECT '{name}', count(*) FROM {name}" for name in names]
    return dict(house.rows(" UNION ALL ".join(counts)))


def wait_for_the_middle(house: House, running: subprocess.Popen[str]) -> None:
    """Return when rows that nobody sees yet already weigh on the disk."""
    asked = "SELECT pg_relation_size('activity_activity')"
    start = house.rows(asked)[0][0]
    while house.rows(asked)[0][0] < start + IN_THE_MIDDLE:
        assert running.poll() is None, running.communicate()
        time.sleep(0.01)


def wait_until_nobody_writes(house: House) -> None:
    """Return when the killed import's session has seen that nobody listens any more."""
    asked = (
        "SELECT count(*) FROM pg_locks WHERE relation = 'activity_activity'::regclass"
        " AND mode = 'RowExclusiveLock'"
    )
    while house.rows(asked)[0][0]:
        time.sleep(0.01)


@pytest.mark.parametrize("killed", ["server", "postgres"])
def test_every_visit_answered_before_kill_9_is_there_once(house, recorders, killed):
    told = Counter()
    for _ in range(ROUNDS):
        sent = record_until_killed(house, recorders, killed)
        bring_back(house, killed)

        there = times_there(house)
        in_doubt = [visit for visit in sent if not visit.acknowledged]
        assert in_doubt, "nobody was recording when the kill came"
        assert [v.act for v in sent if v.acknowledged and there[v.act] != 1] == []
        assert [v.act for v in in_doubt if there[v.act] > 1] == []
        told["sent"] += len(sent)
        told["in doubt"] += len(in_doubt)
        told["in doubt, found there"] += sum(there[visit.act] for visit in in_doubt)

        again = Counter(visit.person.record(visit.act) for visit in sent)
        assert again == {"recorded": len(sent)}
        there, journalled = times_there(house), times_journalled(house)
        assert [v.act for v in sent if (there[v.act], journalled[v.act]) != (1, 1)] == []
    print(f"kill -9 of {killed}, {ROUNDS} rounds: {dict(told)}")  # noqa: T201 -- the run's figures


@pytest.mark.parametrize("killed", ["import", "postgres"])
def test_import_killed_in_the_middle_leaves_nothing_and_finishes_when_run_again(
    house, staged, tmp_path, killed
):
    words = past_acts(tmp_path, source=f"essai-{killed}")
    tried = house.entremise(*words, "--dry-run")
    assert tried.returncode == 0, tried.stderr
    before = rows_of_every_table(house)

    running = house.start("entremise.config.cli", *words)
    wait_for_the_middle(house, running)
    running.kill() if killed == "import" else house.kill_postgres()
    running.communicate()
    house.start_postgres()
    wait_until_nobody_writes(house)

    assert running.returncode != 0
    assert rows_of_every_table(house) == before
    outcomes = []
    for _ in range(2):
        done = house.entremise(*words, "--report", str(tmp_path / "report.json"))
        assert done.returncode == 0, done.stderr
        report = json.loads((tmp_path / "report.json").read_text())
        outcomes.append({fate: report[fate] for fate in ("created", "unchanged", "refused")})
    assert outcomes == [
        {"created": PAST_ACTS, "unchanged": 0, "refused": 0},
        {"created": 0, "unchanged": PAST_ACTS, "refused": 0},
    ]
    after = rows_of_every_table(house)
    assert after["activity_activity"] - before["activity_activity"] == PAST_ACTS


def test_every_visit_kept_its_sealed_note_under_one_key(house, recorders):
    # A replay compares the note too: it is unsealed by a process that did not seal it.
    assert recorders[0].record(uuid4()) == "recorded"

    visits = house.rows("SELECT count(*) FROM activity_activity WHERE entry = 'direct'")
    assert house.rows("SELECT count(*) FROM activity_actnote") == visits
    assert house.rows("SELECT count(DISTINCT owner), count(*) FROM vault_datakey") == [(1, 1)]


def test_both_journals_verify_after_the_kills(house, recorders):
    assert recorders[0].record(uuid4()) == "recorded"

    verified = house.entremise("journal-verify")

    assert verified.returncode == 0, verified.stderr
    assert [line.endswith(" intact") for line in verified.stdout.splitlines()[:-1]] == [True, True]
    by_hand = house.rows("SELECT count(*) FROM activity_activity WHERE entry = 'direct'")
    assert times_journalled(house).total() == by_hand[0][0]
