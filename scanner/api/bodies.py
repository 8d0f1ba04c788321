"""Request bodies: JSON objects with pointers to what is wrong, and uploads in their three forms."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias, cast

import orjson
from flask import request
from marshmallow import Schema, ValidationError

from scanner.api.access import context
from scanner.api.problems import Refused, field_places, invalid_fields
from scanner.api.schemas_boms import LinesSchema, UploadSchema
from scanner.core.bom import ReadOptions
from scanner.services import scratch, uploads
from scanner.upload import Upload, accept

Target: TypeAlias = Callable[[], Path]
JSON: Final = "application/json"
MULTIPART: Final = "multipart/form-data"
NAMED_TYPES: Final = (
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/csv",
)
"""Types of a raw body that the contract names."""

RAW_TYPES: Final = (
    *NAMED_TYPES,
    "text/plain",
    "text/tab-separated-values",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/xml",
    "text/xml",
    "text/html",
    "application/vnd.cyclonedx+xml",
    "application/vnd.cyclonedx+json",
)
FILE_PART: Final = "file"
JSON_PROBLEMS: Final = (
    "bad-request",
    "malformed-json",
    "request-too-large",
    "unsupported-media-type",
    "invalid-input",
)
"""What may be wrong with a body of JSON."""

ROW_PROBLEMS: Final = (
    "bad-request",
    "request-too-large",
    "unsupported-media-type",
    "invalid-input",
)
"""What may be wrong with a body of rows."""

FILE_PROBLEMS: Final = (
    *JSON_PROBLEMS,
    "truncated-upload",
    "bom-too-large",
    "unsupported-type",
    "empty-file",
    "encrypted-workbook",
    "unsafe-archive",
    "unreadable-bom",
)
"""What may be wrong with an upload before anything is stored."""


@dataclass(frozen=True, slots=True)
class Received:
    """An accepted file with what the caller fixed about it."""

    upload: Upload
    name: str | None
    annual_units: Decimal | None
    documented_only: bool
    options: ReadOptions


def refuse_packed() -> None:
    """Refuse a packed body: what it unpacks to is not known before it is unpacked."""
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing != "identity":
        raise Refused(
            "unsupported-media-type",
            f"A body packed as {packing or 'nothing'} is not taken.",
            advice="Send it as it is, without Content-Encoding.",
        )


def takes(schema: type[Schema]) -> dict[str, Any]:
    """OpenAPI of an operation whose body is a JSON object of this schema."""
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}


def takes_rows(content_type: str, description: str) -> dict[str, Any]:
    """OpenAPI of an operation whose body is text, a thing a row."""
    text = {"schema": {"type": "string", "description": description}}
    return {"requestBody": {"required": True, "content": {content_type: text}}}


def rows(content_type: str) -> bytes:
    """The body, text of this type."""
    refuse_packed()
    if request.mimetype != content_type:
        raise Refused(
            "unsupported-media-type",
            f"The body has the type {request.mimetype or 'none'}; here it must be {content_type}.",
            advice=f"Send the header Content-Type: {content_type}.",
        )
    return request.get_data(cache=False)


def json_object(schema: Schema) -> dict[str, Any]:
    """The JSON body through a schema; each error says what is wrong and where."""
    refuse_packed()
    if request.mimetype != JSON and not request.mimetype.endswith("+json"):
        raise Refused(
            "unsupported-media-type",
            f"The body has the type {request.mimetype or 'none'}; here it must be {JSON}.",
            advice=f"Send the header Content-Type: {JSON}.",
        )
    try:
        data = orjson.loads(request.get_data(cache=False))
    except orjson.JSONDecodeError as error:
        raise Refused(
            "malformed-json",
            f"{error.msg} (line {error.lineno}, column {error.colno}).",
            advice="Send one JSON object, encoded in UTF-8.",
        ) from error
    if not isinstance(data, dict):
        raise invalid_fields([{"pointer": "", "detail": "The body must be a JSON object."}])
    return load(schema, data, body=True)


@cache
def _made(schema: type[Schema]) -> Schema:
    """The schema, made once: to make one takes longer than to read a form by it."""
    return schema()


def load(schema: Schema, data: Mapping[str, Any], *, body: bool) -> dict[str, Any]:
    """The data through a schema; what does not fit is told by pointer or parameter."""
    try:
        return cast(dict[str, Any], schema.load(data))
    except ValidationError as error:
        messages = error.messages if isinstance(error.messages, dict) else {}
        raise invalid_fields(field_places(messages, body=body)) from error


@contextmanager
def file(types: Sequence[str]) -> Iterator[Upload | None]:
    """The body as an accepted file, where it has one of these types; it is gone afterwards."""
    refuse_packed()
    if request.mimetype not in types:
        yield None
        return
    with scratch.place(context().settings.upload_folder) as target:
        yield _accept(
            cast(BinaryIO, request.stream),
            target,
            name=None,
            content_type=request.mimetype,
            expected_bytes=request.content_length,
        )


@contextmanager
def received(schema: type[UploadSchema]) -> Iterator[Received]:
    """The file of this request, in memory or in a folder of its own, which is gone afterwards.

    It may come as a form with a part `file`, as a raw body, or as JSON lines.
    """
    refuse_packed()
    with scratch.place(context().settings.upload_folder) as target:
        if request.mimetype == JSON:
            yield _from_json(target, schema)
        elif request.mimetype == MULTIPART:
            yield _from_form(target, schema)
        else:
            yield _from_body(target, schema)


def _from_json(target: Target, schema: type[UploadSchema]) -> Received:
    """JSON lines as a file; a line that does not fit is told now, not by a failed job."""
    fixed = load(_made(schema), request.args.to_dict(), body=False)
    found = json_object(_made(LinesSchema))
    upload = uploads.of_records(context(), found["lines"], target)
    name = found.get("name") or fixed.get("name")
    units = found.get("annual_units") or fixed.get("annual_units")
    documented_only = found.get("documented_only", fixed.get("documented_only", False))
    return Received(upload, name, units, documented_only, ReadOptions())


def _from_form(target: Target, schema: type[UploadSchema]) -> Received:
    unknown = sorted(set(request.files) - {FILE_PART})
    file = request.files.get(FILE_PART)
    if file is None or unknown:
        found = f"there is a part {unknown[0]!r}" if unknown else "there is none"
        raise invalid_fields(
            [{"parameter": FILE_PART, "detail": f"The form needs one file part 'file'; {found}."}],
            advice="Send it as multipart/form-data: curl -F file=@bom.csv …",
        )
    fixed = load(_made(schema), {**request.args.to_dict(), **request.form.to_dict()}, body=False)
    stream = cast(BinaryIO, file.stream)
    upload = _accept(stream, target, name=file.filename, content_type=file.mimetype)
    return _with_options(upload, fixed)


def _from_body(target: Target, schema: type[UploadSchema]) -> Received:
    if request.mimetype not in ("", *RAW_TYPES):
        raise Refused(
            "unsupported-media-type",
            f"A body of the type {request.mimetype} is not taken.",
            advice="Send the file with its own type (text/csv, …), as multipart/form-data with a "
            "part 'file', or the lines as application/json.",
        )
    fixed = load(_made(schema), request.args.to_dict(), body=False)
    upload = _accept(
        cast(BinaryIO, request.stream),
        target,
        name=fixed.get("name"),
        content_type=request.mimetype or None,
        expected_bytes=request.content_length,
    )
    return _with_options(upload, fixed)


def _accept(
    stream: BinaryIO,
    target: Target,
    *,
    name: str | None,
    content_type: str | None,
    expected_bytes: int | None = None,
) -> Upload:
    limits = context().settings.read_limits
    return accept(
        stream,
        target,
        name=name,
        content_type=content_type,
        expected_bytes=expected_bytes,
        limits=limits,
    )


def _with_options(upload: Upload, fixed: Mapping[str, Any]) -> Received:
    options = ReadOptions(_columns(fixed.get("columns")), fixed.get("sheet"))
    documented_only = fixed.get("documented_only", False)
    return Received(upload, fixed.get("name"), fixed.get("annual_units"), documented_only, options)


def _columns(text: str | None) -> dict[str, str]:
    """The caller's heading → field, out of the JSON object that `columns` is."""
    if text is None:
        return {}
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(item, str) for item in found.values()):
        detail = 'Must be a JSON object of text, such as {"Omschr.": "description"}.'
        raise invalid_fields([{"parameter": "columns", "detail": detail}])
    return found
