"""Runs inside the peer's environment: the scores of geopolrisk-py, and the time they took.

``python asked.py YEAR IMPORTER … > answer.json``: no import of ours, the standard library and the
public functions that the documentation of geopolrisk-py names.
"""

import contextlib
import json
import resource
import sys
import time


def main() -> None:
    """Print what the peer says of all its materials for these importers in this year."""
    year, importers = int(sys.argv[1]), sys.argv[2:]
    with contextlib.redirect_stdout(sys.stderr):
        start = time.perf_counter()
        from geopolrisk.assessment.main import gprs_calc  # noqa: PLC0415 - its time is what is measured
        from geopolrisk.assessment.utils import default_rmlist  # noqa: PLC0415

        imported = time.perf_counter() - start
        materials = default_rmlist()
        start = time.perf_counter()
        table = gprs_calc([year], importers, materials)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = table.to_dict(orient="records")
    json.dump(
        {"imported": imported, "seconds": seconds, "peak_mib": peak, "rows": rows}, sys.stdout
    )


if __name__ == "__main__":
    main()
