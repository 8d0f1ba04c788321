"""``python -m benchmarks.recognition``: how well the labelled lines are recognised.

What each figure means stands at the head of `benchmarks.recognition.measuring`; how the lines
were made in README.md. ``--errors`` lists every line that somebody would complain about.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.recognition.labels import (
    DEVELOPMENT,
    Expected,
    LabelledLine,
    Materials,
    read_lines,
)
from benchmarks.recognition.limits import asked, keeps
from benchmarks.recognition.measuring import (
    Bin,
    Figures,
    Judged,
    calibration,
    critical_materials,
    figures,
    judge,
    states,
)
from scanner.core.bom import Part
from scanner.core.evidence import RecognitionState
from scanner.knowledge import load
from scanner.pipeline import Engine

COLUMNS = (
    ("precision_critical_sure", "P crit"),
    ("recall_critical_sure", "R crit"),
    ("precision_sure", "P"),
    ("recall_sure", "R"),
    ("mistaken_sure", "mistaken"),
    ("precision_critical_all", "P crit"),
    ("recall_critical_all", "R crit"),
    ("precision_all", "P"),
    ("recall_all", "R"),
    ("mistaken_all", "mistaken"),
    ("state", "state"),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognition")
    parser.add_argument("--lines", type=Path, help="another file of this form, alone")
    parser.add_argument("--errors", action="store_true", help="list each wrong line with evidence")
    arguments = parser.parse_args()
    engine = Engine.of(load())
    for path in (arguments.lines,) if arguments.lines else DEVELOPMENT:
        judged = [judge(line, engine) for line in read_lines(path)]
        print(f"{path.name}\n\n{report(judged, critical_materials(engine))}\n")
        if arguments.errors:
            _complain(judged)


def _complain(judged: Iterable[Judged]) -> None:
    for one in judged:
        if not one.is_right:
            print(f"{complaint(one)}\n")


def report(judged: Sequence[Judged], critical: Materials) -> str:
    """All figures as text: over all lines, by origin, language, family and peculiarity."""
    parts = [_head(), _row("all lines", figures(judged, critical))]
    for title, group_of in _GROUPINGS:
        parts.append(f"by {title}")
        for name in sorted({group_of(one.line) for one in judged}):
            some = [one for one in judged if group_of(one.line) == name]
            parts.append(_row(f"  {name}", figures(some, critical)))
    blocks = [_asked(figures(judged, critical)), _states(judged), _calibration(calibration(judged))]
    return "\n\n".join(["\n".join(parts), *blocks])


def _peculiarity(line: LabelledLine) -> str:
    if line.trap:
        return "trap"
    return "odd spelling" if line.odd_spelling else "plain"


_GROUPINGS: tuple[tuple[str, Callable[[LabelledLine], str]], ...] = (
    ("origin", lambda line: "real files" if line.from_real_file else "own writing"),
    ("language", lambda line: line.language),
    ("peculiarity", _peculiarity),
    ("family", lambda line: line.family),
)


def _head() -> str:
    over = f"{'':<35}{'certain and likely':>45}{'with possible':>45}"
    return over + "\n" + f"{'':<29}{'lines':>6}" + _cells(title for _, title in COLUMNS)


def _row(name: str, measured: Figures) -> str:
    return f"{name:<29}{measured.lines:>6}" + _cells(str(measured[key]) for key, _ in COLUMNS)


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"{text:>9}" for text in texts)


def _asked(measured: Figures) -> str:
    rows = [f"{'asked':<28}{'limit':>9}{'is':>9}"]
    for name, limit in asked().items():
        value = measured[name].fraction
        verdict = "" if value is None else "yes" if keeps(name, value, limit) else "no"
        rows.append(f"{name:<28}{limit:>9.3f}{measured[name]!s:>9}  {verdict}".rstrip())
    return "\n".join(rows)


def _states(judged: Sequence[Judged]) -> str:
    counted = states(judged)
    rows = [f"{'expected':<16}" + "".join(f"{state.value:>15}" for state in RecognitionState)]
    rows += [
        f"{expected.value:<16}"
        + "".join(f"{counted.get((expected, state), 0):>15}" for state in RecognitionState)
        for expected in Expected
    ]
    return "\n".join(rows)


def _calibration(bins: Iterable[Bin]) -> str:
    rows = [f"{'confidence':<16}{'evidence':>15}{'mean':>15}{'right':>15}{'flawless':>15}"]
    for one in bins:
        mean = "–" if one.mean is None else f"{one.mean:.3f}"
        reach = f"{one.low:.1f} to {one.high:.1f}"
        counted = f"{reach:<16}{one.right.whole:>15}{mean:>15}"
        rows.append(f"{counted}{one.right!s:>15}{one.flawless!s:>15}")
    return "\n".join(rows)


def complaint(one: Judged) -> str:
    """One wrong line: what it says, what was made of it, and what is wrong with that."""
    line, recognition = one.line, one.answer.recognition
    rows = [
        f"{line.id} {_texts(line.part)}",
        f"    {recognition.state.value}, expected {line.expected.value}; {line.family}"
        + (f"; trap: {line.trap}" if line.trap else ""),
    ]
    rows += [
        f"    {title}: {', '.join(sorted(materials))}"
        for title, materials in (
            ("must not be in it", one.claimed & line.must_not),
            ("wrong, certain or likely", one.sure & one.wrong - line.must_not),
            ("wrong, possible", one.possible & one.wrong - line.must_not),
            ("missed, not even possible", one.missed - one.possible),
            ("only possible", one.missed & one.possible),
        )
        if materials
    ]
    rows += [
        f"    {kind} {evidence.confidence:.2f} {evidence.field}={evidence.text!r}"
        f" → {evidence.points_to} ({evidence.rule})"
        for kind, reasons in (
            ("evidence", recognition.evidence),
            ("candidate", recognition.candidates),
            ("negation", recognition.negations),
        )
        for evidence in reasons
    ]
    return "\n".join(rows)


def _texts(part: Part) -> str:
    cells = ((name, getattr(part, name)) for name in Part.__slots__)
    return ", ".join(f"{name}={cell!r}" for name, cell in cells if cell is not None)


if __name__ == "__main__":
    main()
