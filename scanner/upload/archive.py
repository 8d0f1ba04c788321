"""Packed workbooks: what they are, and whether they are safe to open.

The sizes that an archive declares are not believed: everything is inflated once and counted.
"""

import errno
import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

from scanner.core.bom import ReadLimits
from scanner.core.errors import (
    EncryptedWorkbook,
    TruncatedUpload,
    UnreadableBom,
    UnsafeArchive,
    UnsupportedType,
)
from scanner.upload.model import FileKind

_CHUNK = 1 << 20
_SMALLEST_BOMB = 10 * 1024 * 1024
"""Below this many unpacked bytes a high ratio does no harm."""

_PACKED_SUFFIXES = frozenset([".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz", ".zst"])
_SAVE_AGAIN = "Open it in the spreadsheet program, save it again as .xlsx or .csv, and send that."


def check_archive(file: BinaryIO, size: int, limits: ReadLimits) -> FileKind:
    """The kind of workbook in this zip file of so many bytes.

    Raises `UnsafeArchive`, `TruncatedUpload`, `EncryptedWorkbook` and `UnsupportedType`.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, limits)
            kind = _kind(archive)
            _inflate(archive, entries, size, limits)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OverflowError, ValueError) as error:
        if not zipfile.is_zipfile(file):
            raise TruncatedUpload(
                "The workbook ends before its table of contents.", advice="Send the file again."
            ) from error
        raise UnreadableBom("The packed workbook is damaged.", advice=_SAVE_AGAIN) from error
    except (NotImplementedError, RuntimeError) as error:
        raise _unsafe("it is packed in a way that workbooks are not") from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # the disk, and not a place before the file's beginning
            raise
        raise UnreadableBom("The packed workbook is damaged.", advice=_SAVE_AGAIN) from error


def _unsafe(reason: str) -> UnsafeArchive:
    return UnsafeArchive(f"The packed file is not opened: {reason}.", advice=_SAVE_AGAIN)


def _check_entries(entries: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    """Everything that the table of contents alone gives away."""
    if len(entries) > limits.max_archive_entries:
        raise _unsafe(f"it holds more than {limits.max_archive_entries} files")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        raise _unsafe("two of its files have the same name")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _encrypted()
        if not _plain_name(entry.orig_filename):
            raise _unsafe("a file in it has a name that leads elsewhere")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _unsafe("it holds a link")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _unsafe("it is packed in a way that workbooks are not")
        if PurePosixPath(entry.filename).suffix.casefold() in _PACKED_SUFFIXES:
            raise _unsafe("it holds another packed file")


def _plain_name(name: str) -> bool:
    return (
        "\\" not in name
        and "\0" not in name
        and ":" not in name
        and not name.startswith("/")
        and ".." not in name.split("/")
        and len(name) <= 512
    )


def _encrypted() -> EncryptedWorkbook:
    return EncryptedWorkbook(
        "The workbook is protected by a password.",
        advice="Remove the password in the spreadsheet program and save it again.",
    )


def _kind(archive: zipfile.ZipFile) -> FileKind:
    names = set(archive.namelist())
    if "content.xml" in names and any(name.startswith("xl/workbook") for name in names):
        raise _unsafe("it is two kinds of workbook at once")
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(name.startswith("xl/workbook") for name in names):
        return FileKind.XLSX
    if "content.xml" in names:
        return _open_document(archive, names)
    if any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
        raise UnsupportedType(
            "The file is an Office document, and no workbook.",
            advice="Copy the table into a spreadsheet, save it as .xlsx and send that file.",
        )
    raise UnsupportedType(
        "The file is a packed folder.", advice="Unpack it and send the list inside."
    )


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(_CHUNK):
                raise _encrypted()
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            mimetype = file.read(200)
        if b"spreadsheet" not in mimetype:
            raise UnsupportedType(
                "The file is an OpenDocument file, and no spreadsheet.",
                advice="Copy the table into a spreadsheet, save it as .xlsx and send that file.",
            )
    return FileKind.ODS


def _inflate(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int, limits: ReadLimits
) -> None:
    """Unpack everything into nothing, counting."""
    most = limits.max_unpacked_bytes
    if sum(entry.file_size for entry in entries) > most:
        raise _unsafe(f"it unpacks to more than {most} bytes")
    total = 0
    for entry in entries:
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                total += len(chunk)
                if total > most:
                    raise _unsafe(f"it unpacks to more than {most} bytes")
                if total > _SMALLEST_BOMB and total > packed * limits.max_ratio:
                    raise _unsafe(f"it unpacks to more than {limits.max_ratio} times its size")
