"""Tells whether a point may lie in its département: a box for each territory, outlines if given.

Boxes are the extents published by IGN (Admin Express), rounded outwards to a tenth of a degree.
"""

import csv
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

MAINLAND = (-5.3, 41.2, 9.7, 51.2)
OVERSEAS = {
    "971": (-61.9, 15.7, -60.9, 16.6),
    "972": (-61.3, 14.3, -60.7, 15.0),
    "973": (-54.7, 2.0, -51.5, 5.9),
    "974": (55.1, -21.5, 55.9, -20.8),
    "975": (-56.6, 46.7, -56.0, 47.2),
    "976": (44.9, -13.1, 45.4, -12.5),
    "977": (-63.0, 17.8, -62.7, 18.0),
    "978": (-63.2, 18.0, -62.9, 18.2),
    "986": (-178.3, -14.5, -176.0, -13.1),
    "987": (-155.0, -28.0, -134.0, -7.8),
    "988": (158.0, -23.0, 172.1, -19.0),
}
FAR_FROM_COMMUNE = 0.3
# Published outlines are simplified: a point this near the line may be on either side of it.
NEAR_THE_LINE = 0.03


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a département: the outer and inner rings of each of its parts."""

    parts: list[list[Ring]]

    def holds(self, longitude: float, latitude: float) -> bool:
        """True when the point is inside, or within NEAR_THE_LINE degrees of the line."""
        point = (longitude, latitude)
        if any(
            _inside(point, part[0]) and not any(_inside(point, hole) for hole in part[1:])
            for part in self.parts
        ):
            return True
        return any(_near(point, ring) for part in self.parts for ring in part)


def is_within_bounds(departement: str, longitude: float, latitude: float) -> bool:
    """True when the point lies in the box of the département's territory (degrees, WGS 84)."""
    west, south, east, north = OVERSEAS.get(departement, MAINLAND)
    return west <= longitude <= east and south <= latitude <= north


def read_outlines(path: Path) -> dict[str, Outline]:
    """Read a GeoJSON of départements (property `insee_dep` or `code`), by code.

    Outlines drawn away from their place, as maps do overseas, are left out. Raises ValueError
    when the file is not such a GeoJSON, OSError when it cannot be opened.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        found = {_code_of(feature): _outline_of(feature["geometry"]) for feature in features}
    except (KeyError, TypeError, AttributeError) as broken:
        raise ValueError(f"{path.name}: not a GeoJSON of départements ({broken!r})") from broken
    return {code: outline for code, outline in found.items() if _is_in_place(code, outline)}


def read_commune_points(path: Path) -> dict[str, Point]:
    """Read (longitude, latitude) by INSEE code: CSV with insee_com, lon_commune, lat_commune.

    Rows without a point are left out. Raises ValueError when a column is missing or a point is
    not a number, OSError when the file cannot be opened.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if lacking := {"insee_com", "lon_commune", "lat_commune"} - set(reader.fieldnames or ()):
            raise ValueError(f"{path.name}: no column {sorted(lacking)[0]}")
        return {
            row["insee_com"]: (float(row["lon_commune"]), float(row["lat_commune"]))
            for row in reader
            if row["lon_commune"] and row["lat_commune"]
        }


def is_far(point: Point, other: Point) -> bool:
    """True when two points are more than FAR_FROM_COMMUNE degrees apart."""
    return math.dist(point, other) > FAR_FROM_COMMUNE


def _code_of(feature: dict[str, Any]) -> str:
    properties = feature["properties"]
    return str(properties.get("insee_dep") or properties["code"])


def _outline_of(geometry: dict[str, Any]) -> Outline:
    shapes = geometry["coordinates"]
    parts = [shapes] if geometry["type"] == "Polygon" else shapes
    return Outline([[[(x, y) for x, y, *_ in ring] for ring in part] for part in parts])


def _is_in_place(code: str, outline: Outline) -> bool:
    return any(is_within_bounds(code, *point) for part in outline.parts for point in part[0])


def _inside(point: Point, ring: Ring) -> bool:
    """Cast a ray eastwards and count the sides that it crosses (even-odd rule)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _near(point: Point, ring: Ring) -> bool:
    return any(
        _distance(point, start, end) <= NEAR_THE_LINE
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True)
    )


def _distance(point: Point, start: Point, end: Point) -> float:
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    along = (point[0] - start[0]) * (end[0] - start[0]) + (point[1] - start[1]) * (
        end[1] - start[1]
    )
    ratio = min(1.0, max(0.0, along / length**2))
    foot = (start[0] + ratio * (end[0] - start[0]), start[1] + ratio * (end[1] - start[1]))
    return math.dist(point, foot)
