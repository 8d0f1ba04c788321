"""Bytes from a stranger → a file of a known kind, or a refusal that says what to do."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from scanner.core.bom import ReadLimits
from scanner.core.errors import BomTooLarge, EmptyFile, ScannerError, TruncatedUpload
from scanner.upload.kinds import recognise
from scanner.upload.model import FileKind, Upload

_CHUNK = 1 << 18
KEPT_BYTES = 1 << 18
"""The most bytes of a file that is kept in memory: most BOMs are smaller."""


def accept(
    stream: BinaryIO,
    target: Path | Callable[[], Path],
    *,
    name: str | None,
    content_type: str | None = None,
    expected_bytes: int | None = None,
    limits: ReadLimits,
) -> Upload:
    """The file that the stream held, now at `target`; nothing stays there when it is refused.

    A `target` that is yet to be made is made for a file that is too large to be kept in memory.

    Raises `BomTooLarge`, `EmptyFile`, `TruncatedUpload`, `UnsupportedType`, `EncryptedWorkbook`
    and `UnsafeArchive`. `expected_bytes` is the length that the sender declared.
    """
    first = b"" if isinstance(target, Path) else _read(stream, KEPT_BYTES + 1)
    if not isinstance(target, Path) and len(first) <= KEPT_BYTES:
        kept = Upload(Path(), _clean(name), FileKind.CSV, len(first), _digest(first), first)
        return _complete(kept, expected_bytes, content_type, limits)
    path = target if isinstance(target, Path) else target()
    try:
        size, sha256 = _copy(first, stream, path, limits.max_bytes)
        copied = Upload(path, _clean(name), FileKind.CSV, size, sha256)
        return _complete(copied, expected_bytes, content_type, limits)
    except (ScannerError, OSError):
        path.unlink(missing_ok=True)
        raise


def inspect(path: Path, *, limits: ReadLimits) -> Upload:
    """The same checks on a file that is already there; it stays where it is."""
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise _too_large(limits.max_bytes)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return _checked(Upload(path, _clean(path.name), FileKind.CSV, size, sha256), None, limits)


def _complete(
    file: Upload, expected_bytes: int | None, content_type: str | None, limits: ReadLimits
) -> Upload:
    if file.size > limits.max_bytes:
        raise _too_large(limits.max_bytes)
    if expected_bytes is not None and file.size != expected_bytes:
        raise TruncatedUpload(
            f"{expected_bytes} bytes were announced and {file.size} arrived.",
            advice="Send the file again.",
        )
    return _checked(file, content_type, limits)


def _read(stream: BinaryIO, most: int) -> bytes:
    """The next bytes, fewer than asked for at the end only."""
    body = b""
    while len(body) < most and (chunk := stream.read(most - len(body))):
        body += chunk
    return body


def _copy(first: bytes, stream: BinaryIO, target: Path, max_bytes: int) -> tuple[int, str]:
    size, digest, chunk = 0, hashlib.sha256(), first or stream.read(_CHUNK)
    with target.open("wb") as file:
        while chunk:
            size += len(chunk)
            if size > max_bytes:
                raise _too_large(max_bytes)
            digest.update(chunk)
            file.write(chunk)
            chunk = stream.read(_CHUNK)
    return size, digest.hexdigest()


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _checked(file: Upload, content_type: str | None, limits: ReadLimits) -> Upload:
    """The upload with its kind, which its content decides."""
    if file.size == 0:
        raise EmptyFile("The file has no bytes.", advice="Save the list again and send that file.")
    with file.open() as stream:
        kind = recognise(
            stream, file.size, content_type=content_type, name=file.name, limits=limits
        )
    return replace(file, kind=kind)


def _too_large(max_bytes: int) -> BomTooLarge:
    return BomTooLarge(
        f"The file is larger than {max_bytes} bytes.",
        advice="Remove pictures and other sheets, or save the list as .csv.",
    )


def _clean(name: str | None) -> str:
    """The user's file name without folders and control characters, at most 255 characters."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(mark for mark in last if mark.isprintable()).strip()[:255] or "upload"
