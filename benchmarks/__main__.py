"""``python -m benchmarks``: print our times beside those of the bare libraries."""

import argparse
import tempfile
from pathlib import Path

from benchmarks import measure, paths
from benchmarks.measure import Rate, Row
from benchmarks.paths import FULL, QUICK


def main() -> None:
    """Generate the files, measure every hot path and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run to see that it works")
    parser.add_argument("--only", metavar="PATH", choices=paths.NAMES, help="one hot path")
    arguments = parser.parse_args()
    size = QUICK if arguments.quick else FULL
    print(measure.surroundings())
    print(
        f"{size.lines} lines of {size.distinct} distinct parts; medians of {size.runs} runs, "
        f"ours and the bare library in turn\n",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="scanner-bench-") as folder:
        bench = paths.Bench.prepare(Path(folder), size)
        rows: list[Row | Rate] = []
        for name in [arguments.only] if arguments.only else paths.NAMES:
            rows += bench.measure(name)
        print(measure.table(rows))
        for remark in bench.remarks:
            print(remark)


if __name__ == "__main__":
    main()
