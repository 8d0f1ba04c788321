"""What an answer by documents alone leaves out, and where a document speaks again."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from scanner.core.composition import Composition
from scanner.core.evidence import RecognitionState
from scanner.core.names import MaterialId
from scanner.core.scan import PartUse, ScanOptions


def documented_answer(options: ScanOptions, uses: Sequence[PartUse]) -> dict[str, Any]:
    """`left_out` and `restored`: parts, lines, raw materials; None where all statements count."""
    if not options.documented_only:
        return {"left_out": None, "restored": None}
    return {
        "left_out": _touched(uses, lambda one: [item.material for item in one.left_out]),
        "restored": _touched(uses, lambda one: one.restored),
    }


def undocumented_lines(uses: Iterable[PartUse]) -> int:
    """Recognised lines that count, of whose contents no document speaks."""
    return sum(
        use.counted_lines
        for use in uses
        if use.part.recognition.state is RecognitionState.RECOGNISED
        and not use.part.composition.contents
        and use.part.composition.left_out
    )


def _touched(
    uses: Iterable[PartUse], materials_of: Callable[[Composition], Sequence[MaterialId]]
) -> dict[str, Any]:
    touched = [use for use in uses if use.counts and materials_of(use.part.composition)]
    return {
        "parts": len(touched),
        "lines": sum(use.counted_lines for use in touched),
        "materials": sorted({m for use in touched for m in materials_of(use.part.composition)}),
    }
