"""The credits of a release as a page of Markdown: every source, and on what terms we use it."""

from collections.abc import Iterable, Mapping

from scanner.core.names import SourceId
from scanner.core.sources import Release, Source, Terms

CHAPTERS = {
    Terms.OPEN: (
        "Open licences",
        "Whoever passes these figures on keeps the attribution.",
    ),
    Terms.PUBLIC_DOMAIN: ("Public domain", "Free of any condition; a credit is good manners."),
    Terms.OWN: ("Our own work", "Under the licence of the compilation, see LICENSE-DATA.md."),
    Terms.FACTS: (
        "Single facts",
        "Single facts are quoted in our own layout; the documents remain their owners'. "
        "`n.d.`: the document bears no date.",
    ),
}


def credits_page(release: Release, sources: Mapping[SourceId, Source]) -> str:
    """The page: a chapter for each kind of terms, sources by key."""
    lines = [
        "# Sources",
        "",
        f"The {len(sources)} sources of knowledge release `{release.id}`: the same as at",
        "`GET /v1/sources`. Every row of every table names one by its key. This page is generated:",
        "edit `sources.csv`, then run `scanner knowledge sources --write`.",
    ]
    for terms, (title, explanation) in CHAPTERS.items():
        found = sorted((one for one in sources.values() if one.terms == terms), key=lambda s: s.id)
        lines += ["", f"## {title} ({len(found)})", "", explanation, ""]
        lines += _open(found) if terms == Terms.OPEN else _others(found)
    return "\n".join(lines) + "\n"


def _open(sources: Iterable[Source]) -> list[str]:
    rows = (
        f"| `{one.id}` | {_cell(one.title)} | {_cell(one.licence)} "
        f"| {_cell(one.attribution or '')} |"
        for one in sources
    )
    return ["| key | title | licence | attribution |", "|---|---|---|---|", *rows]


def _others(sources: Iterable[Source]) -> list[str]:
    rows = (
        f"| `{one.id}` | {_cell(one.title)} | {_cell(one.publisher)} | {one.year} "
        f"| {_cell(one.address)} | {_cell(one.licence)} |"
        for one in sources
    )
    head = "| key | title | publisher | year | address | licence |"
    return [head, "|---|---|---|---|---|---|", *rows]


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
