"""Reading one cell: what is not certain is refused."""

from datetime import date

import pytest

from entremise.foundation.imports.engine import cells
from entremise.foundation.imports.engine.cells import BadCell


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [("43.18723", ".", 43.18723), ("-61,05", ",", -61.05), ("3", ".", 3)],
)
def test_number_is_read_with_its_decimal_mark(text, decimal, number):
    assert cells.decimal_number(text, decimal) == number


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("43,18", "."), ("43.18", ","), ("1 000", "."), ("nan", "."), ("1e3", "."), ("٣", ".")],
)
def test_number_written_otherwise_is_refused(text, decimal):
    with pytest.raises(BadCell):
        cells.decimal_number(text, decimal)


def test_day_is_read_inside_its_text():
    assert cells.calendar_day("Espace labellisé 01/02/2020", "Espace labellisé %d/%m/%Y") == date(
        2020, 2, 1
    )
    assert cells.calendar_day("01/02/2020") == cells.calendar_day("2020-02-01") == date(2020, 2, 1)


def test_day_that_does_not_exist_is_refused():
    with pytest.raises(BadCell):
        cells.calendar_day("31/02/2020")


def test_yes_and_no_are_read_and_a_doubt_is_refused():
    assert [cells.yes_or_no(word) for word in ("Oui", "x", "Non", "")] == [True, True, False, False]
    with pytest.raises(BadCell):
        cells.yes_or_no("parfois")


@pytest.mark.parametrize("text", ["a@b.fr ; c@d.fr", "a@b.fr,c@d.fr", "a@b", "rien"])
def test_email_that_is_not_exactly_one_is_refused(text):
    with pytest.raises(BadCell):
        cells.email(text)
