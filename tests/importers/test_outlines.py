"""Outlines of countries: projection, shared borders, and the table of the release."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from scanner.importers.outlines import WIDTH, project, rows
from scanner.knowledge.loader import RELEASES

TABLE = next(Path(RELEASES).glob("*/outlines.csv"))
SQUARES = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[20, 0], [0, 5], [0, 5]],
        [[20, 10], [-20, 0], [0, -10], [20, 0]],
        [[20, 0], [20, 0], [0, 10], [-20, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "1", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {"type": "MultiPolygon", "id": "2", "arcs": [[[2, -1]]],
                 "properties": {"name": "East"}},
                {"type": "Polygon", "id": "9", "arcs": [[2, -1]], "properties": {"name": "None"}},
            ]
        }
    },
}  # fmt: skip


def points(path):
    """The corners of a path of relative steps, ring by ring."""
    for ring in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        x, y = int(ring[0]), int(ring[1])
        found = [(x, y)]
        steps = list(map(int, re.findall(r"-?\d+", ring[2])))
        for left, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + left, y + down
            found.append((x, y))
        yield found


def test_equal_areas_stay_equal():
    """Two fields of 10 degrees, at the equator and at 60 degrees, are as large as on the globe."""

    def height(low, high):
        return project(11, low)[1] - project(11, high)[1]

    assert project(11, 0)[0] == pytest.approx(WIDTH / 2)
    wide = [project(21, at)[0] - project(1, at)[0] for at in (0.5, 60.5)]
    on_globe = 2.0  # cos 0 / cos 60
    area = wide[0] * height(0, 1) / (wide[1] * height(60, 61))
    assert area == pytest.approx(on_globe, rel=0.02)


def test_neighbours_keep_one_border_and_straight_ones_lose_their_points():
    found = {row[0]: row for row in rows(SQUARES, {"1": "WST", "2": "EST"})}
    assert set(found) == {"WST", "EST"}
    (west,), (east,) = (list(points(found[code][3])) for code in ("WST", "EST"))
    assert len(set(west) & set(east)) == 2
    assert len(west) == len(east) == 4


def test_the_table_is_whole_and_nothing_is_torn():
    with TABLE.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    assert len(known) > 170
    assert {"CHN", "COD", "CHL", "ZAF", "RUS", "USA", "XKX"} <= {one["country"] for one in known}
    for one in known:
        rings = list(points(one["path"]))
        assert rings, one["country"]
        for ring in rings:
            assert all(abs(a[0] - b[0]) < 0.3 * WIDTH for a, b in pairwise(ring)), one["country"]


def test_the_table_is_small():
    assert TABLE.stat().st_size < 40_000
