"""Bytes from a stranger → a file of a known kind, or a refusal that says what to do."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from scanner.core.bom import ReadLimits
from scanner.core.errors import BomTooLarge, EmptyFile, ScannerError, TruncatedUpload
from scanner.upload.kinds import recognise
from scanner.upload.model import FileKind, Upload

_CHUNK = 1 << 18


def accept(
    stream: BinaryIO,
    target: Path,
    *,
    name: str | None,
    content_type: str | None = None,
    expected_bytes: int | None = None,
    limits: ReadLimits,
) -> Upload:
    """The file that the stream held, now at `target`; nothing stays there when it is refused.

    Raises `BomTooLarge`, `EmptyFile`, `TruncatedUpload`, `UnsupportedType`, `EncryptedWorkbook`
    and `UnsafeArchive`. `expected_bytes` is the length that the sender declared.
    """
    try:
        size, sha256 = _copy(stream, target, limits.max_bytes)
        if expected_bytes is not None and size != expected_bytes:
            raise TruncatedUpload(
                f"{expected_bytes} bytes were announced and {size} arrived.",
                advice="Send the file again.",
            )
        copied = Upload(target, _clean(name), FileKind.CSV, size, sha256)
        return _checked(copied, content_type, limits)
    except (ScannerError, OSError):
        target.unlink(missing_ok=True)
        raise


def inspect(path: Path, *, limits: ReadLimits) -> Upload:
    """The same checks on a file that is already there; it stays where it is."""
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise _too_large(limits.max_bytes)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return _checked(Upload(path, _clean(path.name), FileKind.CSV, size, sha256), None, limits)


def _copy(stream: BinaryIO, target: Path, max_bytes: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with target.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise _too_large(max_bytes)
            digest.update(chunk)
            file.write(chunk)
    return size, digest.hexdigest()


def _checked(file: Upload, content_type: str | None, limits: ReadLimits) -> Upload:
    """The upload with its kind, which its content decides."""
    if file.size == 0:
        raise EmptyFile("The file has no bytes.", advice="Save the list again and send that file.")
    kind = recognise(file.path, content_type=content_type, name=file.name, limits=limits)
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
