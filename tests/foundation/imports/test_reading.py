"""Reading a file: what is text and what is not, and the row numbers that a person can find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.foundation.imports.engine import reading
from entremise.foundation.imports.engine.reading import read_table
from entremise.foundation.imports.errors import UnreadableFile

CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r\n", exclude_categories=["C"])
)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_left_out_is_found_in_the_header(separator):
    content = f"id{separator}nom\n1{separator}Mairie\n".encode()

    table = read_table(content)

    assert (table.separator, table.rows[0].cells) == (separator, {"id": "1", "nom": "Mairie"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_are_read_in_every_usual_encoding(encoding):
    content = "id;commune\n1;Orée-d’Anjou\n".encode(encoding)

    table = read_table(content)

    assert table.rows[0].cells == {"id": "1", "commune": "Orée-d’Anjou"}


def test_rows_are_numbered_as_in_a_spreadsheet():
    content = b'id,nom\n1,"deux\nlignes"\n\n,\n2,Mairie\n'

    table = read_table(content)

    assert [row.number for row in table.rows] == [2, 5]


def test_row_with_too_many_cells_is_a_misfit_and_the_others_are_read():
    table = read_table(b"id,nom\n1,Mairie\n2,Poste,en trop\n3\n4,Gare,\n")

    assert [row.cells["id"] for row in table.rows] == ["1", "4"]
    assert [(remark.row, remark.field) for remark in table.misfits] == [(3, ""), (4, "")]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "vide"),
        (b"  \n ", "vide"),
        (b"id,nom\n", "Aucune ligne"),
        (b"PK\x03\x04 a workbook", "XLSX"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "XLS"),
        (b"%PDF-1.7", "PDF"),
        (b"\x00\x01\x02\x03,\x04\n\x00,\x00", "pas du texte"),
        (b"id,nom\n1,\x81\n", "encodage"),
        (b'id,nom\n1,"never closed\n', "guillemets"),
        (b"a single column\n1\n", "Aucune colonne"),
        (b"id,id\n1,2\n", "même nom"),
        (b"id,,nom\n1,2,3\n", "pas de nom"),
    ],
)
def test_file_that_is_no_table_is_refused_with_its_sentence(content, word):
    with pytest.raises(UnreadableFile) as refusal:
        read_table(content)

    assert word in str(refusal.value)


def test_file_over_the_limit_is_refused_before_it_is_read():
    content = b"id,nom\n" + b"1,Mairie\n" * (reading.LARGEST_FILE // 9 + 1)

    with pytest.raises(UnreadableFile, match="10 Mo"):
        read_table(content)


def test_encoding_other_than_the_one_announced_is_refused_both_ways():
    text = "id,nom\n1,Hôtel\n"

    with pytest.raises(UnreadableFile, match="ligne 2"):
        read_table(text.encode("cp1252"), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="est en UTF-8"):
        read_table(text.encode("utf-8"), encoding="cp1252")


@given(st.lists(st.tuples(CELL, CELL), min_size=1))
def test_every_row_is_read_or_blank_and_numbers_only_grow(rows):
    def quoted(text):
        return '"' + text.replace('"', '""') + '"'

    lines = [f"{quoted(first)},{quoted(second)}" for first, second in rows]
    filled = [(first, second) for first, second in rows if first.strip() or second.strip()]
    content = "\n".join(["id,nom", *lines]).encode()

    try:
        table = read_table(content)
    except UnreadableFile:
        assert filled == []
        return

    assert [(row.cells["id"], row.cells["nom"]) for row in table.rows] == filled
    assert [row.number for row in table.rows] == sorted({row.number for row in table.rows})
