"""The tables of commodity codes: what a code is called, what it names, and what its goods hold."""

from dataclasses import dataclass
from typing import Annotated

from scanner.core.catalogue import FiguresOf, IntensityUnit
from scanner.knowledge.columns import (
    Amount,
    Check,
    Cited,
    Class,
    Count,
    Fraction,
    Material,
    PresenceWord,
    Table,
)

Code = Annotated[str, Check(refers="codes")]


@dataclass(frozen=True, slots=True)
class CodeNameRow:
    """A code of the Harmonized System (2, 4, 6 digits) or the Combined Nomenclature (8).

    The heading above a code is the code without its last two digits. `in_taric_2025` says whether
    the customs tariff still had it on 1 May 2025; empty above eight digits.
    """

    code: Annotated[str, Check(pattern=r"(\d\d){1,4}")]
    nomenclature: Annotated[str, Check(pattern=r"HS2022|CN2023")]
    name_en: str
    name_nl: str | None
    in_taric_2025: bool | None
    source: Cited


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A commodity code (4, 6 or 8 digits) whose own text names one material or one class."""

    code: Code
    material: Material | None
    class_id: Class | None
    low: Fraction | None
    typical: Fraction | None
    high: Fraction | None
    upstream: bool
    source: Cited


@dataclass(frozen=True, slots=True)
class CodeContentRow:
    """One raw material in the goods of a code (ten digits: a subdivision of the tariff).

    Each figure stands alone, as printed: `low` without `high` is "not less than". `presence` is
    empty where there is only an upper limit, which makes none.
    """

    code: Annotated[str, Check(pattern=r"(\d\d){2,5}")]
    material: Material
    form: Annotated[str, Check(pattern=r"[a-z_]+")]
    role: Annotated[str, Check(pattern=r"[a-z_]+")]
    presence: PresenceWord | None
    low: Fraction | None
    typical: Fraction | None
    high: Fraction | None
    figures_of: FiguresOf
    basis: str
    expert: bool
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class CodeIntensityRow:
    """How much of a raw material one kind of the goods needs, per unit; no mass fraction.

    `values` is the number of published values behind the figure, where that is said.
    """

    code: Code
    product: str
    material: Material
    low: Amount | None
    typical: Amount
    high: Amount | None
    unit: IntensityUnit
    values: Count | None
    source: Cited
    note: str | None


TABLES = (
    Table("codes", CodeNameRow, ("code",)),
    Table("commodity_codes", CodeRow, ("code",)),
    Table("code_contents", CodeContentRow, ("code", "material", "role", "basis", "source")),
    Table("code_intensities", CodeIntensityRow, ("code", "product", "material")),
)
