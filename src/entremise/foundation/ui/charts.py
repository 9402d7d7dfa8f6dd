"""The geometry of small charts: SVG attributes, so that templates hold no arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, BAR_WIDTH, TOP, GROUND, HEIGHT = 35, 24, 14, 66, 84


@dataclass(frozen=True)
class Bar:
    """One bar with its place in the drawing (SVG units, as text) and its words for the table."""

    label: str
    value: float
    x: int
    middle: int
    y: str
    height: str
    is_current: bool


def bars_of(points: Sequence[tuple[str, float]], current: str = "") -> list[Bar]:
    """Place one bar for each (label, value); the tallest fills the height, zero is a hairline."""
    top = max((value for _, value in points), default=0) or 1
    bars = []
    for rank, (label, value) in enumerate(points):
        height = max(1.0, value / top * (GROUND - TOP))
        left = rank * STEP + (STEP - BAR_WIDTH) // 2
        bars.append(
            Bar(
                label=label,
                value=value,
                x=left,
                middle=left + BAR_WIDTH // 2,
                y=f"{GROUND - height:.1f}",
                height=f"{height:.1f}",
                is_current=label == current,
            )
        )
    return bars


def view_box(count: int) -> str:
    """Give the viewBox of a chart of this many bars."""
    return f"0 0 {max(count, 1) * STEP} {HEIGHT}"
