"""The document: order, honesty about gaps, sources, and bytes that never change."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.bom import Part, Reading, RowCounts
from scanner.core.composition import Composition, Content, MassGap, Range, exactly, nominal
from scanner.core.evidence import Evidence, Recognition, RecognitionState, Target
from scanner.core.names import EvidenceKind, MaterialId, Presence, SourceId, TargetKind
from scanner.core.scan import Basis, ContentUse, Findings, PartUse, ScannedPart, ScanOptions
from scanner.profile import canonical, digest, profile

OWN = SourceId("own")
IDLE = ("assembly_lines", "unfitted_lines", "zero_lines")


def content(material: str, presence: Presence, mass: Range | None) -> Content:
    return Content(
        material=MaterialId(material),
        presence=presence,
        fraction=None,
        mass_g=mass,
        gap=None if mass else MassGap.PRESENCE_ONLY,
        roles=("magnet",),
        basis="element",
        upstream=False,
        grade=None,
        expert=False,
        evidence=(0,),
        sources=(OWN,),
    )


def answered(
    low: float | None, typical: float | None, high: float | None, *, known: bool = True
) -> dict[str, object]:
    return {"low": low, "typical": typical, "high": high, "range_known": known}


def use(key: str, *contents: Content, pieces: float = 1.0, **counts: int) -> PartUse:
    evidence = Evidence(
        EvidenceKind.WORDING, "magnet", "description", Target(TargetKind.CLASS, "x"), 0.9, OWN, "r1"
    )
    state = RecognitionState.RECOGNISED if contents else RecognitionState.UNRECOGNISED
    part = ScannedPart(
        key=f"own:{key}",
        fingerprint=key * 8,
        part=Part(number=key),
        recognition=Recognition(state, (evidence,) if contents else ()),
        composition=Composition(contents),
    )
    counted = {"lines": 1, **dict.fromkeys(IDLE, 0), **counts}
    idle = counted["lines"] == sum(counted[name] for name in IDLE)
    masses = tuple(
        ContentUse(c.mass_g.scaled(pieces) if c.mass_g else None, c.gap) for c in contents
    )
    return PartUse(part=part, pieces=pieces, contents=() if idle else masses, **counted)


@pytest.fixture
def findings(engine):
    basis = Basis(
        sha256="0" * 64,
        reading=Reading(format="csv", counts=RowCounts(rows=3, headers=1, lines=2)),
        release=engine.knowledge.release,
        engine_version="0",
        normalisation="1",
        options=ScanOptions(),
    )

    def build(*uses: PartUse, annual_units: Decimal | None = None) -> Findings:
        return Findings(
            basis=replace(basis, options=ScanOptions(annual_units)),
            uses=uses,
            problems=(),
            assessments=engine.assessments,
            supply=engine.knowledge.supply,
            sources=engine.knowledge.sources,
        )

    return build


LIKELY, POSSIBLE = Presence.LIKELY, Presence.POSSIBLE


def test_possible_materials_stand_apart_whatever_their_risk(findings):
    document = profile(
        findings(
            use("a", content("copper", LIKELY, exactly(1.0))),
            use("b", content("neodymium", LIKELY, exactly(2.0))),
            use("c", content("dysprosium", POSSIBLE, None)),
        )
    )
    assert [m["material"] for m in document["materials"]] == ["neodymium", "copper", "dysprosium"]
    assert [h["score_material"] for h in document["hotspots"]] == ["neodymium", "copper"]


def test_unknown_mass_is_null_with_its_reason_and_never_zero(findings):
    document = profile(findings(use("a", content("cobalt", LIKELY, None))))
    (cobalt,) = document["materials"]
    assert cobalt["mass_g"] is None
    assert cobalt["mass_gaps"] == ["presence_only"]
    assert cobalt["mass_complete"] is False


def test_one_unknown_mass_makes_the_sum_incomplete(findings):
    document = profile(
        findings(
            use("a", content("cobalt", LIKELY, exactly(2.0)), pieces=3),
            use("b", content("cobalt", LIKELY, None)),
        )
    )
    (cobalt,) = document["materials"]
    assert cobalt["mass_g"] == answered(6.0, 6.0, 6.0)
    assert cobalt["mass_complete"] is False


def test_what_is_only_possible_may_weigh_nothing(findings):
    mass = Range(1.0, 2.0, 3.0)
    document = profile(findings(use("a", content("cobalt", POSSIBLE, mass))))
    assert document["materials"][0]["mass_g"] == answered(0.0, 2.0, 3.0)


def test_a_nominal_mass_has_no_limits(findings):
    document = profile(findings(use("a", content("cobalt", LIKELY, nominal(2.0)), pieces=3)))
    assert document["materials"][0]["mass_g"] == answered(None, 6.0, None, known=False)


def test_a_nominal_mass_makes_a_sum_without_limits(findings):
    document = profile(
        findings(
            use("a", content("cobalt", LIKELY, nominal(2.0))),
            use("b", content("cobalt", LIKELY, Range(1.0, None, 3.0))),
        )
    )
    assert document["materials"][0]["mass_g"] == answered(3.0, None, 5.0, known=False)


def test_a_nominal_mass_that_is_only_possible_may_be_nothing(findings):
    document = profile(findings(use("a", content("cobalt", POSSIBLE, nominal(2.0)))))
    assert document["materials"][0]["mass_g"] == answered(0.0, 2.0, 2.0, known=False)


def test_kilograms_per_year_only_with_annual_units(findings):
    part = use("a", content("cobalt", LIKELY, exactly(2.0)))
    assert profile(findings(part))["materials"][0]["annual_mass_kg"] is None
    yearly = profile(findings(part, annual_units=Decimal(500)))["materials"][0]["annual_mass_kg"]
    assert yearly == answered(1.0, 1.0, 1.0)


def test_assemblies_and_parts_that_are_unfitted_or_there_0_times_bring_nothing(findings):
    magnet = content("neodymium", LIKELY, exactly(2.0))
    uses = (use(name, magnet, **{name: 1}) for name in IDLE)
    document = profile(findings(*uses))
    assert document["materials"] == []
    assert document["coverage"]["assemblies"] == 1
    assert document["coverage"]["not_fitted"] == 1
    assert document["coverage"]["zero_amount"] == 1
    assert document["coverage"]["recognised"] == 0


def test_unrecognised_parts_are_counted_and_named(findings):
    document = profile(findings(use("a", lines=3), use("b", content("copper", LIKELY, None))))
    assert document["coverage"]["unrecognised"] == 3
    assert document["unrecognised"]["parts"] == 1
    assert document["unrecognised"]["shown"][0]["part"]["number"] == "a"


def test_every_source_is_in_the_list(findings):
    document = profile(findings(use("a", content("neodymium", LIKELY, exactly(1.0)))))
    assert "own" in document["sources"]
    assert document["materials"][0]["supply_risk"]["source"] in document["sources"]


def test_order_of_parts_does_not_change_a_byte(findings):
    parts = [use(c, content("cobalt", LIKELY, exactly(0.1 * i))) for i, c in enumerate("abcdefg")]
    assert canonical(profile(findings(*parts))) == canonical(profile(findings(*reversed(parts))))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_canonical_numbers_keep_nine_digits_and_are_stable(value):
    once = canonical({"b": value, "a": [value]})
    assert canonical({"a": (value,), "b": value}) == once
    import orjson

    assert canonical(orjson.loads(once)) == once
    assert orjson.loads(once)["b"] == pytest.approx(value, rel=1e-8)


def test_digest_is_sha256():
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_battery_grade_listing_does_not_mean_the_nickel_of_steel(findings):
    steel = replace(content("nickel", LIKELY, exactly(1.0)), roles=("alloy",))
    electrode = replace(
        content("nickel", LIKELY, exactly(1.0)), roles=("cathode",), grade="battery"
    )
    other = replace(content("nickel", LIKELY, exactly(1.0)), roles=("body",))
    for part, applies in ((steel, "no"), (electrode, "yes"), (other, "undetermined")):
        document = profile(findings(use("a", part)))
        assert document["materials"][0]["strategic"]["applies"] == applies
        named = [spot["critical_materials"] for spot in document["hotspots"]]
        assert named == ([] if applies == "no" else [["nickel"]])


@pytest.mark.parametrize(
    ("material", "roles", "grade", "applies"),
    [
        ("neodymium", ("magnet",), "magnet", "yes"),
        ("samarium", ("alloy",), "magnet", "yes"),
        ("neodymium", ("alloy",), None, "no"),
        ("cerium", ("phosphor",), None, "no"),
        ("cerium", ("oxygen_storage",), None, "no"),
        ("dysprosium", ("dopant", "magnet"), "magnet", "yes"),
        ("dysprosium", ("dopant", "body"), None, "undetermined"),
        ("neodymium", ("system",), None, "undetermined"),
        ("neodymium", ("declared",), None, "undetermined"),
        ("silicon_metal", ("die",), None, "yes"),
        ("titanium_metal", ("named",), None, "yes"),
        ("magnesium", ("alloy",), None, "yes"),
        ("magnesium", ("commodity",), None, "undetermined"),
        ("boron", ("magnet",), "magnet", "undetermined"),
        ("boron", ("conductor_glass",), None, "no"),
        ("lithium", ("electrode",), "battery", "yes"),
        ("lithium", ("alloy",), None, "no"),
        ("cobalt", ("alloy",), None, "yes"),
    ],
)
def test_role_shows_or_rules_out_the_grade_that_a_list_means(
    findings, material, roles, grade, applies
):
    part = replace(content(material, LIKELY, exactly(1.0)), roles=roles, grade=grade)
    listing = profile(findings(use("a", part)))["materials"][0]["strategic"]
    assert listing["applies"] == applies
    assert ("own" in listing["sources"]) == (listing["qualifier"] is not None)


def test_a_possible_use_leaves_no_gap_in_a_sure_mass(findings):
    document = profile(
        findings(
            use("a", content("neodymium", LIKELY, exactly(2.0))),
            use("b", content("neodymium", POSSIBLE, None)),
        )
    )
    (neodymium,) = document["materials"]
    assert neodymium["mass_complete"] is True
    assert neodymium["parts"]["count"] == 2


def test_recognised_lines_without_any_material_are_said(findings):
    unknown = use("a", lines=2)
    recognition = replace(unknown.part.recognition, state=RecognitionState.RECOGNISED)
    recognised = replace(unknown, part=replace(unknown.part, recognition=recognition))
    coverage = profile(findings(recognised))["coverage"]
    assert coverage["recognised"] == 2
    assert coverage["without_materials"] == 2
