"""What is stored of a part comes back to the letter."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from scanner import pipeline
from scanner.services import part_summaries, recall

SAMPLES = sorted((Path(__file__).parents[2] / "bom_samples").glob("*/bom.*"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_parts_come_back_as_they_were(path, engine):
    for part in pipeline.scan_file(path, engine).parts:
        row = SimpleNamespace(
            key=part.key,
            fingerprint=part.fingerprint,
            fields=recall.wording_of(part, part_summaries.summary_of(engine, part)).fields,
            body=recall.knowledge_of(part),
        )
        assert recall.scanned_part(row) == part
