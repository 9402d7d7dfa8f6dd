"""The lines of a table of figures, written directly: a page has some six hundred cells, and Django
draws each from a template, which took half of the time of the page.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from entremise.foundation.ui.formats import grouped
from entremise.insight.statistics.breakdowns import sentence
from entremise.insight.statistics.tables import Cell, Line, Table

register = template.Library()


@register.simple_tag
def figure_lines(table: Table) -> SafeString:
    """Write the rows of a table of figures; numbers are grouped by thousands."""
    thousands = grouped(1000)[1:-3]
    rows = (_row(line, thousands) for line in table.lines)
    return mark_safe("".join(rows))  # noqa: S308 -- every part is escaped below


def _row(line: Line, thousands: str) -> str:
    name = escape(sentence(line.head))
    head = f'<a href="{escape(line.url)}">{name}</a>' if line.url else name
    start = '<tr class="inside">' if line.level > 1 else "<tr>"
    cells = "".join(_cell(cell, thousands) for cell in line.cells)
    return f'{start}<th scope="row">{head}</th>{cells}</tr>\n'


def _cell(cell: Cell, thousands: str) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    shown = f"{cell:,}".replace(",", thousands) if isinstance(cell, int) else grouped(cell, 1)
    return f'<td class="num">{shown}</td>'
