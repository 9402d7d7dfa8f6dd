"""Reads a table of any size row by row, CSV or XLSX; every way to fail has its sentence.

Rows carry the number that a spreadsheet shows: the header is row 1, blank rows count. A CSV file
is read twice, first to find its encoding and digest.
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from entremise.foundation.imports.engine import reading
from entremise.foundation.imports.engine.workbook import open_workbook
from entremise.foundation.imports.errors import UnreadableFile

LONGEST_LINE = 1024 * 1024
_BLOCK = 256 * 1024
_WORKBOOK = b"PK\x03\x04"

Record = tuple[int, list[str], str]


@dataclass(frozen=True, slots=True)
class Stream:
    """A file being read. A record is its row number, its cells in the order of the columns, and
    why it does not fit under the header, empty when it does.
    """

    columns: list[str]
    records: Iterator[Record]
    digest: str


@contextmanager
def open_table(
    path: Path, *, encoding: str = "", separator: str = "", sheet: str = ""
) -> Iterator[Stream]:
    """Open a CSV or XLSX file; an encoding or a separator left empty is found.

    Raises UnreadableFile, while the records are read too: once none of them fits.
    """
    try:
        with path.open("rb") as file:
            head = file.read(512)
            if head.startswith(_WORKBOOK):
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                rows = open_workbook(path, sheet=sheet)
                yield _stream(rows, digest, separator="")
                return
            _refuse_what_is_no_text(head)
            found, digest = _survey(path, encoding)
            file.seek(0)
            text = io.TextIOWrapper(file, encoding=found, newline="")
            separator = separator or _separator_of(text)
            text.seek(0)
            yield _stream(_numbered(text, separator), digest, separator=separator)
    except OSError as broken:
        message = _("Le fichier « %(file)s » ne peut pas être ouvert.")
        raise UnreadableFile(message % {"file": path.name}) from broken


def _stream(rows: Iterator[tuple[int, list[str]]], digest: str, *, separator: str) -> Stream:
    written = ((number, cells) for number, cells in rows if "".join(cells).strip())
    _number, header = next(written, (0, []))
    if not header:
        raise UnreadableFile(_("Ce fichier est vide."))
    columns = reading.header_of(header, separator)
    return Stream(columns, _fitted(written, len(columns), is_sheet=not separator), digest)


def _fitted(
    rows: Iterator[tuple[int, list[str]]], width: int, *, is_sheet: bool
) -> Iterator[Record]:
    """Match each row with the header; empty cells after the last column are left out."""
    fit, first = 0, ""
    for number, cells in rows:
        count, why = len(cells), ""
        if count > width and not any(cells[width:]):
            del cells[width:]
        elif is_sheet and count < width:  # a sheet leaves out the empty cells at its right
            cells.extend([""] * (width - count))
        elif count != width:
            why = reading.misfit(count, width)
            first = first or why
        fit += not why
        yield number, cells, why
    if not fit:
        raise UnreadableFile(first or _("Aucune ligne ne se lit sous l’en-tête de ce fichier."))


def _refuse_what_is_no_text(head: bytes) -> None:
    if not head:
        raise UnreadableFile(_("Ce fichier est vide."))
    for signature, kind in reading.SIGNATURES.items():
        if head.startswith(signature):
            raise UnreadableFile(
                _("Ce fichier est %(kind)s : enregistrez-le d’abord au format CSV ou XLSX.")
                % {"kind": kind}
            )


def _survey(path: Path, announced: str) -> tuple[str, str]:
    """Return the encoding and the SHA-256 of a text file. Raises UnreadableFile."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16", _digest_as(path, "utf-16", _refuse_encoding)
    try:
        digest = _digest_as(path, "utf-8-sig")
    except _UndecodableLine as broken:
        if announced == "utf-8":
            raise UnreadableFile(
                _(
                    "Ce fichier n’est pas en UTF-8 (ligne %(line)d) : enregistrez-le en UTF-8, "
                    "ou annoncez son encodage dans la correspondance."
                )
                % {"line": broken.line}
            ) from broken
        encoding = announced or "cp1252"
        return encoding, _digest_as(path, encoding, _refuse_encoding)
    if announced not in ("", "utf-8") and not _is_ascii(path):
        raise UnreadableFile(
            _("Ce fichier est en UTF-8 alors que la correspondance annonce %(encoding)s.")
            % {"encoding": announced}
        )
    return "utf-8-sig", digest


class _UndecodableLine(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _refuse_encoding(line: int) -> UnreadableFile:
    return UnreadableFile(
        _(
            "L’encodage de ce fichier n’est pas reconnu (ligne %(line)d) : "
            "enregistrez-le au format CSV UTF-8."
        )
        % {"line": line}
    )


def _digest_as(
    path: Path, encoding: str, refusal: Callable[[int], Exception] = _UndecodableLine
) -> str:
    """Return the digest of a file, read whole under an encoding block by block."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as broken:
                raise refusal(lines + block.count(b"\n", 0, broken.start)) from broken
            if reading.CONTROL.search(text):
                raise UnreadableFile(
                    _("Ce fichier n’est pas du texte : il faut un fichier CSV ou XLSX.")
                )
            if not block:
                return digest.hexdigest()
            digest.update(block)
            lines += block.count(b"\n")


def _is_ascii(path: Path) -> bool:
    with path.open("rb") as file:
        return all(block.isascii() for block in iter(lambda: file.read(_BLOCK), b""))


def _separator_of(text: io.TextIOWrapper) -> str:
    return next(
        (reading.separator_of(line) for line in _lines(text) if line.strip()), reading.SEPARATORS[0]
    )


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise UnreadableFile(
                _("Une ligne de ce fichier dépasse un million de signes : ce n’est pas un tableau.")
            )
        yield line


def _numbered(text: io.TextIOWrapper, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as broken:
        raise UnreadableFile(
            _("Les guillemets ne se ferment pas bien, vers la ligne %(line)d du texte.")
            % {"line": reader.line_num}
        ) from broken
