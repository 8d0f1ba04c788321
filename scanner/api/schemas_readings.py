"""Schemas of how a file was read."""

from marshmallow import fields

from scanner.api.schemas_lines import LineFieldsSchema, LineProblemSchema, PartFieldsSchema
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import SHA256, Page


class ColumnSchema(Document):
    """What one column was taken for."""

    index = fields.Integer(**always(description="Place from 0."))
    heading = fields.String(**always(description="Its heading."))
    field = fields.String(**nullable(description="The field, or null where none was recognised."))
    confidence = fields.Float(**always(description="How sure, 0..1."))


class RowsSchema(Document):
    """What became of the rows: `rows = headers + lines + skipped + problems`."""

    rows = fields.Integer(**always(description="Rows of the file."))
    headers = fields.Integer(**always(description="Rows of headings."))
    lines = fields.Integer(**always(description="Rows that became lines."))
    skipped = fields.Integer(**always(description="Empty rows, totals and remarks."))
    problems = fields.Integer(**always(description="Rows that could not become a line."))


class RowLeftOutSchema(Document):
    """A row with text that is no line."""

    row = fields.Integer(**always(description="Row of the file, 1-based."))
    reason = fields.String(
        **always(
            description="`title` above the headings, repeated `header`, `section`, `total`, "
            "`comment` and the like; more may come.",
            example="total",
        )
    )
    cell = fields.String(**always(description="Its first text, cut to 200 characters."))


class ReadingSchema(Document):
    """The file and how it was read."""

    sha256 = fields.String(**always(**SHA256))
    format = fields.String(**always(description="Kind of file.", example="csv"))
    encoding = fields.String(**nullable(description="Character encoding of text."))
    delimiter = fields.String(**nullable(description="Delimiter of text."))
    decimal_mark = fields.String(**nullable(description="Decimal mark, comma or point."))
    sheet = fields.String(**nullable(description="The sheet that was read."))
    other_sheets = fields.List(fields.String(), **always(description="Sheets that were not."))
    header_row = fields.Integer(**nullable(description="Row of the headings, 1-based."))
    columns = fields.List(fields.Nested(ColumnSchema), **always(description="In file order."))
    rows = fields.Nested(RowsSchema, **always(description="Every row accounted for."))
    left_out = fields.List(
        fields.Nested(RowLeftOutSchema),
        **always(description="Rows with text that are no lines, in file order; the first 200."),
    )


class RememberedSchema(Document):
    """A remembered correction that decided columns of a file."""

    id = fields.String(**always(description="Its id in `/v1/column-mappings`.", format="uuid"))
    since = fields.String(**always(description="Since when it counts.", format="date-time"))
    columns = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **always(description="What it decided: a heading or letter, and its field."),
    )


class ReadSchema(ReadingSchema):
    """The file, how it was read, and whether a remembered correction was applied."""

    remembered = fields.Nested(
        RememberedSchema,
        **nullable(
            description="The correction that was remembered for files of this shape; null where "
            "none was applied."
        ),
    )


class ColumnMappingSchema(Document):
    """Columns that somebody put right, applied to later files of the same shape."""

    id = fields.UUID(**always(description="Id of the correction."))
    shape = fields.String(
        **always(description="Fingerprint of the kind of file and its headings in order.")
    )
    kind = fields.String(**always(description="Kind of file.", example="csv"))
    headings = fields.List(fields.String(), **always(description="The headings of such files."))
    columns = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **always(description="A heading or letter, and its field; empty to leave it out."),
    )
    since = fields.DateTime(**always(description="Since when it counts."))
    created_by = fields.String(**always(description="Who put it right, as in the audit log."))


class ColumnMappingListSchema(Page):
    """All remembered corrections, oldest first."""

    items = fields.List(fields.Nested(ColumnMappingSchema), **always(description="Corrections."))


class ProblemsSchema(Document):
    """Problems with single rows."""

    count = fields.Integer(**always(description="How many there are."))
    by_code = fields.Dict(
        keys=fields.String(), values=fields.Integer(), **always(description="Counted by code.")
    )
    shown = fields.List(fields.Nested(LineProblemSchema), **always(description="The first ones."))


class LineReadSchema(LineFieldsSchema):
    """A line as it was understood, before anything is recognised."""

    part = fields.Nested(PartFieldsSchema, **always(description="The part."))
    cells = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **always(description="The cells of the row as they stood, by heading."),
    )


class PreviewSchema(Document):
    """How a file would be read."""

    input = fields.Nested(ReadSchema, **always(description="The file and how it was read."))
    lines = fields.List(
        fields.Nested(LineReadSchema), **always(description="The first lines, 20 at most.")
    )
    problems = fields.Nested(ProblemsSchema, **always(description="What is wrong with rows."))
