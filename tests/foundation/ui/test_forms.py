"""Fields drawn as chips, inputs and steppers, with their help and errors."""

import pytest
from django.template import Context, Template
from django.utils import translation

from entremise.foundation.ui.forms import SampleFilters, SampleForm


@pytest.fixture(autouse=True)
def plain_french_page(settings):
    """Name static files without the manifest, which exists only once they are collected."""
    staticfiles = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": staticfiles}
    with translation.override("fr"):
        yield


def drawn(source, **context):
    return Template("{% load ui_forms %}" + source).render(Context(context))


def test_chips_number_the_first_nine_choices():
    form = SampleForm(initial={"reason": "taxes"})
    form.fields["reason"].choices = [(str(n), f"Motif {n}") for n in range(1, 12)]

    fieldset = drawn("{% chips form.reason keys=True %}", form=form)

    assert " data-keys>" in fieldset
    assert fieldset.count('type="radio"') == 11
    assert fieldset.count("data-key=") == 9
    assert fieldset.count("<kbd") == 9


def test_chips_keep_the_attributes_and_the_answer_of_the_field():
    fieldset = drawn("{% chips form.reason %}", form=SampleForm(initial={"reason": "taxes"}))

    assert fieldset.count(" checked") == 1
    assert 'value="taxes" id="id_reason_2" required checked class="visually-hidden"' in fieldset
    assert "data-keys" not in fieldset
    assert "<kbd" not in fieldset


def test_field_group_of_radios_is_chips():
    assert 'class="chip"' in SampleForm()["reason"].as_field_group()


def test_field_ties_its_label_help_and_error_together():
    form = SampleForm({})

    group = form["name"].as_field_group()

    assert '<label for="id_name">' in group
    assert 'id="id_name_helptext"' in group
    assert 'id="id_name_error"' in group
    assert 'aria-describedby="id_name_helptext id_name_error"' in group
    assert 'aria-invalid="true"' in group
    assert 'class="form-control"' in group


def test_field_says_that_it_is_optional():
    form = SampleForm()

    assert "(facultatif)" in form["mail"].as_field_group()
    assert "(facultatif)" not in form["name"].as_field_group()


def test_error_summary_leads_to_the_first_input_of_each_field():
    summary = drawn("{% error_summary form %}", form=SampleForm({"mail": "sans arobase"}))

    assert 'href="#id_reason_0"' in summary
    assert 'href="#id_name"' in summary
    assert 'href="#id_mail"' in summary
    assert "data-focus" in summary


def test_error_summary_of_an_accepted_form_is_empty():
    assert drawn("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_whole_form_is_the_summary_then_each_field():
    page = str(SampleForm({}))

    assert page.index("error-summary") < page.index('class="choice has-error"')


def test_stepper_keeps_a_number_that_can_be_typed():
    group = drawn("{% stepper form.people %}", form=SampleForm(initial={"people": 12}))

    assert 'type="number" name="people" value="12"' in group
    assert group.count(" hidden>") == 2


def test_filters_mark_what_narrows_the_list():
    bar = drawn("{% filters form label='Accueils' %}", form=SampleFilters({"period": "month"}))

    assert bar.count("is-set") == 1
    assert 'href="?"' in bar
    assert bar.count("data-autosubmit") == 3


def test_filters_that_are_empty_offer_nothing_to_clear():
    bar = drawn("{% filters form label='Accueils' %}", form=SampleFilters({}))

    assert "is-set" not in bar
    assert 'href="?"' not in bar
