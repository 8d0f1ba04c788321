"""Schemas of the strategic-dependency tests."""

from marshmallow import fields

from scanner.api.schemas_concentration import SupplierSchema
from scanner.api.schemas_legal import VERDICT
from scanner.api.schemas_problem import Document, always, nullable
from scanner.api.schemas_resources import MATERIALS, NOTE, SOURCE, one_of
from scanner.api.schemas_shared import STAGES, SourceSchema
from scanner.core.dependency import DependencyTest


class DependencyTestSchema(Document):
    """One test."""

    test = fields.String(
        validate=one_of(DependencyTest),
        **always(
            description="`cdi1`: imports from outside the EU are concentrated; `cdi2`: more comes "
            "from outside than from within; `cdi3`: more is imported than exported; "
            "`world_exports`: the world's exports are concentrated."
        ),
    )
    value = fields.Float(**nullable(description="The figure; null has a `reason`."))
    above = fields.String(validate=VERDICT, **always(description="Above the threshold."))
    reason = fields.String(
        **nullable(
            description="`weight_missing` (of a flow), `tiny_flow`, `no_trade`, "
            "`intra_eu_trade_missing`, `exports_missing`, `world_exports_missing`, `no_exports`; "
            "more may come."
        )
    )


class DependencyYearSchema(DependencyTestSchema):
    """CDI1 of one year."""

    year = fields.String(**always(description="Year.", example="2024"))
    unit = fields.String(**always(description="`kUSD` or `t`."))
    total = fields.Float(**nullable(description="All imports, in `unit`."))
    allied_share = fields.Float(
        **nullable(
            description="Fraction from countries that have an applied trade agreement or a "
            "raw-materials partnership with the EU; it is in the figure like all others."
        )
    )
    countries = fields.Integer(**always(description="Countries of origin."))
    origins = fields.List(
        fields.Nested(SupplierSchema), **always(description="The biggest; explained: all.")
    )


class CodeDependencySchema(Document):
    """The tests of one code of the Harmonized System."""

    code = fields.String(**always(description="Six digits.", example="261710"))
    stage = fields.String(validate=STAGES, **nullable(description="Null: semi-finished goods."))
    note = fields.String(**NOTE)
    materials = fields.List(fields.String(), **MATERIALS)
    by_value = fields.List(
        fields.Nested(DependencyYearSchema),
        **always(description="CDI1: the newest year, and the newest with a figure."),
    )
    by_weight = fields.List(
        fields.Nested(DependencyYearSchema), **always(description="The same, in tonnes.")
    )
    others = fields.List(
        fields.Nested(DependencyTestSchema), **always(description="Tests that need more data.")
    )
    lasting = fields.String(
        validate=VERDICT,
        **always(description="CDI1 by value was above in two of the newest three years."),
    )
    dependent = fields.String(
        validate=VERDICT, **always(description="CDI1 (newest, by value), CDI2 and CDI3 are above.")
    )
    source = fields.String(**SOURCE)


class CodeNotHeldSchema(Document):
    """A code that counts the material, of which the release has no imports."""

    code = fields.String(**always(description="Six digits."))
    stage = fields.String(validate=STAGES, **nullable(description="Null: semi-finished goods."))
    note = fields.String(**NOTE)
    source = fields.String(**SOURCE)


class MaterialDependencySchema(Document):
    """The strategic-dependency tests of one raw material."""

    material = fields.String(**always(description="Material id.", example="antimony"))
    name = fields.String(**always(description="Name in the language of the answer."))
    method = fields.String(**always(description="Key of the method.", example="dependency"))
    thresholds = fields.Dict(
        keys=fields.String(), values=fields.Float(), **always(description="By test; above counts.")
    )
    floor_kusd = fields.Float(**always(description="Imports under it leave the answer unknown."))
    codes = fields.List(fields.Nested(CodeDependencySchema), **always(description="By code."))
    not_held = fields.List(
        fields.Nested(CodeNotHeldSchema), **always(description="Codes without flows here.")
    )
    reason = fields.String(**nullable(description="`no_trade_code` where no code is tested."))
    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))
    sources = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(SourceSchema),
        **always(description="Every source cited in this answer, by key."),
    )
