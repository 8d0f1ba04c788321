"""Schemas of BOMs, their versions and their jobs."""

import re
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

from scanner.api.schemas_lines import LineSchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_profile import ProfileSchema
from scanner.api.schemas_shared import DOCUMENTED_ONLY, SHA256, Input, Page, PageQuery, flag
from scanner.services.boms import Order

NAME_CHARS = 200
MOST_ANNUAL_UNITS = 10**12
POSITIVE = re.compile(r"^([1-9][0-9]{0,11}(\.[0-9]{1,6})?|0\.[0-9]{0,5}[1-9])$")
"""How a positive number stands in text."""
MOST_COLUMNS_CHARS = 2_000
STATES = validate.OneOf(["processing", "ready", "failed"])
JOB_STATES = validate.OneOf(["queued", "running", "done", "failed"])


class PlaceSchema(Document):
    """A place in the file or the request."""

    sheet = fields.String(**nullable(description="Sheet of the workbook."))
    row = fields.Integer(**nullable(description="Row, 1-based."))
    column = fields.String(**nullable(description="Heading of the column."))
    pointer = fields.String(**nullable(description="JSON pointer into the body."))


class JobProblemSchema(Document):
    """Why a job failed, in the words of a problem document."""

    type = fields.Function(
        lambda problem: f"/problems/{problem.code}",
        required=True,
        metadata={"type": "string", "description": "The kind of problem; open it to read more."},
    )
    code = fields.String(**always(description="Its last segment.", example="no-header"))
    title = fields.String(**always(description="The kind in words."))
    detail = fields.String(**always(description="What is wrong."))
    advice = fields.String(**always(description="What to do."))
    place = fields.Nested(PlaceSchema, **nullable(description="Where, if it is one place."))


class JobSchema(Document):
    """Work in the background, with its true state."""

    id = fields.UUID(**always(description="Id of the job."))
    kind = fields.String(
        **always(
            description="`scan` reads a file, `refresh` renews a profile; more may come.",
            example="scan",
        )
    )
    state = fields.String(validate=JOB_STATES, **always(description="Its state."))
    bom_id = fields.UUID(**always(description="The BOM it works for."))
    version = fields.Integer(**always(description="Number of the version it works for."))
    attempt = fields.Integer(**always(description="How often it was begun."))
    lines_done = fields.Integer(**always(description="Progress: lines read so far."))
    problem = fields.Nested(JobProblemSchema, **nullable(description="Why it failed."))
    created_at = fields.DateTime(**always(description="When it was queued."))
    started_at = fields.DateTime(**nullable(description="When it was begun."))
    finished_at = fields.DateTime(**nullable(description="When it ended."))


class FileSchema(Document):
    """The file that was uploaded."""

    name = fields.String(**always(description="The user's name for it.", example="bom.csv"))
    kind = fields.String(**always(description="What its content is.", example="csv"))
    size = fields.Integer(**always(description="Bytes."))
    sha256 = fields.String(**always(**SHA256))


class ExactText(fields.String):
    """An exact decimal as text, without exponent."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else f"{value:f}"


class VersionSchema(Document):
    """One version of a BOM. Its lines never change once it is ready; profiles are added to it."""

    number = fields.Integer(**always(description="1, 2, …", example=1))
    state = fields.String(validate=STATES, **always(description="Its state."))
    file = fields.Nested(FileSchema, **always(description="The file."))
    annual_units = ExactText(**nullable(description="Products per year.", example="1000"))
    documented_only = fields.Boolean(**always(description=DOCUMENTED_ONLY))
    columns = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **always(description="Columns that the caller named: heading or letter → field."),
    )
    sheet = fields.String(**nullable(description="Sheet that the caller named."))
    lines = fields.Integer(**nullable(description="Number of lines, once ready."))
    created_at = fields.DateTime(**always(description="When it was uploaded."))
    published_at = fields.DateTime(**nullable(description="When it became ready."))
    job = fields.Nested(JobSchema, **always(description="The work that makes it ready."))
    refresh = fields.Nested(
        JobSchema,
        **nullable(
            description="The work that brings its profile up to date with decisions and "
            "declarations; null when it is so."
        ),
    )


class BomSchema(Document):
    """A bill of materials with its newest version."""

    id = fields.UUID(**always(description="Id of the BOM."))
    name = fields.String(**always(description="Its name.", example="Pump 65-160"))
    created_at = fields.DateTime(**always(description="When it was first uploaded."))
    version = fields.Nested(VersionSchema, **always(description="The newest version."))


class BomPageSchema(Page):
    """A page of BOMs, newest first."""

    items = fields.List(fields.Nested(BomSchema), **always(description="BOMs."))


class VersionListSchema(Page):
    """All versions of a BOM, newest first."""

    items = fields.List(fields.Nested(VersionSchema), **always(description="Versions."))


def printable(value: str) -> None:
    """Refuse white space alone, and characters that no name has."""
    if not value.strip() or not value.isprintable():
        raise ValidationError("Must hold printable text.")


class AnnualUnits(fields.Field[Decimal]):
    """An exact, positive number of products per year; text or, in JSON, also a number."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal:
        is_text = isinstance(value, str) and POSITIVE.fullmatch(value) is not None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (is_text or is_number):
            raise ValidationError("Must be a number, such as 1000.")
        number = Decimal(str(value))
        if not 0 < number <= MOST_ANNUAL_UNITS:
            raise ValidationError(f"Must be above 0 and at most {MOST_ANNUAL_UNITS}.")
        return number


class Switch(fields.Boolean):
    """A member of a JSON body that is `true` or `false` and nothing that stands for them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Must be true or false.")
        return value


class BomListQuery(PageQuery):
    """Which BOMs, in which order, and which page of them."""

    state = fields.String(
        validate=STATES, metadata={"description": "Only those whose newest version is so."}
    )
    name = fields.String(
        validate=[validate.Length(min=1, max=NAME_CHARS), printable],
        metadata={
            "description": "Only those whose name holds this text; capitals of A–Z count as small "
            "letters.",
            "example": "pump",
        },
    )
    sort = fields.Enum(
        Order,
        by_value=True,
        metadata={
            "type": "string",
            "description": "`-created_at` (by default): newest first; by name, names that are "
            "equal in the order in which they were made.",
        },
    )


class UploadSchema(Input):
    """What the caller fixes about an upload; in the query or as fields of the form."""

    name = fields.String(
        validate=[validate.Length(min=1, max=NAME_CHARS), printable],
        metadata={
            "description": "Name of the BOM; the file's name by default.",
            "example": "Pump 65-160",
        },
    )
    annual_units = AnnualUnits(
        metadata={
            "type": "string",
            "pattern": POSITIVE.pattern,
            "description": "Products per year, exact: then the profile has kilograms a year.",
            "example": "1000",
        }
    )
    documented_only = flag(DOCUMENTED_ONLY, example=False)
    columns = fields.String(
        validate=validate.Length(max=MOST_COLUMNS_CHARS),
        metadata={
            "description": "JSON object that maps a heading or column letter to a field, for "
            "headings that are not recognised.",
            "example": '{"Omschr.": "description"}',
        },
    )
    sheet = fields.String(
        validate=[validate.Length(min=1, max=255), printable],
        metadata={
            "description": "Sheet of the workbook; the one with most lines by default.",
            "example": "BOM",
        },
    )


class VersionUploadSchema(UploadSchema):
    """What the caller fixes about a further version: the BOM keeps its name."""

    class Meta(UploadSchema.Meta):
        """Without the name."""

        exclude = ("name",)


FILE = fields.Raw(
    required=True,
    metadata={
        "type": "string",
        "format": "binary",
        "description": "CSV or other delimited text, XLSX, XLSB, XLS, ODS, JSON lines, CycloneDX "
        "1.x (JSON or XML), KiCad netlist XML, Ansys Granta BoM XML, or a page of "
        "InteractiveHtmlBom.",
    },
)


class UploadFormSchema(UploadSchema):
    """A form with the file and what the caller fixes about it."""

    file = FILE


class VersionFormSchema(VersionUploadSchema):
    """A form with the file of a further version."""

    file = FILE


class LinesSchema(Input):
    """A BOM as JSON lines."""

    name = fields.String(
        validate=[validate.Length(min=1, max=NAME_CHARS), printable],
        metadata={"description": "Name of the BOM."},
    )
    annual_units = AnnualUnits(
        metadata={"description": "Products per year, exact.", "example": "1000"},
    )
    documented_only = Switch(metadata={"description": DOCUMENTED_ONLY})
    lines = fields.List(
        fields.Dict(keys=fields.String()),
        required=True,
        validate=validate.Length(min=1),
    )


class AnalysisSchema(Document):
    """The profile of the lines sent, and every line in the caller's order. Nothing is stored."""

    sha256 = fields.String(
        **always(
            description="SHA-256 of the bytes of `profile` as they stand here, in hexadecimal: "
            'everything after `"profile":` but the last bracket.',
            pattern="^[0-9a-f]{64}$",
        )
    )
    profile = fields.Nested(ProfileSchema, **always(description="The answer."))
    lines = fields.List(
        fields.Nested(LineSchema),
        **always(description="In the caller's order; `ref` is the caller's `id`."),
    )
