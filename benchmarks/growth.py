"""``python -m benchmarks.growth``: what a service grows by, for the sums of docs/scaling.md.

One worker stores a large BOM in an empty database, then further ones of the same parts, then many
small ones; the program prints bytes per line by table, times, and what a backup takes. With
``--database`` it does so on PostgreSQL, in a database that must be empty.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generate, measure
from scanner.core.bom import ReadLimits
from scanner.services import boms, companies, jobs
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store.backup import backup
from scanner.store.migrate import upgrade
from scanner.upload import inspect
from scanner.wiring import open_context

SIZES = {
    "sqlite": "SELECT coalesce(owner.tbl_name, 'other'), sum(pgsize) FROM dbstat"
    " LEFT JOIN sqlite_master AS owner ON owner.name = dbstat.name GROUP BY 1",
    "postgresql": "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
}
"""Bytes of each table with its indexes."""

TABLES = (
    "line_block", "version_part", "part", "part_wording", "recognition", "file_chunk", "profile",
    "line_problem",
)  # fmt: skip
SMALL_LINES, SMALL_PARTS = 100, 60


@dataclass
class Growth:
    """A service in one process: uploads, and does the jobs itself."""

    ctx: Context
    folder: Path

    def __post_init__(self) -> None:
        """Make the company."""
        self.company_id = companies.create(self.ctx, name="bench").id

    def sizes(self) -> dict[str, int]:
        """Bytes of each table with its indexes."""
        with self.ctx.database.reading() as connection:
            found = connection.exec_driver_sql(SIZES[self.ctx.database.backend])
            return {name: int(size) for name, size in found}

    def store(self, path: Path) -> float:
        """Upload a file and do its job; the seconds of the job."""
        upload = inspect(path, limits=ReadLimits())
        bom = boms.submit(self.ctx, self.company_id, upload, created_by="bench")
        start = time.perf_counter()
        jobs.run(self.ctx, bom.job.id)
        took = time.perf_counter() - start
        state = boms.get(self.ctx, self.company_id, bom.id).version.state
        if state != "ready":
            raise RuntimeError(f"the BOM is {state}")
        return took


def table(label: str, grown: dict[str, int], lines: int) -> Iterator[str]:
    """How much each table grew, and how much that is per line."""
    yield f"{label}: {sum(grown.values()) / lines:.0f} bytes per line"
    for name in TABLES:
        yield f"    {name:<14}{grown.get(name, 0) / 1e6:>9.1f} MB{grown.get(name, 0) / lines:>8.0f}"
    rest = sum(size for name, size in grown.items() if name not in TABLES)
    yield f"    {'all others':<14}{rest / 1e6:>9.1f} MB{rest / lines:>8.0f}"


def run(growth: Growth, *, lines: int, distinct: int, again: int, small: int) -> None:
    """Measure and print."""
    path = growth.folder / "bom.csv"
    generate.write_csv(path, lines, distinct)
    before = growth.sizes()
    took = growth.store(path)
    first = growth.sizes()
    print(f"{lines} lines of {distinct} distinct parts, {path.stat().st_size / 1e6:.1f} MB of CSV")
    print("\n".join(table("new parts", _grown(before, first), lines)))
    print(f"    job of one worker: {took:.2f} s, {lines / took:.0f} lines per second", flush=True)
    times = [growth.store(path) for _ in range(again)]
    known = {name: size / again for name, size in _grown(first, growth.sizes()).items()}
    print("\n".join(table("known parts", {n: round(s) for n, s in known.items()}, lines)))
    print(f"    job of one worker: {min(times):.2f} s, {lines / min(times):.0f} lines per second")
    few = growth.folder / "small.csv"
    generate.write_csv(few, SMALL_LINES, SMALL_PARTS)
    start = time.perf_counter()
    for _ in range(small):
        growth.store(few)
    took = time.perf_counter() - start
    print(
        f"{small} BOMs of {SMALL_LINES} lines, one after the other: {small / took:.1f} per second"
    )
    start = time.perf_counter()
    file = growth.folder / "backup"
    backup(growth.ctx.settings, file)
    took = time.perf_counter() - start
    held = sum(growth.sizes().values())
    print(f"backup of {held / 1e6:.0f} MB: {took:.1f} s, {file.stat().st_size / 1e6:.0f} MB")


def _grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: size - before.get(name, 0) for name, size in after.items()}


@contextmanager
def open_growth(address: str) -> Iterator[Growth]:
    """A new service with its own data folder, on this database."""
    with tempfile.TemporaryDirectory(prefix="scanner-growth-") as folder:
        settings = Settings(
            data=Path(folder) / "data",
            database_url=address,
            given_secret_key="-" * 32,
            given_key_pepper="-" * 32,
        )
        upgrade(settings)
        ctx = open_context(settings)
        try:
            yield Growth(ctx, Path(folder))
        finally:
            ctx.database.close()


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--distinct", type=int, default=20_000)
    parser.add_argument("--again", type=int, default=2, help="further BOMs of the same parts")
    parser.add_argument("--small", type=int, default=100, help=f"BOMs of {SMALL_LINES} lines")
    arguments = parser.parse_args()
    print(measure.surroundings())
    with open_growth(arguments.database) as growth:
        print(growth.ctx.database.backend, flush=True)
        run(
            growth,
            lines=arguments.lines,
            distinct=arguments.distinct,
            again=arguments.again,
            small=arguments.small,
        )


if __name__ == "__main__":
    main()
