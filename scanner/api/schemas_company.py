"""Schemas of a company: its keys, its people, its invitations and its audit log."""

from marshmallow import fields, validate

from scanner.api.schemas_boms import printable
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_shared import Input, Page, PageQuery
from scanner.services.audit import Action
from scanner.services.keys import MOST_OVERLAP
from scanner.services.roles import Role, Scope

SCOPE_NAMES = validate.OneOf([str(scope) for scope in Scope])
ROLES = validate.OneOf([str(role) for role in Role])
ACTIONS = validate.OneOf([str(action) for action in Action])
MOST_HOURS = int(MOST_OVERLAP.total_seconds()) // 3600
A_NAME = {"description": "What it is called.", "example": "ERP"}


class RetentionSchema(Document):
    """For how many days things are kept; a setting of the operator."""

    boms_days = fields.Integer(
        **nullable(
            description="Days after which a BOM is removed, counted from its newest version; null "
            "if only when somebody deletes it."
        )
    )
    cases_days = fields.Integer(
        **nullable(description="Days that a closed case of the help-desk is kept; null for ever."),
        strict=True,
    )
    audit_days = fields.Integer(
        **nullable(
            description="Days after which an entry of the audit log is removed; null if never."
        )
    )


class CompanySchema(Document):
    """The company of the key."""

    id = fields.UUID(**always(description="Id of the company."))
    name = fields.String(**always(description="Its name.", example="Machinefabriek Zuid"))
    created_at = fields.DateTime(**always(description="Since when it is here."))
    retention = fields.Nested(
        RetentionSchema, **always(description="For how long things are kept.")
    )


class KeySchema(Document):
    """An API key, without its secret."""

    id = fields.UUID(**always(description="Id of the key."))
    name = fields.String(**always(**A_NAME))
    scopes = fields.List(
        fields.String(validate=SCOPE_NAMES), **always(description="What it may do.")
    )
    created_at = fields.DateTime(**always(description="When it was made."))
    expires_at = fields.DateTime(**nullable(description="When it ends; null if never."))
    last_used_at = fields.DateTime(
        **nullable(description="When it was last used, to about ten minutes.")
    )
    revoked_at = fields.DateTime(**nullable(description="When it was revoked."))
    replaced_by = fields.UUID(**nullable(description="Id of the key that it was rotated into."))


class NewKeySchema(KeySchema):
    """A key just made: the only answer that holds its token."""

    token = fields.String(
        **always(description="The key itself, for `Authorization: Bearer`. Keep it now.")
    )


class KeyListSchema(Page):
    """All keys of the company, oldest first."""

    items = fields.List(fields.Nested(KeySchema), **always(description="Keys."))


class KeyInput(Input):
    """A key to make."""

    name = fields.String(
        required=True, validate=[validate.Length(min=1, max=200), printable], metadata=A_NAME
    )
    scopes = fields.List(
        fields.String(validate=SCOPE_NAMES),
        validate=validate.Length(min=1),
        metadata={"description": "What it may do; everything if left out."},
    )
    expires_at = fields.AwareDateTime(
        allow_none=True,
        metadata={
            "description": "When it ends (RFC 3339, with its zone); never if left out.",
            "example": "2030-01-01T00:00:00Z",
        },
    )


class RotationInput(Input):
    """How a key is rotated."""

    overlap_hours = fields.Integer(
        strict=True,
        validate=validate.Range(min=0, max=MOST_HOURS),
        load_default=24,
        metadata={"description": "Hours for which the old key still works.", "example": 24},
    )


class MemberSchema(Document):
    """A person of the company."""

    id = fields.UUID(**always(description="Id of the person."))
    email = fields.String(**always(description="What to sign in with.", example="an@example.org"))
    name = fields.String(**always(description="What to call the person.", example="An"))
    role = fields.String(validate=ROLES, **always(description="What the person is here."))
    scopes = fields.List(
        fields.String(validate=SCOPE_NAMES), **always(description="What the role may do.")
    )
    created_at = fields.DateTime(**always(description="Since when."))
    last_seen_at = fields.DateTime(**nullable(description="When the person last signed in."))


class MemberListSchema(Page):
    """All people of the company, oldest first."""

    items = fields.List(fields.Nested(MemberSchema), **always(description="People."))


class RoleInput(Input):
    """The role that a person gets."""

    role = fields.String(
        required=True,
        validate=ROLES,
        metadata={"description": "What the person is from now on.", "example": "analyst"},
    )


class InvitationSchema(Document):
    """An invitation that nobody has taken yet."""

    id = fields.UUID(**always(description="Id of the invitation."))
    email = fields.String(**always(description="Who is invited.", example="bo@example.org"))
    role = fields.String(validate=ROLES, **always(description="As what."))
    created_at = fields.DateTime(**always(description="When it was made."))
    expires_at = fields.DateTime(**always(description="Until when it can be taken."))


class NewInvitationSchema(InvitationSchema):
    """An invitation just made: the only answer that holds the way in."""

    address = fields.String(
        **always(
            description="The page on this server where it is taken. Send it to the person.",
            format="uri-reference",
        )
    )


class InvitationListSchema(Page):
    """All open invitations, oldest first."""

    items = fields.List(fields.Nested(InvitationSchema), **always(description="Invitations."))


class InvitationInput(Input):
    """Whom to invite."""

    email = fields.String(
        required=True,
        validate=validate.Length(min=3, max=254),
        metadata={"description": "The person's e-mail address.", "example": "bo@example.org"},
    )
    role = fields.String(
        validate=ROLES,
        load_default=str(Role.ANALYST),
        metadata={"description": "As what.", "example": "reader"},
    )


class AuditQuery(PageQuery):
    """Which entries of the audit log."""

    action = fields.String(validate=ACTIONS, metadata={"description": "Only what was done so."})


class AuditEntrySchema(Document):
    """Who did what and when, in ids only."""

    id = fields.UUID(**always(description="Id of the entry."))
    at = fields.DateTime(**always(description="When."))
    actor = fields.String(
        **always(
            description="Who: `user:<id>`, `key:<id>`, `invitation:<id>`, `command`, `service` or "
            "`public`.",
            example="command",
        )
    )
    action = fields.String(
        **always(description="What was done; more may come.", example="bom.created")
    )
    subject = fields.UUID(**nullable(description="Id of what was changed."))
    note = fields.String(**nullable(description="A role or an id that says more."))


class AuditPageSchema(Page):
    """A page of the audit log, newest first."""

    items = fields.List(fields.Nested(AuditEntrySchema), **always(description="Entries."))
