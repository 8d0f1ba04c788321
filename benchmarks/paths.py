"""The hot paths: what of ours is measured, and against what."""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Self

from benchmarks import assessing, bare, generate, http, postgresql, release
from benchmarks.measure import ROOT, Rate, Row, side_by_side
from benchmarks.storing import Shelf
from scanner import reader
from scanner.compose import Tree, roll_up
from scanner.core.bom import Line, Part, ReadLimits, ReadOptions
from scanner.core.collector import collector_paused
from scanner.knowledge import Knowledge, check, load
from scanner.match import Matcher, misspelt
from scanner.match.normalise import words_of
from scanner.parse import parse
from scanner.pipeline import Engine
from scanner.upload import inspect

NAMES = (
    "read-csv",
    "read-xlsx",
    "match",
    "roll-up",
    "assess",
    "store",
    "whole-scan",
    "release",
    "http",
)
LIMITS = ReadLimits()
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: lines and distinct parts of the file, nodes of the tree, runs.

    A web server is loaded for so many seconds in each run.
    """

    lines: int
    distinct: int
    nodes: int
    runs: int
    seconds: float


FULL = Size(lines=100_000, distinct=20_000, nodes=1_000_000, runs=5, seconds=3.0)
QUICK = Size(lines=400, distinct=80, nodes=4_000, runs=1, seconds=1.0)


@dataclass
class Bench:
    """The generated files, the newest knowledge release, and what was noticed on the way."""

    folder: Path
    size: Size
    knowledge: Knowledge
    remarks: list[str] = field(default_factory=list)

    @classmethod
    def prepare(cls, folder: Path, size: Size) -> Self:
        """Load the release; files are generated when a hot path needs them."""
        return cls(folder, size, load(cache=folder / "cache"))

    @cached_property
    def csv(self) -> Path:
        """The generated text file."""
        path = self.folder / "bom.csv"
        generate.write_csv(path, self.size.lines, self.size.distinct)
        return path

    @cached_property
    def xlsx(self) -> Path:
        """The generated workbook."""
        path = self.folder / "bom.xlsx"
        generate.write_xlsx(path, self.size.lines, self.size.distinct)
        return path

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the text file."""
        return [line for chunk in self._parsed() for line in chunk]

    def measure(self, name: str) -> Sequence[Row | Rate]:
        """The rows of one hot path."""
        paths: dict[str, Callable[[], Sequence[Row | Rate]]] = {
            "read-csv": self.read_csv,
            "read-xlsx": self.read_xlsx,
            "match": self.match,
            "roll-up": self.roll_up,
            "assess": self.assess,
            "store": self.store,
            "whole-scan": self.whole_scan,
            "release": self.release,
            "http": self.http,
        }
        return paths[name]()

    def read_csv(self) -> list[Row]:
        """Typed lines with problems, in this process and through the isolated one."""

        def in_process() -> int:
            return sum(len(chunk) for chunk in self._parsed())

        def list_rows() -> int:
            return len(bare.csv_to_list(self.csv))

        work = f"{self.size.lines} lines, {self.csv.stat().st_size / MIB:.1f} MiB"
        isolated, by = self._isolated(self.csv), "list(csv.reader)"
        return [
            self._row("read CSV", work, by, ours=in_process, least=list_rows, goal=4),
            self._row("read CSV, isolated", work, by, ours=isolated, least=list_rows),
        ]

    def read_xlsx(self) -> list[Row]:
        """Typed lines of a workbook, guards and isolated process included."""

        def list_rows() -> int:
            return len(bare.xlsx_to_list(self.xlsx))

        work = f"{self.size.lines} lines, {self.xlsx.stat().st_size / MIB:.1f} MiB packed"
        isolated, by = self._isolated(self.xlsx), "python-calamine"
        return [
            self._row("read XLSX, isolated", work, by, ours=isolated, least=list_rows, goal=1.5)
        ]

    def match(self) -> list[Row]:
        """Recognition as the pipeline does it, once per distinct part.

        By a matcher that sees each text for the first time, and by one that has seen them all, as
        when a BOM comes again.
        """
        lexicon = self.knowledge.lexicon
        automaton = bare.automaton(lexicon)
        parts = [line.part for line in self.lines]
        texts = [searched_text(part) for part in parts]
        seasoned = Matcher(lexicon)

        def seconds(matcher: Matcher) -> float:
            with collector_paused():
                start = time.perf_counter()
                found = {part: matcher.recognise(part) for part in dict.fromkeys(parts)}
                return time.perf_counter() - start if found else 0.0

        def row(name: str, ours: Callable[[], object]) -> Row:
            return self._row(
                name,
                f"{len(parts)} lines, {len(lexicon.terms)} terms",
                "ahocorasick.iter on each line",
                ours=ours,
                least=lambda: bare.count_hits(automaton, texts),
                goal=3,
            )

        return [
            row("match, new lines", lambda: seconds(Matcher(lexicon))),
            row("match, lines seen before", lambda: seconds(seasoned)),
            self._fuzzy_rest(),
        ]

    def _fuzzy_rest(self) -> Row:
        """Looking up misspelt words that exact rules left over, each for the first time."""
        terms = self.knowledge.lexicon.terms
        spoken = sorted({word for term in terms for word in words_of(term.text)})
        known = [word for word in spoken if len(word) >= misspelt.LETTERS and word.isalpha()]
        words = generate.misspelt_words(known, self.size.distinct // 10)

        def seconds() -> float:
            fresh = misspelt.Misspelt(terms)
            start = time.perf_counter()
            found = list(fresh.find(words, set()))
            return time.perf_counter() - start if found else 0.0

        return self._row(
            "fuzzy rest",
            f"{len(words)} misspelt words, {len(known)} known",
            "rapidfuzz.process.cdist, each word with each known one",
            ours=seconds,
            least=lambda: bare.distances(words, known),
            goal=10,
        )

    def roll_up(self) -> list[Row]:
        """Amounts in one product of a shuffled tree, cycles checked."""
        tree = bare.levelled_tree(self.size.nodes)
        shuffled = tree_lines(tree)
        columns = Tree.of(shuffled)
        work, by = f"{len(shuffled)} lines on 10 levels", "numpy, both ways, in level order"
        return [
            self._row(
                "roll-up",
                f"{work} in any order, cycles checked",
                by,
                ours=lambda: roll_up(columns),
                least=lambda: bare.roll_both_ways(tree),
                goal=50,
            ),
            self._row(
                "roll-up, lines taken over",
                f"{work} as objects in any order, taken over as columns first",
                by,
                ours=lambda: roll_up(Tree.of(shuffled)),
                least=lambda: bare.roll_both_ways(tree),
            ),
        ]

    def assess(self) -> list[Row]:
        """The whole answer with explanation and all rankings, of materials composed before."""
        engine = Engine.of(self.knowledge)
        parts = list(dict.fromkeys(line.part for line in self.lines))
        findings = assessing.product(engine, parts, self.size.lines)
        assessing.assess(findings, engine)
        return [
            self._row(
                "assess",
                f"{assessing.pairs_in(findings)} pairs of part and material, all explained, "
                "ranked by every method",
                "numpy, dense product",
                ours=lambda: assessing.assess(findings, engine),
                least=lambda: bare.dense_product(self.size.lines),
                goal=40,
            )
        ]

    def store(self) -> list[Row]:
        """Lines into the database and out of it, on each database that is there."""
        path = self.folder / "bare.sqlite3"
        sqlite = f"sqlite:///{self.folder / 'scanner.sqlite3'}"
        rows = self._stored(
            "SQLite", sqlite, lambda rows: bare.store_rows(path, rows), lambda: bare.read_rows(path)
        )
        with postgresql.new_database() as url:
            if url:
                rows += self._stored(
                    "PostgreSQL",
                    url,
                    lambda rows: postgresql.copy_rows(url, rows),
                    lambda: postgresql.read_rows(url),
                )
            else:
                self.remarks.append(f"storing {postgresql.NOBODY_IN}")
        return rows

    def _stored(
        self,
        database: str,
        address: str,
        store: Callable[[list[tuple[object, ...]]], object],
        read: Callable[[], object],
    ) -> list[Row]:
        shelf = Shelf(address, self.lines)
        rows = [bare_row(line) for line in self.lines]
        by = "executemany" if database == "SQLite" else "COPY"
        found = [
            self._row(
                f"store lines, {database}",
                f"{len(rows)} lines packed, their parts by number, durable, foreign keys checked",
                f"{by}, 2 indexes",
                ours=shelf.store_lines,
                least=lambda: store(rows),
                goal=1.3,
            ),
            self._row(
                f"read lines back, {database}",
                f"{len(rows)} lines as objects",
                "fetchall of tuples",
                ours=shelf.read_lines,
                least=read,
            ),
        ]
        shelf.close()
        return found

    def whole_scan(self) -> list[Row]:
        """From the upload to the stored profile, each run in a process of its own."""
        rows = [bare_row(line) for line in self.lines]
        path = self.folder / "bare.sqlite3"
        found = [self._scanned("SQLite", nullcontext(""), lambda: bare.store_rows(path, rows))]
        with postgresql.new_database() as url:
            if url:
                found.append(
                    self._scanned(
                        "PostgreSQL",
                        postgresql.new_database(),
                        lambda: postgresql.copy_rows(url, rows),
                    )
                )
            else:
                self.remarks.append(f"the whole scan {postgresql.NOBODY_IN}")
        return found

    def _scanned(
        self, database: str, place: AbstractContextManager[str], store: Callable[[], object]
    ) -> Row:
        peaks: list[dict[str, float]] = []
        texts = [searched_text(line.part) for line in self.lines]
        automaton = bare.automaton(self.knowledge.lexicon)
        tree = bare.levelled_tree(self.size.lines)

        def sum_of_bare() -> None:
            bare.csv_to_list(self.csv)
            bare.count_hits(automaton, texts)
            store()
            bare.dense_product(self.size.lines)
            bare.roll_both_ways(tree)

        with place as address:

            def ours() -> float:
                with tempfile.TemporaryDirectory(dir=self.folder) as data:
                    given = (self.csv, data, *filter(None, [address]))
                    peaks.append(_own_process("benchmarks.whole", *given))
                return peaks[-1]["seconds"]

            row = self._row(
                f"whole scan, {database}",
                f"{self.size.lines} lines from upload to stored profile",
                "sum of the bare ones",
                ours=ours,
                least=sum_of_bare,
                goal=3,
            )
        for process in ("scanning", "reading"):
            highest = max(peak[process] for peak in peaks) / MIB
            self.remarks.append(
                f"peak memory of the {process} process, {database}: {highest:.0f} MiB"
            )
        return row

    def release(self) -> list[Row]:
        """The compiled release opened by a new process, and its tables validated in full."""
        tables = release.tables(self.knowledge.release.id)
        rows = release.split_tables(tables)
        size = sum(path.stat().st_size for path in tables) / MIB
        work = f"{rows} rows in {len(tables)} tables, {size:.1f} MiB"
        peaks: list[float] = []

        def opened() -> float:
            found = _own_process("benchmarks.release", self.folder / "cache")
            peaks.append(found["peak"])
            return found["seconds"]

        rows_measured = [
            self._row(
                "open release",
                f"{work}; at most 0.5 s",
                "sha256 of the tables",
                ours=opened,
                least=lambda: release.hash_tables(tables),
            ),
            self._row(
                "check release",
                f"{work}; at most 10 s",
                "list(csv.reader)",
                ours=check,
                least=lambda: release.split_tables(tables),
            ),
        ]
        self.remarks.append(
            f"peak memory of a process with the release: {max(peaks) / MIB:.0f} MiB, at most 150"
        )
        return rows_measured

    def http(self) -> list[Rate]:
        """Answers a second of the whole web server, on each database that is there."""
        rates, remarks = http.measure(self.folder, runs=self.size.runs, seconds=self.size.seconds)
        self.remarks += remarks
        return rates

    def _row(
        self,
        name: str,
        work: str,
        denominator: str,
        *,
        ours: Callable[[], object],
        least: Callable[[], object],
        goal: float | None = None,
    ) -> Row:
        seconds, bare_seconds = side_by_side(ours, least, runs=self.size.runs)
        return Row(name, work, denominator, seconds, bare_seconds, goal)

    def _parsed(self) -> Iterator[tuple[Line, ...]]:
        with self.csv.open("rb") as file:
            yield from parse(file, "csv", name="bom.csv", options=ReadOptions(), limits=LIMITS)

    def _isolated(self, path: Path) -> Callable[[], object]:
        def read() -> int:
            upload = inspect(path, limits=LIMITS)
            with reader.read(upload, ReadOptions(), LIMITS) as chunks:
                return sum(len(chunk) for chunk in chunks)

        return read


def searched_text(part: Part) -> str:
    """The fields of a part in which words are looked for, as one text."""
    fields = (part.description, part.value, part.maker_number, part.material, part.footprint)
    return " ".join(field for field in fields if field)


def bare_row(line: Line) -> tuple[object, ...]:
    """Eleven plain values of a line."""
    part = line.part
    return (
        1, line.index, part.number, line.row, line.parent, line.level, str(line.quantity),
        line.unit, line.position, part.description, part.maker_number,
    )  # fmt: skip


def tree_lines(tree: bare.LevelledTree, *, seed: int = 20261125) -> list[Line]:
    """The nodes of a tree as lines in an arbitrary order."""
    count = len(tree.parents)
    place = list(range(count))
    random.Random(seed).shuffle(place)
    roots = tree.starts[1]
    part = Part(description="node")
    quantities = {float(number): Decimal(number) for number in range(1, 4)}
    lines = [
        Line(
            index=place[node],
            row=node + 1,
            part=part,
            quantity=quantities[quantity],
            parent=None if node < roots else place[parent],
        )
        for node, (parent, quantity) in enumerate(
            zip(tree.parents.tolist(), tree.quantities.tolist(), strict=True)
        )
    ]
    return sorted(lines, key=lambda line: line.index)


def _own_process(module: str, *arguments: Path | str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found
