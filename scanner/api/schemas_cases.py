"""Schemas of the cases of a help-desk."""

from typing import Any

from marshmallow import fields, validate

from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import Input, Page, PageQuery
from scanner.core.cases import CaseState, EntryKind, LookedUp, Origin
from scanner.services.cases import LANGUAGES, MOST_CONTACT, MOST_ENTRIES, MOST_NOTE, MOST_QUESTION
from scanner.services.looked_up import MOST_TEXT

STATES = validate.OneOf([str(item) for item in CaseState])
ORIGINS = validate.OneOf([str(item) for item in Origin])
SUBJECTS = validate.OneOf([str(item) for item in LookedUp])
KINDS = validate.OneOf([str(item) for item in EntryKind])
SPOKEN = validate.OneOf(LANGUAGES)
QUESTION = {"description": "What the caller asks.", "example": "Zit er kobalt in onze motor?"}
CONTACT = {"description": "How to reach the caller.", "example": "Bo, 0612345678"}
STATE = {"description": "How far it is.", "example": "waiting"}
LANGUAGE = {"description": "The language of the caller.", "example": "nl"}
A_THING = {
    "description": "Its id: of a material, country, component class, alloy, code or BOM; the text "
    "itself for `text`.",
    "example": "cobalt",
}
FIRST_YEAR, LAST_YEAR = 2000, 9999


class CaseSchema(Document):
    """A case of the help-desk."""

    id = fields.UUID(**always(description="Id of the case."))
    number = fields.String(
        **always(description="Year and running number, to tell a caller.", example="2026-0001")
    )
    state = fields.String(validate=STATES, **always(**STATE))
    language = fields.String(validate=SPOKEN, **always(**LANGUAGE))
    question = fields.String(**always(**QUESTION))
    contact = fields.String(**nullable(**CONTACT))
    origin = fields.String(
        validate=ORIGINS,
        **always(description="`public` for a question that came without an account."),
    )
    assigned_to = fields.UUID(**nullable(description="Id of the person who has it in hand."))
    created_at = fields.DateTime(**always(description="When it came."))
    created_by = fields.String(
        **always(description="Who made it, as the audit log names them.", example="public")
    )
    updated_at = fields.DateTime(**always(description="When something last happened in it."))
    closed_at = fields.DateTime(**nullable(description="When it was closed; null unless it is."))


class CaseEntrySchema(Document):
    """Something that happened in a case."""

    number = fields.Integer(**always(description="Its number in the case."), strict=True)
    kind = fields.String(validate=KINDS, **always(description="What happened."))
    subject = fields.String(
        validate=SUBJECTS, **nullable(description="What kind of thing was looked up.")
    )
    body = fields.String(
        **always(
            description="The text of a note, the id of what was looked up, the new state, or the "
            "id of the person who has it in hand (empty for nobody).",
            example="cobalt",
        )
    )
    actor = fields.String(**always(description="Who did so.", example="command"))
    at = fields.DateTime(**always(description="When."))


class CaseFileSchema(CaseSchema):
    """A case with all that happened in it."""

    entries = fields.List(
        fields.Nested(CaseEntrySchema),
        **always(description=f"In order; a case holds at most {MOST_ENTRIES}."),
    )


class CasePageSchema(Page):
    """A page of cases, newest first."""

    items = fields.List(fields.Nested(CaseSchema), **always(description="Cases."))


class CaseListQuery(PageQuery):
    """Which cases."""

    state = fields.String(validate=STATES, metadata={"description": "Only those in this state."})
    assigned_to = fields.UUID(
        metadata={
            "description": "Only those that this person has in hand.",
            "example": "01920000-0000-7000-8000-000000000004",
        }
    )


class CaseInput(Input):
    """A case to make."""

    question = fields.String(
        required=True, validate=validate.Length(min=1, max=MOST_QUESTION), metadata=QUESTION
    )
    language = fields.String(validate=SPOKEN, load_default="nl", metadata=LANGUAGE)
    contact = fields.String(
        allow_none=True, validate=validate.Length(max=MOST_CONTACT), metadata=CONTACT
    )


class CaseChangeInput(Input):
    """What changes about a case; what is left out stays."""

    state = fields.String(validate=STATES, metadata=STATE)
    assigned_to = fields.UUID(
        allow_none=True,
        metadata={
            "description": "Id of the person of the company who takes it over; null for nobody.",
            "example": None,
        },
    )
    language = fields.String(validate=SPOKEN, metadata=LANGUAGE)
    question = fields.String(validate=validate.Length(min=1, max=MOST_QUESTION), metadata=QUESTION)
    contact = fields.String(
        allow_none=True, validate=validate.Length(max=MOST_CONTACT), metadata=CONTACT
    )


class CaseNoteInput(Input):
    """A note."""

    text = fields.String(
        required=True,
        validate=validate.Length(min=1, max=MOST_NOTE),
        metadata={"description": "What to remember.", "example": "Calls back on Tuesday."},
    )


class LookUpInput(Input):
    """What was looked up for a caller."""

    subject = fields.String(
        required=True,
        validate=SUBJECTS,
        metadata={"description": "What kind of thing it is.", "example": "material"},
    )
    id = fields.String(
        required=True, validate=validate.Length(min=1, max=MOST_TEXT), metadata=A_THING
    )


class ReplyQuery(Input):
    """In which language."""

    language = fields.String(
        validate=SPOKEN,
        metadata={"description": "That of the case if left out.", "example": "en"},
    )


class LeftOutOfReplySchema(Document):
    """A thing that a reply does not tell of."""

    number = fields.Integer(**always(description="Number of the entry in the case."), strict=True)
    reason = fields.String(
        validate=validate.OneOf(["not_allowed", "gone", "not_ready"]),
        **always(
            description="`not_allowed`: a BOM, and the key lacks `boms:read`; `gone`: it is not "
            "there any more; `not_ready`: a BOM without a profile."
        ),
    )


class ReplySchema(Document):
    """The text of a reply: sentences with figures, years and sources."""

    text = fields.String(**always(description="The text, paragraphs apart by an empty line."))
    language = fields.String(validate=SPOKEN, **always(description="Its language."))
    release = fields.String(
        **always(description="The knowledge release of its figures.", example="2026.1-draft")
    )
    left_out = fields.List(
        fields.Nested(LeftOutOfReplySchema),
        **always(description="What was looked up and is not told."),
    )


class CaseStatisticsQuery(Input):
    """Of which year."""

    year = fields.Integer(
        validate=validate.Range(min=FIRST_YEAR, max=LAST_YEAR),
        metadata={"description": "Only cases of this year.", "example": 2026},
    )


class CasesCountSchema(Document):
    """How many cases are alike."""

    value = fields.String(
        **always(
            description="A month (`2026-11`), state, language, origin, kind of thing, or material.",
            example="2026-11",
        )
    )
    cases = fields.Integer(**always(description="Number of cases.", example=12), strict=True)


class _List(fields.List[Any]):
    """Numbers of cases."""

    def __init__(self, description: str) -> None:
        super().__init__(fields.Nested(CasesCountSchema), **always(description=description))


class CaseStatisticsSchema(Document):
    """Numbers of cases, without a word of any caller. Cases that were removed are not in them."""

    total = fields.Integer(**always(description="Cases in all.", example=12), strict=True)
    months = _List("By the month in which they came.")
    states = _List("By state.")
    languages = _List("By language.")
    origins = _List("By how they came.")
    subjects = _List("By the kinds of things looked up; a case may count under several.")
    materials = _List("By the raw materials looked up; a case may count under several.")
