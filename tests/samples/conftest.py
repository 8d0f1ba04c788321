"""The samples, each scanned once, as a fixture: `sample("pump")`."""

import json
from functools import cache
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "bom_samples"


@pytest.fixture(scope="session")
def scan_path(engine):
    """A function that scans a file and returns the `Scan`, lines included."""
    from scanner import pipeline

    def scan(path):
        return pipeline.scan_file(path, engine)

    return scan


@pytest.fixture(scope="session")
def sample(scan_path):
    """A function from the name of a case to its scanned document, lines included."""

    @cache
    def scanned(case):
        expected = json.loads((SAMPLES / case / "expected.json").read_text(encoding="utf-8"))
        return scan_path(SAMPLES / case / expected["file"]).complete()

    return scanned


@pytest.fixture(scope="session")
def sample_line(sample):
    """A function from case and row to the line that stands there."""

    @cache
    def lines(case):
        return {line["row"]: line for line in sample(case)["lines"]}

    return lambda case, row: lines(case)[row]
