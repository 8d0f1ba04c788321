"""What methods say of a raw material, in words: groups, levels, trends, and how the EU stands."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

INDICATOR_GROUPS: Final[Mapping[str, Any]] = {
    "long_term_supply": _l("Supply in the long term"),
    "short_term_supply": _l("Supply in the short term"),
    "business": _l("Business"),
    "people_and_environment": _l("People and environment"),
}
LEVELS: Final[Mapping[str, Any]] = {
    "low": _l("low risk"),
    "moderate": _l("moderate risk"),
    "high": _l("high risk"),
}
TRENDS: Final[Mapping[str, Any]] = {
    "rising": _l("The risk on the world market has risen."),
    "falling": _l("The risk on the world market has fallen."),
    "steady": _l("The risk on the world market has stayed the same."),
    "unclear": _l("Whether the risk on the world market rose or fell is not clear."),
}
STANDINGS: Final[Mapping[str, Any]] = {
    "eu": _l("in the EU"),
    "agreement": _l("with a trade agreement"),
    "partnership": _l("with a raw-materials partnership"),
    "other": _l("other countries"),
}
