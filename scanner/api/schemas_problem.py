"""The schema of problem details."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields


def nullable(**metadata: Any) -> dict[str, Any]:
    """Options of a field that is always there and may be null."""
    return {"required": True, "allow_none": True, "metadata": metadata}


def always(**metadata: Any) -> dict[str, Any]:
    """Options of a field that is always there and never null."""
    return {"required": True, "metadata": metadata}


class Document(Schema):
    """Base of what the service answers: it may gain members that readers ignore."""

    class Meta:
        """Further members may come."""

        unknown = EXCLUDE


class ProblemPlaceSchema(Document):
    """One place in the request or the file, and what is wrong there."""

    detail = fields.String(**always(description="What is wrong here."))
    pointer = fields.String(
        metadata={
            "description": "JSON pointer (RFC 6901) into the request body.",
            "example": "/lines/3/quantity",
        }
    )
    parameter = fields.String(metadata={"description": "Name of the parameter or header."})
    sheet = fields.String(metadata={"description": "Sheet of the workbook."})
    row = fields.Integer(metadata={"description": "Row of the file, 1-based.", "example": 12})
    column = fields.String(metadata={"description": "Heading of the column.", "example": "Menge"})


class ProblemSchema(Document):
    """A problem (RFC 9457): what went wrong, where, and what to do."""

    type = fields.String(
        **always(
            description="The kind of problem; open it on this server for an explanation.",
            format="uri-reference",
            example="/problems/no-header",
        )
    )
    code = fields.String(**always(description="The last segment of `type`.", example="no-header"))
    title = fields.String(
        **always(description="The kind in words.", example="No column headings were recognised")
    )
    status = fields.Integer(**always(description="The HTTP status.", example=422))
    detail = fields.String(**always(description="What is wrong this time."))
    advice = fields.String(**always(description="What to do about it."))
    errors = fields.List(
        fields.Nested(ProblemPlaceSchema),
        **always(description="The places concerned; may be empty."),
    )
    request_id = fields.String(
        **always(description="Names this request in our logs; also in `X-Request-Id`.")
    )
