"""How a file was read: its columns, what became of every row, and what was wrong with some."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from scanner.core.bom import Line, Reading
from scanner.core.errors import LineProblem
from scanner.profile.parts import given_fields, price_answer, problem_answer

SHOWN_PROBLEMS = 200


def reading_answer(sha256: str, reading: Reading) -> dict[str, Any]:
    """The file and how it was read; `left_out` are the first rows with text that are no lines."""
    counts = reading.counts
    return {
        "sha256": sha256,
        "format": reading.format,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "decimal_mark": reading.decimal_mark,
        "sheet": reading.sheet,
        "other_sheets": list(reading.other_sheets),
        "header_row": reading.header_row,
        "columns": [
            {
                "index": column.index,
                "heading": column.heading,
                "field": column.field,
                "confidence": column.confidence,
            }
            for column in reading.columns
        ],
        "rows": {
            "rows": counts.rows,
            "headers": counts.headers,
            "lines": counts.lines,
            "skipped": counts.skipped,
            "problems": counts.problems,
        },
        "left_out": [
            {"row": one.row, "reason": one.reason, "cell": one.cell} for one in reading.left_out
        ],
    }


def problems_answer(problems: Sequence[LineProblem]) -> dict[str, Any]:
    """The problems with single rows: how many of each kind, and the first in file order."""
    ordered = sorted(
        problems,
        key=lambda p: (p.place.sheet or "", p.place.row or 0, p.code, p.place.column or ""),
    )
    return {
        "count": len(problems),
        "by_code": dict(Counter(problem.code for problem in problems)),
        "shown": [problem_answer(problem) for problem in ordered[:SHOWN_PROBLEMS]],
    }


def line_read(line: Line) -> dict[str, Any]:
    """A line as it was understood, and its cells as they stood."""
    return {
        "index": line.index,
        "sheet": line.sheet,
        "row": line.row,
        "position": line.position,
        "level": line.level,
        "parent": line.parent,
        "part": given_fields(line.part),
        "quantity": None if line.quantity is None else f"{line.quantity:f}",
        "unit": line.unit,
        "designators": list(line.designators),
        "fitted": line.fitted,
        "price": price_answer(line.price),
        "ref": line.ref,
        "cells": dict(line.cells),
    }
