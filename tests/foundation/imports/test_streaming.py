"""Reading a table of any size, CSV or XLSX: row by row, the same whatever wrote it."""

import tracemalloc
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.foundation.imports.engine import streaming, workbook
from entremise.foundation.imports.engine.streaming import open_table
from entremise.foundation.imports.errors import UnreadableFile

CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r\n", exclude_categories=["C"]),
    max_size=12,
)
WORKBOOK = (
    '<workbook xmlns:r="r"><sheets><sheet name="Caché" state="hidden" r:id="r1"/>'
    '<sheet name="Actes" r:id="r2"/><sheet name="Autre" r:id="r1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
)
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="0.0&quot; jours&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/>'
    "</cellXfs></styleSheet>"
)
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c>'
    '<c r="B1" t="str"><v>jour</v></c></row>'
)


def write_workbook(path, rows, *, texts="", after="", members=()):
    """Write the parts of a workbook whose second sheet holds these rows of XML."""
    sheet = "<worksheet><sheetData>{}</sheetData>{}</worksheet>"
    parts = {
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"<sst>{texts}</sst>",
        "xl/worksheets/sheet1.xml": sheet.format(HEADER + HEADER.replace('r="1"', 'r="2"'), ""),
        "xl/worksheets/sheet2.xml": sheet.format(HEADER + rows, after),
        **dict(members),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def read(path, **options):
    """Return the columns and the records of a file."""
    with open_table(path, **options) as stream:
        return stream.columns, list(stream.records)


def file_of(tmp_path, content):
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_are_read_in_every_usual_encoding(tmp_path, encoding):
    path = file_of(tmp_path, "id;commune\n1;Orée-d’Anjou\n".encode(encoding))

    assert read(path) == (["id", "commune"], [(2, ["1", "Orée-d’Anjou"], "")])


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path):
    path = file_of(tmp_path, 'id,nom\n1,"deux\nlignes"\n\n,\n2,Mairie\n3,Gare,\n')

    assert [number for number, _cells, _why in read(path)[1]] == [2, 5, 6]


def test_row_of_another_separator_does_not_fit(tmp_path):
    _columns, records = read(file_of(tmp_path, "id;nom;x\n1;a;b\n2,a,b\n"))

    assert [(number, bool(why)) for number, _cells, why in records] == [(2, False), (3, True)]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "vide"),
        (b" \n\n", "vide"),
        (b"id;nom\n", "Aucune ligne"),
        (b"id;nom\n1;a;b;c\n", "cellules"),
        (b"id;nom;id\n", "même nom"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "XLS"),
        (b"\x1f\x8b squeezed", "compress"),
        (b"id;nom\n1;\x00\n", "pas du texte"),
        (b"id;nom\n1;\xe9\n2;\x81\n", "ligne 3"),
        (b'id;nom\n1;"a\n', "guillemets"),
        (b"PK\x03\x04 broken", "abîmé"),
    ],
)
def test_what_is_no_table_has_its_sentence(tmp_path, content, word):
    with pytest.raises(UnreadableFile, match=word):
        read(file_of(tmp_path, content))


def test_announced_encoding_is_held_to(tmp_path):
    path = file_of(tmp_path, "id;nom\n1;é\n".encode("cp1252"))

    with pytest.raises(UnreadableFile, match="ligne 2"):
        read(path, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="UTF-8 alors"):
        read(file_of(tmp_path, "id;nom\n1;é\n"), encoding="cp1252")


def test_line_without_end_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(streaming, "LONGEST_LINE", 1000)

    with pytest.raises(UnreadableFile, match="million"):
        read(file_of(tmp_path, "id;nom\n1;" + "x" * 2000 + "\n"))


def test_long_file_is_read_in_little_memory(tmp_path):
    path = file_of(tmp_path, "id;nom\n" + "1;Point d’accueil Lyon\n" * 200_000)
    tracemalloc.start()

    with open_table(path) as stream:
        count = sum(1 for _record in stream.records)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 200_000
    assert path.stat().st_size > 4_000_000
    assert peak < path.stat().st_size


@settings(deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_workbook_and_csv_say_the_same(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("same")
    quoted = ('"{}";"{}"\n'.format(*(cell.replace('"', '""') for cell in row)) for row in rows)
    text = file_of(folder, "id;jour\n" + "".join(quoted))
    cells = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for number, row in enumerate(rows, start=2)
    )
    book = write_workbook(folder / "table.xlsx", cells)

    def told(path):
        try:
            return read(path)
        except UnreadableFile as refusal:
            return str(refusal)

    assert told(book) == told(text)


def test_days_hours_numbers_and_shared_texts_of_a_workbook_are_read(tmp_path):
    row = (
        '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" s="1"><v>46097</v></c></row>'
        '<row r="5"><c r="A5"><v>12</v></c><c r="B5" s="3"><v>0.3888888888888889</v></c></row>'
        '<row r="6"><c r="A6"><v>1.50</v></c><c r="B6" s="1"><v>46097.5</v></c></row>'
        '<row r="7"><c r="A7" t="b"><v>1</v></c><c r="B7" s="2"><v>3</v></c></row>'
        '<row r="8"><c r="B8" t="str"><f>A1</f><v>calculé</v></c></row>'
    )
    texts = "<si><r><t>É</t></r><r><t>nergie</t></r><rPh><t>x</t></rPh></si>"

    _columns, records = read(write_workbook(tmp_path / "a.xlsx", row, texts=texts))

    assert [(number, cells) for number, cells, _why in records] == [
        (4, ["Énergie", "2026-03-16"]),
        (5, ["12", "09:20:00"]),
        (6, ["1.5", "2026-03-16 12:00:00"]),
        (7, ["oui", "3"]),
        (8, ["", "calculé"]),
    ]


def test_formula_that_was_never_computed_comes_out_as_itself(tmp_path):
    row = '<row r="2"><c r="A2"><f>B2+1</f></c><c r="B2"><v>1</v></c></row>'

    assert read(write_workbook(tmp_path / "a.xlsx", row))[1] == [(2, ["=B2+1", "1"], "")]


def test_merged_cells_refuse_the_workbook(tmp_path):
    row = '<row r="2"><c r="A2"><v>1</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'

    with pytest.raises(UnreadableFile, match="A2:A3"):
        read(write_workbook(tmp_path / "a.xlsx", row, after=merged))


def test_sheet_is_chosen_by_its_name(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", '<row r="2"><c r="A2"><v>7</v></c></row>')

    assert read(path)[1][0][1] == ["7", ""]
    assert read(path, sheet="Autre")[1][0][1] == ["id", "jour"]
    with pytest.raises(UnreadableFile, match="Actes"):
        read(path, sheet="Absente")


def test_bomb_is_refused_before_it_is_unfolded(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "BELOW_SUSPICION", 1_000_000)
    row = '<row r="2"><c r="A2"><v>7</v></c></row>'
    path = write_workbook(
        tmp_path / "a.xlsx", row, members={"xl/media/x.bin": b"\x00" * 5_000_000}.items()
    )

    with pytest.raises(UnreadableFile, match="déplié"):
        read(path)


def test_texts_too_many_to_hold_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_TEXTS", 100)

    with pytest.raises(UnreadableFile, match="trop de textes"):
        read(write_workbook(tmp_path / "a.xlsx", "", texts="<si><t>long</t></si>" * 50))


def test_declared_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    path = write_workbook(tmp_path / "a.xlsx", "", members={"xl/sharedStrings.xml": bomb}.items())

    with pytest.raises(UnreadableFile, match="déclarations"):
        read(path)


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"xl/worksheets/sheet2.xml": "<worksheet><sheetData><row>"}, "ne se lit pas"),
        ({"xl/workbook.xml": "<workbook/>"}, "feuille"),
    ],
)
def test_broken_workbook_has_its_sentence(tmp_path, members, word):
    with pytest.raises(UnreadableFile, match=word):
        read(write_workbook(tmp_path / "a.xlsx", "", members=members.items()))


def test_archive_that_is_no_workbook_has_its_sentence(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")

    with pytest.raises(UnreadableFile, match="XLSX"):
        read(path)
