"""Tables of figures: one shape for the page, the CSV file and the clipboard."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = int | float | str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its head, its cells, the acts behind its first number; 2 when inside a family."""

    head: str
    cells: tuple[Cell, ...]
    url: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and columns; `note` says how to read it."""

    name: str
    title: str | Promise
    columns: tuple[str | Promise, ...]
    lines: tuple[Line, ...]
    note: str | Promise = ""

    @property
    def heads(self) -> list[tuple[str | Promise, bool]]:
        """The columns, and whether they hold numbers."""
        first = self.lines[0].cells if self.lines else ()
        return [(self.columns[0], False)] + [
            (column, not isinstance(cell, str))
            for column, cell in zip(self.columns[1:], first, strict=False)
        ]

    @property
    def tsv(self) -> str:
        """The table for the clipboard: tabs between cells, as spreadsheets paste it."""
        return "\n".join(
            "\t".join(" ".join(cell.split()) for cell in row) for row in _written(self)
        )


def as_csv(table: Table) -> str:
    """Return the table as French spreadsheets open it: UTF-8 with its mark, `;` between cells."""
    file = io.StringIO()
    file.write("\ufeff")
    csv.writer(file, delimiter=";").writerows(_written(table))
    return file.getvalue()


def _written(table: Table) -> Sequence[list[str]]:
    rows = [[str(column) for column in table.columns]]
    rows += [[line.head, *(_plain(cell) for cell in line.cells)] for line in table.lines]
    return [[_harmless(cell) for cell in row] for row in rows]


def _plain(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.1f}".replace(".", ",")
    return "" if cell is None else str(cell)


def _harmless(cell: str) -> str:
    """Keep a name from being read as a formula; a number stays a number."""
    if cell.startswith(FORMULA) and not cell.lstrip("-").replace(",", "", 1).isdigit():
        return f"'{cell}"
    return cell
