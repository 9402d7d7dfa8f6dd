"""The note in a form: refused outright, kept with a reason, never lost from the screen."""

from django.template.loader import render_to_string

from entremise.foundation.guard.enums import Reason
from entremise.foundation.guard.forms import GuardedNote

PHONE = "rappeler au 01 99 00 12 34"


def test_harmless_note_is_kept_without_its_useless_reason():
    form = GuardedNote({"note": " Courrier\r\nexpliqué ", "note_reason": "word"})

    assert form.is_valid()
    assert form.cleaned_data == {"note": "Courrier\nexpliqué", "note_reason": ""}


def test_note_may_be_left_empty():
    form = GuardedNote({})

    assert form.is_valid()
    assert form.cleaned_data == {"note": "", "note_reason": ""}


def test_identifying_note_is_asked_for_a_reason_and_stays_on_the_screen():
    form = GuardedNote({"note": PHONE})

    assert not form.is_valid()
    assert "01 99 00 12 34" in form.errors["note"][0]
    assert list(form.errors) == ["note", "note_reason"]
    assert form.asks_for_a_reason
    assert PHONE in str(form["note"])


def test_identifying_note_goes_through_with_a_reason():
    form = GuardedNote({"note": PHONE, "note_reason": Reason.PUBLIC_NUMBER})

    assert form.is_valid()
    assert form.cleaned_data == {"note": PHONE, "note_reason": "public_number"}


def test_reason_that_does_not_exist_lets_nothing_through():
    form = GuardedNote({"note": PHONE, "note_reason": "because"})

    assert not form.is_valid()
    assert "note" in form.errors


def test_nir_is_refused_whatever_the_reason_and_not_repeated():
    form = GuardedNote({"note": "1 85 05 78 006 084 36", "note_reason": Reason.WORD})

    assert not form.is_valid()
    assert list(form.errors) == ["note"]
    assert "084" not in form.errors["note"][0]
    assert not form.asks_for_a_reason


def test_note_of_281_signs_is_refused_and_280_kept_however_lines_are_sent():
    lines = "a\r\n" * 139 + "aa"

    assert GuardedNote({"note": lines}).is_valid()
    assert list(GuardedNote({"note": lines + "a"}).errors) == ["note"]


def test_reason_is_hidden_until_it_is_needed():
    forms = (GuardedNote(), GuardedNote({"note": PHONE}))
    blank, refused = (
        " ".join(render_to_string("guard/note.html", {"form": form}).split()) for form in forms
    )

    assert "data-guard-reason hidden" in blank
    assert "data-guard-reason hidden" not in refused
    assert 'maxlength="280"' in blank
