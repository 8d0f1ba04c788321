"""The benchmarks run, and their made-up file is what they say it is."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import bare, generate, paths

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_quick_run_prints_every_hot_path():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in (
        "read CSV",
        "read XLSX",
        "match",
        "roll-up",
        "assess",
        "store lines",
        "whole scan",
        "look up a material",
    ):
        assert f"\n{name}" in done.stdout
    assert "peak memory" in done.stdout
    assert "commit" in done.stdout


def test_generated_rows_are_the_same_for_the_same_seed():
    first, second = (list(generate.rows(3_000, 600)) for _ in range(2))
    assert first == second
    assert len(first) == 3_000
    assert len({row[2] for row in first}) <= 600


def test_generated_levels_go_down_one_at_a_time():
    levels = [int(row[0]) for row in generate.rows(3_000, 600)]
    assert levels[0] == 1
    assert max(levels) > 2
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_denominator_of_the_roll_up_adds_up():
    tree = bare.levelled_tree(1_000, levels=5)
    amounts, totals = bare.roll_both_ways(tree)
    roots = slice(0, tree.starts[1])
    upward = float((totals[roots] * tree.quantities[roots]).sum())
    downward = float((amounts * tree.masses).sum())
    assert upward == pytest.approx(downward, rel=1e-12)


def test_shuffled_tree_rolls_up_to_the_amounts_of_the_denominator():
    from scanner.compose import Tree, roll_up

    tree = bare.levelled_tree(500, levels=5)
    amounts, _ = bare.roll_both_ways(tree)
    found = [one.amount for one in roll_up(Tree.of(paths.tree_lines(tree)))]
    assert sorted(found) == sorted(amounts.tolist())
