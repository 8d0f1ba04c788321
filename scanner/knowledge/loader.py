"""Opening a release: checksums, validation, compilation, and the compiled cache."""

import hashlib
import os
import pickle
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scanner import __version__
from scanner.core.catalogue import Catalogue
from scanner.core.collector import collector_paused
from scanner.core.errors import BrokenRelease, NotFound
from scanner.core.lexicon import Lexicon
from scanner.core.names import CountryCode, SourceId
from scanner.core.recipes import Recipes
from scanner.core.resources import Resources
from scanner.core.sources import Release, Source
from scanner.core.standing import Standing
from scanner.core.supply import Outline, Supply
from scanner.knowledge import rules, schema, tables
from scanner.knowledge.compile_catalogue import compile_catalogue
from scanner.knowledge.compile_countries import compile_outlines, compile_standing
from scanner.knowledge.compile_documented import compile_documented
from scanner.knowledge.compile_lexicon import compile_lexicon
from scanner.knowledge.compile_recipes import compile_recipes
from scanner.knowledge.compile_resources import compile_resources
from scanner.knowledge.compile_supply import compile_supply

RELEASES = Path(__file__).parent / "releases"
"""The releases that come with the program."""

MANIFEST = "release.toml"
SHOWN_PROBLEMS = 5

_STALE = (AttributeError, ImportError, TypeError, ValueError)
"""What unpickling raises where the classes have changed since."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One release, compiled for the steps. `counts` is the number of rows per table.

    `documented` are the recipes without what rests on engineering knowledge alone.
    """

    release: Release
    sources: Mapping[SourceId, Source]
    lexicon: Lexicon
    recipes: Recipes
    documented: Recipes
    supply: Supply
    resources: Resources
    standing: Standing
    catalogue: Catalogue
    outlines: Mapping[CountryCode, Outline]
    counts: Mapping[str, int]


def releases(root: Path = RELEASES) -> tuple[Release, ...]:
    """The releases in `root`, newest date first; `BrokenRelease` on an unreadable manifest."""
    found = [read_manifest(path.parent) for path in root.glob(f"*/{MANIFEST}")]
    return tuple(sorted(found, key=lambda release: (release.date, release.id), reverse=True))


def load(
    release_id: str | None = None, *, cache: Path | None = None, root: Path = RELEASES
) -> Knowledge:
    """The release of that id, or the newest, ready for use.

    The checksums of all tables are verified each time. A compiled copy is kept in the folder
    `cache` and opened instead of the tables when it belongs to exactly these bytes and this
    version of the program. Raises `BrokenRelease` naming file, row and reason, and `NotFound`.
    """
    folder = find(release_id, root=root)
    release = read_manifest(folder)
    verify(folder, release)
    path = None if cache is None else cache / _cache_name(release)
    knowledge = None if path is None else _read_cache(path)
    if knowledge is None:
        knowledge = build(folder, release)
        if path is not None:
            _write_cache(path, knowledge)
    return knowledge


def find(release_id: str | None, *, root: Path = RELEASES) -> Path:
    """The folder of a release, of the newest where `release_id` is ``None``; `NotFound` if none."""
    known = releases(root)
    for release in known:
        if release_id in {None, release.id}:
            return root / release.id
    have = ", ".join(release.id for release in known) or "none"
    detail = f"There is no knowledge release '{release_id or 'at all'}'."
    raise NotFound(detail, advice=f"Releases here: {have}.")


def read_manifest(folder: Path) -> Release:
    """The release as its ``release.toml`` describes it."""
    try:
        content = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = tuple(sorted((str(k), str(v)) for k, v in content["tables"].items()))
        release = Release(
            id=str(content["id"]),
            date=str(content["date"]),
            state=str(content["state"]),
            sha256=digest_of(listed),
            tables=listed,
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
        detail = f"{folder.name}/{MANIFEST} cannot be read: {error}."
        raise BrokenRelease(detail, advice="Restore the release from its origin.") from error
    if release.id != folder.name or release.state not in {"draft", "final"}:
        detail = f"{folder.name}/{MANIFEST} is of '{release.id}' in state '{release.state}'."
        raise BrokenRelease(detail, advice="The id must be the folder, the state draft or final.")
    return release


def digest_of(listed: tuple[tuple[str, str], ...]) -> str:
    """The SHA-256 of a release: over the names and digests of its tables, sorted by name."""
    lines = "".join(f"{name} {sha256}\n" for name, sha256 in sorted(listed))
    return hashlib.sha256(lines.encode()).hexdigest()


def digests(folder: Path) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of every table in `folder`."""
    return tuple(
        (table.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for table in sorted(schema.TABLES, key=lambda table: table.name)
        if (path := folder / f"{table.name}.csv").is_file()
    )


def verify(folder: Path, release: Release) -> None:
    """Raise `BrokenRelease` where a table is missing or is not what the manifest says."""
    present = dict(digests(folder))
    listed = dict(release.tables)
    for table in schema.TABLES:
        if table.name not in present:
            reason = "is missing"
        elif table.name not in listed:
            reason = f"has no checksum in {MANIFEST}"
        elif present[table.name] != listed[table.name]:
            reason = f"has another checksum than {MANIFEST} says"
        else:
            continue
        detail = f"Knowledge release {release.id}: {table.name}.csv {reason}."
        advice = f"Restore the file, or seal a changed draft: scanner knowledge seal {release.id}."
        raise BrokenRelease(detail, advice=advice)


def build(folder: Path, release: Release) -> Knowledge:
    """The release read from its tables, validated and compiled; `BrokenRelease` on any problem."""
    content, problems = tables.read(folder)
    problems = problems or rules.validate(content)
    if problems:
        shown = "; ".join(str(problem) for problem in problems[:SHOWN_PROBLEMS])
        more = len(problems) - SHOWN_PROBLEMS
        detail = f"Knowledge release {release.id}: {shown}" + (f"; and {more} more" * (more > 0))
        raise BrokenRelease(detail + ".", advice=f"See: scanner knowledge check {release.id}.")
    recipes = compile_recipes(content)
    return Knowledge(
        release=release,
        sources={SourceId(row.id): _source(row) for row in content.of(schema.SourceRow)},
        lexicon=compile_lexicon(content, release.id),
        recipes=recipes,
        documented=compile_documented(content, recipes),
        supply=compile_supply(content),
        resources=compile_resources(content),
        standing=compile_standing(content),
        catalogue=compile_catalogue(content),
        outlines=compile_outlines(content),
        counts=content.counts(),
    )


def seal(release_id: str, *, root: Path = RELEASES) -> Release:
    """The draft with the checksums in its ``release.toml`` recomputed from its tables.

    Raises `BrokenRelease` for a final release: it does not change.
    """
    folder = root / release_id
    release = read_manifest(folder)
    if release.state != "draft":
        detail = f"Knowledge release {release_id} is final."
        raise BrokenRelease(detail, advice="Make a new release with a new id.")
    listed = digests(folder)
    head = [f'id = "{release.id}"', f'date = "{release.date}"', f'state = "{release.state}"']
    body = [f'{name} = "{sha256}"' for name, sha256 in listed]
    text = "\n".join([*head, "", "[tables]", *body]) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return read_manifest(folder)


def _source(row: schema.SourceRow) -> Source:
    return Source(
        id=SourceId(row.id),
        title=row.title,
        publisher=row.publisher,
        year=row.year,
        address=row.address,
        licence=row.licence,
        terms=row.terms,
        attribution=row.attribution,
        retrieved=row.retrieved,
        note=row.note,
    )


def _cache_name(release: Release) -> str:
    return f"knowledge-{release.sha256[:32]}-{__version__}-{schema.SCHEMA_VERSION}.pickle"


def _read_cache(path: Path) -> Knowledge | None:
    """The compiled release, or ``None`` where there is none that can be trusted and read."""
    try:
        status = path.stat()
        if status.st_uid != os.geteuid() or status.st_mode & 0o077:
            return None
        with collector_paused():
            found = pickle.loads(path.read_bytes())  # noqa: S301 - our own file, ours only to read
    except (OSError, pickle.UnpicklingError, EOFError, LookupError, *_STALE):
        return None
    return found if isinstance(found, Knowledge) else None


def _write_cache(path: Path, knowledge: Knowledge) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            pickle.dump(knowledge, stream, protocol=pickle.HIGHEST_PROTOCOL)
        temporary.chmod(0o600)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
