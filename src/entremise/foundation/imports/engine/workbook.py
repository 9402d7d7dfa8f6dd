"""Reads the rows of an XLSX workbook one by one, as text; only its distinct texts stay in memory.

Written on expat because no kept library both streams and says what matters here: a formula that
was never computed, merged cells. Numbers, days and hours come out as ISO text.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from entremise.foundation.imports.errors import UnreadableFile

LARGEST_UNPACKED = 2 * 1024**3
LARGEST_TEXTS = 128 * 1024**2
LARGEST_RATIO = 200
BELOW_SUSPICION = 20 * 1024**2
MOST_COLUMNS = 500
_BLOCK = 256 * 1024
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]|General', re.IGNORECASE)
_REMEMBERED = 50_000

Cells = tuple[int, list[str]]


def open_workbook(path: Path, *, sheet: str = "") -> Iterator[Cells]:
    """Yield each written row of a sheet, the first visible one by default: its number, its cells.

    A formula that was never computed comes out as its own text, « =A1+B1 ». Raises
    UnreadableFile, for merged cells after the last row.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(archive, path)
            place, epoch = _sheet_of(archive, sheet)
            parser = _SheetParser(_texts(archive), _date_styles(archive), epoch)
            with archive.open(place) as opened:
                yield from parser.rows(opened)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as broken:
        raise UnreadableFile(
            _("Ce classeur est incomplet ou abîmé : enregistrez-le à nouveau, au format XLSX.")
        ) from broken
    except (expat.ExpatError, ValueError, IndexError, OverflowError) as broken:
        raise UnreadableFile(
            _("Une feuille de ce classeur ne se lit pas : enregistrez-la au format CSV UTF-8.")
        ) from broken


def _refuse_bombs(archive: zipfile.ZipFile, path: Path) -> None:
    """Look at the sizes that the archive announces; zipfile reads no byte beyond them."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(_("Ce classeur est protégé par un mot de passe : retirez-le d’abord."))
    if "xl/workbook.xml" not in archive.namelist():
        raise UnreadableFile(
            _("Cette archive n’est pas un classeur XLSX : enregistrez le tableau au format CSV.")
        )
    unpacked = sum(member.file_size for member in members)
    ratio = unpacked / max(path.stat().st_size, 1)
    if unpacked > LARGEST_UNPACKED or (unpacked > BELOW_SUSPICION and ratio > LARGEST_RATIO):
        raise UnreadableFile(
            _(
                "Ce classeur, une fois déplié, pèserait %(size)d Mo : il n’est pas ouvert. "
                "Enregistrez le tableau au format CSV."
            )
            % {"size": unpacked // 1024**2}
        )
    texts = next((m.file_size for m in members if m.filename == "xl/sharedStrings.xml"), 0)
    if texts > LARGEST_TEXTS:
        raise UnreadableFile(
            _("Ce classeur contient trop de textes différents : enregistrez-le au format CSV.")
        )


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_declared: Any) -> None:
        raise UnreadableFile(_("Ce classeur contient des déclarations qui ne sont pas admises."))

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _elements(archive: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small part of the workbook with their attributes, in order."""
    found: list[tuple[str, dict[str, str]]] = []
    if name not in archive.namelist():
        return found
    parser = _parser()
    parser.StartElementHandler = lambda tag, attributes: found.append((_local(tag), attributes))
    parser.Parse(archive.read(name), True)
    return found


def _sheet_of(archive: zipfile.ZipFile, wanted: str) -> tuple[str, datetime]:
    """Return where the sheet lies in the archive, and the day from which its dates count."""
    elements = _elements(archive, "xl/workbook.xml")
    old_mac = any(
        tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}
        for tag, attributes in elements
    )
    sheets = {
        attributes["name"]: next(v for k, v in attributes.items() if k.endswith(":id"))
        for tag, attributes in elements
        if tag == "sheet" and (wanted or attributes.get("state", "visible") == "visible")
    }
    if not sheets or (wanted and wanted not in sheets):
        raise UnreadableFile(
            _("Ce classeur n’a pas de feuille « %(sheet)s » ; ses feuilles : %(known)s.")
            % {"sheet": wanted, "known": ", ".join(sheets)}
        )
    chosen = sheets[wanted] if wanted else next(iter(sheets.values()))
    targets = {
        attributes["Id"]: attributes["Target"]
        for tag, attributes in _elements(archive, "xl/_rels/workbook.xml.rels")
        if tag == "Relationship"
    }
    target = targets[chosen]
    place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return place, datetime(1904, 1, 1) if old_mac else datetime(1899, 12, 30)  # noqa: DTZ001 -- days


def _texts(archive: zipfile.ZipFile) -> list[str]:
    """Return the shared texts; phonetic guides are left out."""
    texts: list[str] = []
    if "xl/sharedStrings.xml" not in archive.namelist():
        return texts
    parts: list[str] = []
    state = {"read": False, "aside": 0}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "si":
            parts.clear()
        elif name == "rPh":
            state["aside"] += 1
        state["read"] = name == "t" and not state["aside"]

    def end(tag: str) -> None:
        name = _local(tag)
        state["read"] = False
        if name == "rPh":
            state["aside"] -= 1
        elif name == "si":
            texts.append("".join(parts))

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: parts.append(text) if state["read"] else None
    with archive.open("xl/sharedStrings.xml") as opened:
        while block := opened.read(_BLOCK):
            parser.Parse(block, False)
    parser.Parse(b"", True)
    return texts


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the ranks of the cell styles that show a number as a day or an hour."""
    dates, styles, of_cells = set(_DATE_FORMATS), set(), False
    rank = 0
    for tag, attributes in _elements(archive, "xl/styles.xml"):
        if tag == "numFmt":
            shown = _NOT_A_DATE.sub("", attributes.get("formatCode", ""))
            if re.search("[dmyhs]", shown, re.IGNORECASE):
                dates.add(int(attributes["numFmtId"]))
        elif tag in {"cellXfs", "cellStyles", "cellStyleXfs", "dxfs"}:
            of_cells = tag == "cellXfs"
        elif tag == "xf" and of_cells:
            if int(attributes.get("numFmtId", "0")) in dates:
                styles.add(rank)
            rank += 1
    return styles


@dataclass(slots=True)
class _SheetParser:
    """Turns the elements of a sheet into rows of text."""

    texts: list[str]
    date_styles: set[int]
    epoch: datetime
    _ready: list[Cells] = field(default_factory=list)
    _row: list[str] = field(default_factory=list)
    _number: int = 0
    _column: int = 0
    _kind: str = ""
    _style: str = ""
    _buffer: list[str] | None = None
    _value: str | None = None
    _formula: str | None = None
    _merged: str = ""
    _columns: dict[str, int] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], str] = field(default_factory=dict)

    def rows(self, sheet: IO[bytes]) -> Iterator[Cells]:
        """Yield the rows as they are read."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        while block := sheet.read(_BLOCK):
            parser.Parse(block, False)
            yield from self._ready
            self._ready.clear()
        parser.Parse(b"", True)
        yield from self._ready
        if self._merged:
            raise UnreadableFile(
                _(
                    "Des cellules sont fusionnées (%(place)s) : défaites les fusions, "
                    "chaque ligne doit avoir ses propres cellules."
                )
                % {"place": self._merged}
            )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag if ":" not in tag else _local(tag)
        if name == "c":
            place = attributes.get("r")
            self._column = self._column_of(place) if place else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value = self._formula = None
        elif name in {"v", "f", "t"}:
            self._buffer = []
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._row, self._column = [], -1
        elif name == "mergeCell":
            self._merged = self._merged or attributes.get("ref", "")

    def _text(self, text: str) -> None:
        if self._buffer is not None:
            self._buffer.append(text)

    def _end(self, tag: str) -> None:
        name = tag if ":" not in tag else _local(tag)
        if name == "c":
            self._keep_cell()
        elif name == "row":
            self._ready.append((self._number, self._row))
        elif self._buffer is not None:
            text, self._buffer = "".join(self._buffer), None
            if name == "f":
                self._formula = f"={text}"
            else:  # an inline text may come in several pieces
                self._value = text if name == "v" else (self._value or "") + text

    def _keep_cell(self) -> None:
        if self._value is None and self._formula is None:
            return
        row = self._row
        while len(row) < self._column:
            row.append("")
        row.append(self._formula or "" if self._value is None else self._told(self._value))

    def _told(self, value: str) -> str:
        kind = self._kind
        if kind == "s":
            return self.texts[int(value)]
        if kind == "n":
            key = (value, self._style)
            if key not in self._numbers:
                if len(self._numbers) > _REMEMBERED:
                    self._numbers.clear()
                self._numbers[key] = self._number_told(value)
            return self._numbers[key]
        if kind == "b":
            return "oui" if value == "1" else "non"
        return value.replace("T", " ") if kind == "d" else value

    def _number_told(self, value: str) -> str:
        if not value:
            return ""
        number = float(value)
        if self._style and int(self._style) in self.date_styles:
            return self._moment(number)
        return str(int(number)) if number.is_integer() else repr(number)

    def _moment(self, number: float) -> str:
        moment = self.epoch + timedelta(seconds=round(number * 86_400))
        if 0 <= number < 1:
            return f"{moment:%H:%M:%S}"
        return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M:%S}"

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            rank = 0
            for letter in letters:
                rank = rank * 26 + ord(letter) - 64
            if not 1 <= rank <= MOST_COLUMNS:
                raise UnreadableFile(
                    _("Cette feuille a plus de %(limit)d colonnes.") % {"limit": MOST_COLUMNS}
                )
            self._columns[letters] = rank - 1
        return self._columns[letters]
