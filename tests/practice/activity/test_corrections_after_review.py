"""Once a day is validated or its month closed, a change says why; a note is read and written so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from entremise.foundation.access.rights import can
from entremise.foundation.journal.models import Access
from entremise.ground.network.operations import imports
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.enums import Closing, Entry, Motive
from entremise.practice.activity.errors import MotiveNeeded
from entremise.practice.activity.models import Activity
from entremise.practice.activity.queries import reviews
from tests.cast import AT, DAY, PLACES, act_content, record

LATER = AT + timedelta(days=1)
NOTE = "À rappeler après le courrier"


def validated(cast, **changes) -> Activity:
    activity = record(cast, **changes)
    operations.review_day(cast.sites["lyon"], DAY, by=cast["site_lead_lyon"], at=AT)
    activity.refresh_from_db()
    return activity


def test_act_is_corrected_freely_until_its_day_is_validated(cast):
    first = record(cast)

    second = operations.correct_activity(
        first, act_content(cast, minutes=20), by=cast["mediator_lyon"], at=LATER
    )

    first.refresh_from_db()
    assert (second.version, first.motive) == (2, "")


@pytest.mark.parametrize("change", ["correct", "undo"])
def test_validated_act_asks_for_a_motive(cast, change):
    first, signed = validated(cast), {"by": cast["mediator_lyon"], "at": LATER}
    changes = {
        "correct": lambda: operations.correct_activity(
            first, act_content(cast, minutes=20), **signed
        ),
        "undo": lambda: operations.undo_activity(first, **signed),
    }

    with pytest.raises(MotiveNeeded):
        changes[change]()

    assert Activity.objects.get().is_current


def test_correction_of_a_validated_act_is_to_review_again(cast):
    first = validated(cast)

    second = operations.correct_activity(
        first,
        act_content(cast, minutes=20),
        by=cast["mediator_lyon"],
        at=LATER,
        motive=Motive.FORGOTTEN,
    )

    first.refresh_from_db()
    assert (first.motive, second.reviewed_on) == (Motive.FORGOTTEN, None)
    read = reviews.day_as_read(cast.sites["lyon"], DAY)
    assert [one.sentences for one in read.flagged] == [["corrigé après une relecture"]]


def test_page_of_a_validated_act_leads_to_the_motive_before_undoing(cast, sign_in):
    first = validated(cast)
    client, address = sign_in("mediator_lyon"), reverse("undo_act", args=[first.act])
    page = client.get(reverse("act", args=[first.act])).content.decode()
    assert f'href="{address}"' in page
    assert 'name="motive"' in client.get(address).content.decode()

    assert client.post(address).status_code == 422
    assert client.post(address, {"motive": "because"}).status_code == 422
    assert client.post(address, {"motive": Motive.TWICE}).status_code == 302

    first.refresh_from_db()
    assert (first.closing, first.motive) == (Closing.UNDONE, Motive.TWICE)
    page = client.get(reverse("act", args=[first.act])).content.decode()
    assert "enregistré deux fois" in page
    assert "relu le" in page


def test_act_of_the_day_is_undone_at_once(cast, sign_in):
    first = record(cast)
    client = sign_in("mediator_lyon")
    assert "à relire" in client.get(reverse("act", args=[first.act])).content.decode()

    assert client.post(reverse("undo_act", args=[first.act])).status_code == 302

    first.refresh_from_db()
    assert first.closing == Closing.UNDONE


def test_form_of_a_correction_asks_for_the_motive_once_validated(cast, sign_in):
    first = record(cast)
    client, address = sign_in("mediator_lyon"), reverse("correct_act", args=[first.act])
    assert 'name="motive"' not in client.get(address).content.decode()

    operations.review_day(cast.sites["lyon"], DAY, by=cast["site_lead_lyon"], at=AT)

    assert 'name="motive"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("who", "may"),
    [(who, who in {"mediator_lyon", "site_lead_lyon"}) for who in [*PLACES, "stranger"]],
)
def test_who_may_read_the_note_of_an_act(cast, who, may):
    act = record(cast, note=NOTE)

    assert can(cast.actor(who), May.READ_NOTE, act) is may


def test_reception_reads_the_notes_of_its_own_acts_of_the_day(cast):
    today = cast.actor("reception_lyon").today
    own, other = record(cast, day=today), record(cast, day=today, quarter=38)
    Activity.objects.filter(pk=own.pk).update(recorded_by=cast["reception_lyon"])
    own.refresh_from_db()

    actor = cast.actor("reception_lyon")
    assert [can(actor, May.READ_NOTE, act) for act in (own, other)] == [True, False]


def test_whoever_may_correct_an_act_may_read_its_note(cast):
    today = cast.actor("reception_lyon").today
    acts = [record(cast), record(cast, "lille"), record(cast, day=today)]
    Activity.objects.filter(pk=acts[2].pk).update(recorded_by=cast["reception_lyon"])
    acts[2].refresh_from_db()
    allowed = {
        permission: {
            (who, act.pk) for who in PLACES for act in acts if can(cast.actor(who), permission, act)
        }
        for permission in (May.CORRECT, May.READ_NOTE)
    }

    assert allowed[May.CORRECT] <= allowed[May.READ_NOTE]
    assert ("reception_lyon", acts[2].pk) in allowed[May.CORRECT]


def test_note_shown_is_an_access_written_before_the_page(cast, sign_in):
    act = record(cast, note=NOTE)

    page = sign_in("mediator_lyon").get(reverse("act", args=[act.act])).content.decode()

    assert NOTE in page
    written = Access.objects.using("journal").get(verb="activity.note_read")
    assert (written.subject_id, written.actor_id) == (str(act.pk), cast["mediator_lyon"].pk)


def test_note_is_hidden_from_the_quality_referent_and_nothing_is_written(cast, sign_in):
    act = record(cast, note=NOTE)

    page = sign_in("quality_lyon").get(reverse("act", args=[act.act])).content.decode()

    assert NOTE not in page
    assert not Access.objects.using("journal").filter(verb="activity.note_read").exists()


def test_act_without_a_note_writes_no_access(cast, sign_in):
    act = record(cast)

    sign_in("mediator_lyon").get(reverse("act", args=[act.act]))

    assert not Access.objects.using("journal").filter(verb="activity.note_read").exists()


def corrected_through_its_page(cast, sign_in, act: Activity, **changes: str) -> Activity:
    """Post the form of a correction as the page shows it, a few fields changed."""
    client, address = sign_in("mediator_lyon"), reverse("correct_act", args=[act.act])
    form = client.get(address).context["form"]
    told = {
        part[name].html_name: part[name].value()
        for part in form.every_part
        for name in part.fields
        if part[name].value() not in (None, "")
    }
    posted = {"version": str(act.pk), "requests": "1", **told, **changes}
    answer = client.post(address, posted)
    assert answer.status_code == 302, answer.context["form"].errors
    return Activity.objects.get(act=act.act, superseded_at=None)


@pytest.mark.parametrize(
    "changes", [{"note": NOTE}, {"entry": Entry.SHEET}, {"note": NOTE, "entry": Entry.SHEET}]
)
def test_correction_keeps_the_note_and_how_the_act_came_in(cast, sign_in, changes):
    act = record(cast, **changes)

    corrected = corrected_through_its_page(cast, sign_in, act, minutes_exact="35", minutes="")

    assert (corrected.version, corrected.minutes) == (2, 35)
    assert operations.note_of(corrected) == changes.get("note", "")
    assert corrected.entry == changes.get("entry", Entry.DIRECT)


def test_correction_of_a_validated_act_through_its_page_keeps_the_motive(cast, sign_in):
    act = validated(cast)

    corrected_through_its_page(
        cast, sign_in, act, minutes_exact="35", minutes="", motive=Motive.TOLD_LATER
    )

    act.refresh_from_db()
    assert act.motive == Motive.TOLD_LATER


def test_act_taken_over_stays_so_when_corrected(cast):
    batch = imports.keep_list(
        file_name="a.csv", content=b"nom;code\nA;1\n", mapping={}, by=cast["network_head"], at=AT
    )
    act = record(cast)
    Activity.objects.filter(pk=act.pk).update(entry=Entry.IMPORTED, batch=batch)
    content = act_content(cast, minutes=20, entry=Entry.IMPORTED)

    corrected = operations.correct_activity(act, content, by=cast["mediator_lyon"], at=LATER)

    corrected.refresh_from_db()
    assert (corrected.entry, corrected.batch) == (Entry.IMPORTED, batch)
