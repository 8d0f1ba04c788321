"""The file that holds a backup: a zip of parts, and a manifest of what each of them must be.

The file appears complete or not at all, and only its owner can read it.
"""

import hashlib
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from scanner.core.errors import Conflict, InvalidInput

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_BYTES = 1024 * 1024
PIECE = 1024 * 1024

BROKEN = "Take another backup: nothing of this one was used."


@dataclass(frozen=True, slots=True)
class PartSum:
    """What a part of a backup must be: bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is: where it came from, how many rows each table had, and its parts."""

    scanner: str
    revision: str
    backend: str
    created_at: str
    rows: Mapping[str, int]
    parts: Mapping[str, PartSum]
    format: int = FORMAT

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """The manifest in this JSON; `InvalidInput` when it is none, or of a later version."""
        try:
            given: dict[str, Any] = orjson.loads(text)
            if given["format"] != FORMAT:
                raise InvalidInput(
                    f"The backup has format {given['format']}; this version reads {FORMAT}.",
                    advice="Restore it with the version of the scanner that made it, or a newer.",
                )
            parts = {name: PartSum(**part) for name, part in given.pop("parts").items()}
            return cls(**given, parts=parts)
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise _broken("its manifest cannot be read") from error


class Writer:
    """Adds parts to a new backup, and at the end the manifest that names them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, PartSum] = {}

    @contextmanager
    def part(self, name: str, *, packed: bool = False) -> Iterator["Sink"]:
        """Where the bytes of a part go; `packed` says that they are compressed already."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        with self._archive.open(entry, "w", force_zip64=True) as file:
            sink = Sink(file)
            yield sink
        self.parts[name] = PartSum(sink.size, sink.digest.hexdigest())

    def close(self, manifest: Manifest) -> None:
        """Add the manifest; it is the last part."""
        text = orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2)
        with self.part(MANIFEST) as sink:
            sink.write(text)


@dataclass
class Sink:
    """Takes the bytes of one part and counts and digests them."""

    file: IO[bytes]
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def write(self, piece: bytes) -> None:
        """Add bytes."""
        self.file.write(piece)
        self.size += len(piece)
        self.digest.update(piece)

    def copy(self, source: IO[bytes]) -> None:
        """Add all that is left of a file."""
        while piece := source.read(PIECE):
            self.write(piece)


@contextmanager
def new_backup(target: Path) -> Iterator[Writer]:
    """A writer; the file appears, synced to the disk, when the block ends without exception.

    Raises `Conflict` when there is a file of that name: backups are never written over.
    """
    if target.exists():
        raise Conflict(f"There is a file {target} already.", advice="Give the backup another name.")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", compresslevel=1) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)  # refuses to replace a file that came in between
        sync_folder(target.parent)
    except FileExistsError as error:
        raise Conflict(
            f"There is a file {target} already.", advice="Give the backup another name."
        ) from error
    finally:
        draft.unlink(missing_ok=True)


class Reader:
    """The parts of a backup. Nothing is trusted: each part is checked as it is taken out."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = Manifest.read(self._bytes(MANIFEST, MANIFEST_BYTES))

    def has(self, name: str) -> bool:
        """Whether the manifest names such a part."""
        return name in self.manifest.parts

    def text(self, name: str) -> str:
        """A small part as text."""
        part = self._sum(name)
        body = self._bytes(name, part.size)
        if PartSum(len(body), hashlib.sha256(body).hexdigest()) != part:
            raise _broken(f"{name} is not what the manifest says")
        return body.decode("ascii")

    def extract(self, name: str, target: Path) -> None:
        """Write a part into a new file; `InvalidInput` when it is not what the manifest says."""
        part = self._sum(name)
        with _sound(name), self._archive.open(name) as source, target.open("xb") as file:
            sink = Sink(file)
            while (piece := source.read(PIECE)) and sink.size <= part.size:
                sink.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if PartSum(sink.size, sink.digest.hexdigest()) != part:
            raise _broken(f"{name} is not what the manifest says")

    def _sum(self, name: str) -> PartSum:
        if name not in self.manifest.parts:
            raise _broken(f"it has no {name}")
        return self.manifest.parts[name]

    def _bytes(self, name: str, most: int) -> bytes:
        with _sound(name), self._archive.open(name) as source:
            return source.read(most + 1)


@contextmanager
def opened(file: Path) -> Iterator[Reader]:
    """The backup in a file; `InvalidInput` when it is none, or not all of it."""
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise InvalidInput(f"There is no file {file}.") from error
    except zipfile.BadZipFile as error:
        raise _broken("it is not the file of a backup, or its end is missing") from error
    with archive:
        yield Reader(archive)


@contextmanager
def _sound(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _broken(f"{name} is damaged") from error
    except (KeyError, NotImplementedError, RuntimeError) as error:
        raise _broken(f"it has no {name} that can be read") from error


def _broken(what: str) -> InvalidInput:
    return InvalidInput(f"The backup cannot be used: {what}.", advice=BROKEN)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, as renaming a file does not."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
