"""What an import did, or would do: every row has one fate, and every remark names its row."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from entremise.foundation.imports.enums import Fate


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a row is refused, or what a person should look at: spreadsheet row, field, sentence."""

    row: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an import changes of something known before; values as JSON can hold them."""

    row: int
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowFate:
    """What becomes of one row; the label lets a person recognise it."""

    row: int
    label: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Absent:
    """Something known from this source, that the new file no longer names."""

    source_id: str
    label: str


@dataclass(slots=True)
class Report:
    """The account of one file from one source."""

    source: str
    fates: list[RowFate] = field(default_factory=list)
    refusals: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    missing: list[Absent] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """Return how many rows had this fate."""
        return sum(1 for row in self.fates if row.fate == fate)

    def as_json(self) -> dict[str, Any]:
        """Return the published form: rows = created + updated + unchanged + refused."""
        counts = Counter(row.fate for row in self.fates)
        return {
            "source": self.source,
            "rows": len(self.fates),
            **{fate.value: counts[fate] for fate in Fate},
            "refusals": [asdict(remark) for remark in self.refusals],
            "warnings": [asdict(remark) for remark in self.warnings],
            "changes": [asdict(change) for change in self.changes],
            "missing": [asdict(absent) for absent in self.missing],
            "fates": [
                {"row": row.row, "label": row.label, "fate": row.fate.value} for row in self.fates
            ],
        }
