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
MEASURE_KINDS: Final[Mapping[str, Any]] = {
    "diversify": _l("Buy elsewhere"),
    "substitute": _l("Replace it"),
    "reduce": _l("Use less of it"),
    "recycle": _l("Recycle it"),
    "stock": _l("Keep a stock"),
    "reshore": _l("Make it in the EU"),
}
BASELINES: Final[Mapping[str, Any]] = {
    "eu_sourcing": _l("for who buys as the EU does"),
    "world": _l("for who buys as the world does"),
    "production": _l("for who buys as the world does"),
}
"""Whose sourcing stands for the buyer's."""
SINCE: Final[Mapping[str, Any]] = {
    "rising": _l("▲ risen since 2016–2020"),
    "falling": _l("▼ fallen since 2016–2020"),
    "steady": _l("the same as in 2016–2020"),
    "unclear": _l("change since 2016–2020 not clear"),
}
"""What became of the world's part of the supply risk."""

NO_STOCK: Final[Mapping[str, Any]] = {
    "annual_units_missing": _l("no number of products per year is given"),
    "mass_missing": _l("no mass is known"),
    "mass_incomplete": _l("the mass of some parts is not known"),
}
