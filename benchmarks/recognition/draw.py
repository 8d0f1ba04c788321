"""``python -m benchmarks.recognition.draw FOLDER``: lines from real BOMs, for a person to label.

The files are not ours to pass on and are not in the repository; README.md says where each one is,
under which licence, and which of its columns were copied. Each file is read by our reader as it
is; equal parts count once, over all files; the draw has a fixed seed, so that nobody picked the
lines. What comes out are the part's fields, without any label.
"""

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from scanner.core.bom import Part, ReadLimits, ReadOptions
from scanner.parse import parse

SEED = 20261125
QUOTAS = {
    "component_tester.csv": 12,
    "eagle_semicolon.csv": 22,
    "easyeda_utf16_tab.csv": 35,
    "french_headers.xls": 32,
    "kicad_netlist_bom.csv": 24,
    "mechatronics_sections.ods": 41,
    "multi_sheet_units.xlsx": 68,
    "odri_actuator.csv": 19,
    "odri_electronics.csv": 46,
    "pretty_printed.csv": 15,
    "rover_control_board.csv": 38,
    "rover_digikey.csv": 16,
    "rover_parts_list.csv": 80,
    "solidworks_flat.csv": 50,
}
"""How many different parts of each file at most; the two longest lists are capped."""

OPTIONS = {"multi_sheet_units.xlsx": ReadOptions(sheet="Project Component List")}
"""Where the reader cannot know by itself: what a user would answer in the form."""


def drawn(folder: Path) -> Iterator[tuple[str, Part]]:
    """The drawn parts with the name of their file, in the order of the files."""
    dice = random.Random(SEED)
    seen: set[tuple[str, ...]] = set()
    for name, quota in QUOTAS.items():
        new = []
        for part in _parts(folder / name):
            key = tuple(str(cell or "").casefold() for cell in astuple(part))
            if key not in seen and any(key):
                seen.add(key)
                new.append(part)
        for part in dice.sample(new, min(quota, len(new))):
            yield name, part


def _parts(path: Path) -> Iterator[Part]:
    options = OPTIONS.get(path.name, ReadOptions())
    kind = path.suffix.removeprefix(".")
    with path.open("rb") as stream:
        lines = parse(stream, kind, name=path.name, options=options, limits=ReadLimits())
        for chunk in lines:
            yield from (line.part for line in chunk)


def main() -> None:
    """Write the drawn parts as CSV."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognition.draw")
    parser.add_argument("folder", type=Path, help="the folder with the files")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["drawn_from", *Part.__slots__])
    for name, part in drawn(parser.parse_args().folder):
        writer.writerow([name, *astuple(part)])


if __name__ == "__main__":
    main()
