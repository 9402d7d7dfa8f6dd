"""The account of a long import: exact counts in memory, every remark in a file of its own."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from entremise.foundation.imports.engine.report import Remark
from entremise.foundation.imports.enums import Fate

SHOWN = 20


@dataclass(slots=True)
class Remarks:
    """Remarks by the thousand: the first ones at hand, all of them in a file that has no name."""

    _lines: IO[str]
    first: list[Remark] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)

    def add(self, remark: Remark) -> None:
        """Keep a remark."""
        if len(self.first) < SHOWN:
            self.first.append(remark)
        self.fields[remark.field] += 1
        self._lines.write(json.dumps(asdict(remark), ensure_ascii=False) + "\n")

    @property
    def count(self) -> int:
        """How many there are."""
        return self.fields.total()

    def __iter__(self) -> Iterator[str]:
        """Yield each remark as JSON."""
        self._lines.seek(0)
        for line in self._lines:
            yield line.rstrip("\n")


@dataclass(slots=True)
class Tally:
    """Every row has one fate, and every remark names its row."""

    source: str
    refusals: Remarks
    warnings: Remarks
    fates: Counter[Fate] = field(default_factory=Counter)

    def refuse(self, remarks: list[Remark]) -> None:
        """Count a refused row with the reasons of its refusal."""
        self.fates[Fate.REFUSED] += 1
        for remark in remarks:
            self.refusals.add(remark)

    def as_counts(self) -> dict[str, Any]:
        """Return the counts: rows = created + updated + unchanged + refused. No cell is in it."""
        return {
            "source": self.source,
            "rows": self.fates.total(),
            **{fate.value: self.fates[fate] for fate in Fate},
        }

    def fields_at_fault(self) -> dict[str, dict[str, int]]:
        """Return how many refusals and warnings each field got: what may be kept for long."""
        return {"refusals": dict(self.refusals.fields), "warnings": dict(self.warnings.fields)}

    def write(self, path: Path, extra: dict[str, Any]) -> None:
        """Write the published report, remark after remark. Raises OSError."""
        with path.open("w", encoding="utf-8") as file:
            head = json.dumps(self.as_counts() | extra, ensure_ascii=False, indent=2)
            file.write(head.removesuffix("\n}"))
            for name, remarks in (("refusals", self.refusals), ("warnings", self.warnings)):
                file.write(f',\n  "{name}": [')
                for rank, remark in enumerate(remarks):
                    file.write(f"{',' if rank else ''}\n    {remark}")
                file.write("\n  ]" if remarks.count else "]")
            file.write("\n}\n")


@contextmanager
def open_tally(source: str) -> Iterator[Tally]:
    """Open an account; its remarks are gone when it closes, unless written before."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as refusals,
        tempfile.TemporaryFile("w+", encoding="utf-8") as warnings,
    ):
        yield Tally(source, Remarks(refusals), Remarks(warnings))
