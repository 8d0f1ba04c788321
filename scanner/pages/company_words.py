"""What keys may do and what the log tells, as words in the language of the page."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

SCOPES: Final[Mapping[str, Any]] = {
    "boms:read": _l("read BOMs and their profiles"),
    "boms:write": _l("hand over and delete BOMs"),
    "analyses:run": _l("analyse lines without storing them"),
    "parts:read": _l("read the part library"),
    "parts:write": _l("decide about parts and declare what is in them"),
    "knowledge:read": _l("look up materials, countries, codes and methods"),
    "cases:read": _l("read the cases of the help-desk"),
    "cases:write": _l("keep cases of the help-desk"),
    "admin": _l("look after people, keys and the company itself"),
}
ACTIONS: Final[Mapping[str, Any]] = {
    "company.created": _l("company created"),
    "company.exported": _l("everything exported"),
    "company.erased": _l("company deleted"),
    "user.created": _l("person added"),
    "user.role-changed": _l("role of a person changed"),
    "user.password-changed": _l("password changed"),
    "user.signed-in": _l("signed in"),
    "user.signed-out": _l("signed out"),
    "user.removed": _l("person removed"),
    "invitation.created": _l("invitation made"),
    "invitation.withdrawn": _l("invitation withdrawn"),
    "key.created": _l("API key made"),
    "key.rotated": _l("API key rotated"),
    "key.revoked": _l("API key revoked"),
    "bom.created": _l("BOM handed over"),
    "bom.version-added": _l("new version of a BOM handed over"),
    "bom.deleted": _l("BOM deleted"),
    "bom.expired": _l("BOM removed because of its age"),
    "columns.remembered": _l("correction of columns remembered"),
    "columns.forgotten": _l("correction of columns forgotten"),
    "job.cancelled": _l("work stopped"),
    "part.decided": _l("decision about a part"),
    "part.decision-undone": _l("decision about a part undone"),
    "part.declared": _l("declaration for a part added"),
    "part.declaration-removed": _l("declaration for a part withdrawn"),
    "parts.declared": _l("declarations read from a file"),
    "parts.imported": _l("part library imported"),
    "case.created": _l("case made"),
    "case.changed": _l("case changed"),
    "case.deleted": _l("case deleted"),
    "case.expired": _l("case removed because of its age"),
}
ACTORS: Final[Mapping[str, Any]] = {
    "command": _l("operator of the service"),
    "service": _l("the service itself"),
    "public": _l("the form for everybody"),
    "user": _l("somebody who is no longer here"),
    "key": _l("an API key"),
    "invitation": _l("by invitation"),
}
