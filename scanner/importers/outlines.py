"""Natural Earth's countries (1:110m, as TopoJSON) → rows of the table ``outlines``.

    python -m scanner.importers.outlines countries-110m.json numeric.csv > outlines.csv

The first file is that of the npm package ``world-atlas``; the second gives ``numeric,alpha3`` of
ISO 3166-1. Every arc is projected, simplified and rounded once, so that neighbours keep one border.

Projection: B. Savric, T. Patterson, B. Jenny, The Equal Earth map projection (2018),
doi:10.1080/13658816.2018.1504949. Simplification: D. Douglas, T. Peucker (1973).
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Pixel = tuple[int, int]

WIDTH = 1000
TOP = 84.0
"""Degrees of latitude at which the map begins."""

CENTRE = 11.0
"""Degrees east in the middle of the map: its edge lies in the Bering Strait."""

TOLERANCE = 0.9
"""How far a simplified border may lie from the printed one, in a map 1000 wide."""

LEAST_AREA = 5.0
"""Islands below this area are left out, but for the largest piece of each country."""

LEFT_OUT = {"ATA"}
BY_NAME = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}
"""Pieces without a code: ISO 3166-1 knows the last two as parts of SOM and CYP."""

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_FULL = 2.7066299836
"""Half the width of the projected globe."""


def rows(topology: Mapping[str, Any], codes: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Country, label (x and y) and outline of every country, by code."""
    arcs = [_simplified(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    found: dict[str, list[list[Pixel]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = BY_NAME.get(name) or codes.get(geometry.get("id", ""))
        if code is not None and code not in LEFT_OUT:
            found.setdefault(code, []).extend(_rings(geometry, arcs))
    for code, rings in sorted(found.items()):
        drawn = [ring for ring in rings if len(ring) > 2 and not _torn(ring)]
        kept = sorted(drawn, key=_area, reverse=True)
        if kept:
            shown = [ring for ring in kept if ring is kept[0] or _area(ring) >= LEAST_AREA]
            x, y = _middle(kept[0])
            yield code, str(x), str(y), "".join(map(_path, shown))


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth, in a map `WIDTH` wide whose y grows downwards from the latitude `TOP`."""
    x, y = _equal_earth((longitude - CENTRE + 180) % 360 - 180, latitude)
    scale = WIDTH / 2 / _FULL
    return WIDTH / 2 + x * scale, (_equal_earth(0.0, TOP)[1] - y) * scale


def _equal_earth(longitude: float, latitude: float) -> Point:
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    a1, a2, a3, a4 = _A
    t2 = theta * theta
    t6 = t2**3
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * sqrt(3) * radians(longitude) * cos(theta) / (3 * slope)
    return x, theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> list[Point]:
    """The projected points of an arc, which counts in steps from the point before."""
    (scale_x, scale_y), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append(project(x * scale_x + left, y * scale_y + low))
    return points


def _simplified(points: Sequence[Point]) -> list[Pixel]:
    """An arc with as few points as its shape needs, in whole pixels; its ends stay."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    if points[0] == points[-1] and len(points) > 3:
        farthest = max(range(len(points)), key=lambda at: _apart(points[0], points[at]))
        kept.add(farthest)
        spans = [(0, farthest), (farthest, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        inner = range(first + 1, last)
        middle = max(inner, key=lambda at: _off(points[at], points[first], points[last]))
        if _off(points[middle], points[first], points[last]) > TOLERANCE:
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    return [(round(points[at][0]), round(points[at][1])) for at in sorted(kept)]


def _rings(geometry: Mapping[str, Any], arcs: Sequence[list[Pixel]]) -> Iterator[list[Pixel]]:
    """The rings of a geometry, without repeated points."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            points: list[Pixel] = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += [point for point in arc if not points or point != points[-1]]
            yield points[:-1] if points[0] == points[-1] else points


def _path(ring: Sequence[Pixel]) -> str:
    """A ring as SVG path data in relative whole numbers."""
    (x, y), steps = ring[0], []
    for left, top in ring[1:]:
        steps.append(f"{left - x} {top - y}".replace(" -", "-"))
        x, y = left, top
    joined = "".join(
        step if step[0] == "-" or not at else f" {step}" for at, step in enumerate(steps)
    )
    return f"M{ring[0][0]} {ring[0][1]}l{joined}z"


def _torn(ring: Sequence[Pixel]) -> bool:
    """Whether a ring lies across the edge of the map, as one island in the Bering Strait does."""
    across = [x for x, _ in ring]
    return max(across) - min(across) > 0.6 * WIDTH


def _area(ring: Sequence[Pixel]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _middle(ring: Sequence[Pixel]) -> Pixel:
    """The centre of area of a ring."""
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)
    if not doubled:
        return ring[0]
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * doubled)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * doubled)
    return round(x), round(y)


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _off(point: Point, first: Point, last: Point) -> float:
    """How far a point lies from the line between two others."""
    length = _apart(first, last)
    if not length:
        return _apart(point, first)
    (x, y), (x1, y1), (x2, y2) = point, first, last
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def main(topology: str, codes: str) -> None:
    """Print the table."""
    with Path(codes).open(encoding="utf-8", newline="") as file:
        alpha3 = {row["numeric"]: row["alpha3"] for row in csv.DictReader(file)}
    written = csv.writer(sys.stdout, lineterminator="\n")
    written.writerow(("country", "label_x", "label_y", "path", "source"))
    known = json.loads(Path(topology).read_text(encoding="utf-8"))
    written.writerows((*row, "natural_earth") for row in rows(known, alpha3))


if __name__ == "__main__":
    main(*sys.argv[1:])
