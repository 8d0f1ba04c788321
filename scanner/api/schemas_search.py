"""Schemas of looking anything up."""

from marshmallow import fields, validate

from scanner.api.schemas_catalogue import MOST_QUERY, NAME, RELEASE
from scanner.api.schemas_problem import Document, always
from scanner.api.schemas_shared import Input
from scanner.core.search import Fit, Subject

MOST_FOUND = 50
SUBJECTS = validate.OneOf([str(subject) for subject in Subject])
FITS = {fit: fit.name.lower() for fit in Fit}


class SearchQuery(Input):
    """What is looked for."""

    q = fields.String(
        required=True,
        validate=validate.Length(min=1, max=MOST_QUERY),
        metadata={
            "description": "A name or its beginning, in any of the four languages; a designation, "
            "a code, a country. Typing errors are forgiven where nothing else is found.",
            "example": "tantaal",
        },
    )
    subject = fields.String(
        validate=SUBJECTS,
        metadata={"description": "Only things of this kind.", "example": "material"},
    )
    limit = fields.Integer(
        validate=validate.Range(min=1, max=MOST_FOUND),
        metadata={"description": "Most things that are told.", "example": 10},
    )


class FoundSchema(Document):
    """One thing that may be meant."""

    subject = fields.String(validate=SUBJECTS, **always(description="What kind of thing it is."))
    id = fields.String(**always(description="Its id.", example="tantalum"))
    name = fields.String(**NAME)
    text = fields.String(
        **always(description="The name of it that fits what was asked.", example="tantaal")
    )
    fit = fields.String(
        validate=validate.OneOf(list(FITS.values())),
        **always(
            description="`is`: the name is what was asked; `begins`: it begins so; `has_words`: "
            "words of it begin with all words asked; `near`: it is spelt nearly so."
        ),
    )
    address = fields.String(
        **always(description="Where more is told.", example="/v1/materials/tantalum")
    )


class FoundListSchema(Document):
    """What may be meant, the likeliest first."""

    items = fields.List(fields.Nested(FoundSchema), **always(description="At most `limit`."))
    release = fields.String(**RELEASE)
