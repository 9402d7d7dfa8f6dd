"""Reads a CSV file as a table of text; every way to fail has its sentence.

Rows carry the number that a spreadsheet shows: the header is row 1, blank rows count.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.foundation.imports.engine.report import Remark
from entremise.foundation.imports.errors import UnreadableFile

LARGEST_FILE = 10 * 1024 * 1024
CONTROL = re.compile(r"[\x00-\x08]")
SEPARATORS = ",;\t|"
SIGNATURES = {
    b"PK\x03\x04": gettext_lazy("un classeur (XLSX, ODS) ou une archive"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("un ancien classeur Excel (XLS)"),
    b"%PDF": gettext_lazy("un PDF"),
    b"\x1f\x8b": gettext_lazy("une archive compressée"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its spreadsheet row number, and its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `misfits` are the rows whose cells do not match the header."""

    columns: list[str]
    rows: list[Row]
    misfits: list[Remark] = field(default_factory=list)
    encoding: str = "utf-8"
    separator: str = ","


def read_table(content: bytes, *, encoding: str = "", separator: str = "") -> Table:
    """Read a CSV file; an encoding or a separator left empty is found.

    Raises UnreadableFile when no row can be read.
    """
    _refuse_what_is_no_text(content)
    text, found_encoding = _decoded(content, encoding)
    if CONTROL.search(text):
        raise UnreadableFile(_("Ce fichier n’est pas du texte : il faut un fichier CSV."))
    separator = separator or separator_of(text)
    records = _records(text, separator)
    columns = header_of(next(records, []), separator)
    rows, misfits = [], []
    for number, cells in enumerate(records, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns) and not any(cells[len(columns) :]):
            cells = cells[: len(columns)]  # noqa: PLW2901 -- trailing separators of spreadsheets
        if len(cells) == len(columns):
            rows.append(Row(number, dict(zip(columns, cells, strict=True))))
        else:
            misfits.append(Remark(number, "", misfit(len(cells), len(columns))))
    if misfits and not rows:
        raise UnreadableFile(misfits[0].message)
    if not rows:
        raise UnreadableFile(_("Aucune ligne ne se lit sous l’en-tête de ce fichier."))
    return Table(columns, rows, misfits, found_encoding, separator)


def _refuse_what_is_no_text(content: bytes) -> None:
    if not content.strip():
        raise UnreadableFile(_("Ce fichier est vide."))
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(
            _("Ce fichier dépasse %(limit)d Mo : découpez-le en plusieurs fichiers.")
            % {"limit": LARGEST_FILE // 1024**2}
        )
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            raise UnreadableFile(
                _("Ce fichier est %(kind)s : enregistrez-le d’abord au format CSV.")
                % {"kind": kind}
            )


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decode(content, "utf-16")
    if encoding in ("", "utf-8"):
        try:
            return content.decode("utf-8-sig"), "utf-8"
        except UnicodeDecodeError as broken:
            if encoding:
                raise UnreadableFile(
                    _(
                        "Ce fichier n’est pas en UTF-8 (ligne %(line)d) : enregistrez-le en UTF-8, "
                        "ou annoncez son encodage dans la correspondance."
                    )
                    % {"line": content.count(b"\n", 0, broken.start) + 1}
                ) from broken
            return _decode(content, "cp1252")
    if not content.isascii() and _is_utf8(content):
        raise UnreadableFile(
            _("Ce fichier est en UTF-8 alors que la correspondance annonce %(encoding)s.")
            % {"encoding": encoding}
        )
    return _decode(content, encoding)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _decode(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return content.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError) as broken:
        raise UnreadableFile(
            _("L’encodage de ce fichier n’est pas reconnu : enregistrez-le au format CSV UTF-8.")
        ) from broken


def separator_of(text: str) -> str:
    """Return the separator that cuts the header most often."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max(SEPARATORS, key=header.count)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as broken:
        raise UnreadableFile(
            _("Les guillemets ne se ferment pas bien, vers la ligne %(line)d du texte.")
            % {"line": reader.line_num}
        ) from broken


def header_of(cells: list[str], separator: str) -> list[str]:
    """Return the names of the columns. Raises UnreadableFile when one is missing or twice there."""
    columns = [cell.strip() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) < 2 and not separator:
        raise UnreadableFile(
            _("Une seule colonne : la première ligne doit porter le nom des colonnes.")
        )
    if len(columns) < 2:
        raise UnreadableFile(
            _(
                "Aucune colonne ne se distingue (séparateur « %(separator)s ») : "
                "la première ligne doit porter le nom des colonnes."
            )
            % {"separator": separator}
        )
    if "" in columns:
        raise UnreadableFile(
            _("La colonne numéro %(rank)d n’a pas de nom.") % {"rank": columns.index("") + 1}
        )
    if twice := [name for name in columns if columns.count(name) > 1]:
        raise UnreadableFile(
            _("Deux colonnes portent le même nom, « %(name)s ».") % {"name": twice[0]}
        )
    return columns


def misfit(found: int, expected: int) -> str:
    """Return the sentence of a row whose cells do not match the header."""
    return _(
        "Cette ligne a %(found)d cellules au lieu de %(expected)d : "
        "vérifiez les séparateurs et les guillemets."
    ) % {"found": found, "expected": expected}
