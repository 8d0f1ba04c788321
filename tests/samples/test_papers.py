"""The papers say what the program does."""

import re
from pathlib import Path

from scanner.core.bom import ReadLimits

ROOT = Path(__file__).parents[2]
MIB, GIB = 1024**2, 1024**3


def limits_in_security_md():
    rows = re.findall(r"^\| ([a-z][^|]*?) \| ([^|]*?) \|$", text("SECURITY.md"), re.MULTILINE)
    return dict(rows)


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_documented_limits_are_the_limits():
    limits = ReadLimits()
    documented = limits_in_security_md()
    assert documented["size of a file"] == f"{limits.max_bytes // MIB} MiB"
    assert documented["lines"] == f"{limits.max_lines:,}".replace(",", " ")
    assert documented["columns"] == str(limits.max_columns)
    assert documented["characters in one cell"] == f"{limits.max_cell_chars:,}".replace(",", " ")
    assert documented["depth of a bill of materials"] == f"{limits.max_depth} levels"
    assert documented["unpacked size of a workbook"] == (
        f"{limits.max_unpacked_bytes // GIB} GiB, "
        f"at most {limits.max_ratio:,} times the packed size".replace(",0", " 0")
    )
    assert documented["entries in an archive"] == f"{limits.max_archive_entries:,}".replace(
        ",", " "
    )
    assert documented["memory of the reading process"] == f"{limits.reader_memory_bytes // GIB} GiB"
    assert documented["time of the reading process"] == f"{limits.reader_seconds} s"


def test_map_of_the_house_names_every_room():
    rooms = {path.parent.name for path in (ROOT / "scanner").glob("*/__init__.py")}
    drawn = set(re.findall(r"^\| `([a-z]+)` \|", text("docs/architecture.md"), re.MULTILINE))
    assert rooms <= drawn


def test_version_stands_in_the_changelog():
    version = re.search(r'^version = "(.+)"$', text("pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert f"## [{version[1]}]" in text("CHANGELOG.md")
