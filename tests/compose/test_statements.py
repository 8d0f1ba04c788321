"""What people stated to be in a part: certain, weighed, and nothing made up around it."""

import pytest

from scanner.core.bom import Part
from scanner.core.composition import MassGap, Range, exactly
from scanner.core.evidence import Target
from scanner.core.names import MaterialId, Presence, TargetKind
from scanner.core.statements import (
    Decision,
    DecisionKind,
    Declaration,
    DeclaredSubstance,
    Named,
    StatedContent,
    Statements,
)

STEEL = Part(number="1", description="Shaft 1.4404")
HEAVY = Part(number="1", description="Shaft 1.4404", unit_mass_g=200.0)
NICKEL, ETHANOL = "7440-02-0", "64-17-5"


def contents(engine, part, **said):
    scanned = engine.recognise(part, Statements(revision=1, **said))
    return {one.material: one for one in scanned.composition.contents}, scanned


def own(*stated):
    return Decision(1, DecisionKind.REPLACE, contents=stated)


def test_stated_grams_become_a_fraction_only_of_a_piece_of_known_mass(engine):
    stated = own(StatedContent(MaterialId("cobalt"), mass_g=Range(1.0, 2.0, 4.0)))
    light, _ = contents(engine, STEEL, decision=stated)
    heavy, _ = contents(engine, HEAVY, decision=stated)
    assert light["cobalt"].fraction is None
    assert light["cobalt"].mass_g == heavy["cobalt"].mass_g == Range(1.0, 2.0, 4.0)
    assert heavy["cobalt"].fraction == Range(0.005, 0.01, 0.02)
    assert set(light) == {"cobalt"}


def test_a_stated_fraction_weighs_by_the_piece(engine):
    stated = own(StatedContent(MaterialId("cobalt"), fraction=Range(0.0, None, 0.5)))
    light, _ = contents(engine, STEEL, decision=stated)
    assert (light["cobalt"].mass_g, light["cobalt"].gap) == (None, MassGap.NO_UNIT_MASS)
    assert light["cobalt"].presence is Presence.POSSIBLE
    heavy, scanned = contents(engine, HEAVY, decision=stated)
    assert heavy["cobalt"].mass_g == Range(0.0, None, 100.0)
    assert heavy["cobalt"].evidence == (0,)
    assert scanned.revision == 1


def test_declared_substances_become_raw_materials_by_the_release(engine):
    declared = Declaration(
        1, True, (DeclaredSubstance(NICKEL, mass_g=3.0), DeclaredSubstance(ETHANOL, mass_g=1.0))
    )
    found, _ = contents(engine, HEAVY, declarations=(declared,))
    assert found["nickel"].mass_g == exactly(3.0)
    assert found["nickel"].presence is Presence.CERTAIN
    assert found["nickel"].fraction == exactly(0.015)
    assert "company_declaration" in found["nickel"].sources
    assert set(found) == {"nickel"}


def test_substances_of_one_material_add_up(engine):
    twice = Declaration(
        1, True, (DeclaredSubstance(NICKEL, mass_g=1.0), DeclaredSubstance(NICKEL, mass_g=2.0))
    )
    mixed = Declaration(
        1, True, (DeclaredSubstance(NICKEL, mass_g=1.0), DeclaredSubstance(NICKEL, fraction=0.1))
    )
    assert contents(engine, STEEL, declarations=(twice,))[0]["nickel"].mass_g == exactly(3.0)
    found = contents(engine, STEEL, declarations=(mixed,))[0]["nickel"]
    assert (found.mass_g, found.fraction) == (None, None)
    assert contents(engine, HEAVY, declarations=(mixed,))[0]["nickel"].mass_g == exactly(21.0)


def test_the_mass_of_the_bom_stands_above_a_declared_one(engine):
    declared = Declaration(1, False, (DeclaredSubstance(NICKEL, fraction=0.1),), unit_mass_g=10.0)
    light, scanned = contents(engine, STEEL, declarations=(declared,))
    assert scanned.composition.unit_mass.origin == "declaration"
    assert light["nickel"].mass_g == exactly(1.0)
    assert light["chromium"].mass_g.high <= 10.0
    heavy, scanned = contents(engine, HEAVY, declarations=(declared,))
    assert scanned.composition.unit_mass.origin == "bom"
    assert heavy["nickel"].mass_g == exactly(20.0)


@pytest.mark.parametrize("material", ["nickel", "chromium"])
def test_a_dismissed_material_is_gone_whatever_named_it(engine, material):
    named = (Named(Target(TargetKind.MATERIAL, material)),)
    before = {one.material for one in engine.recognise(STEEL).composition.contents}
    dismissed = Decision(1, DecisionKind.DISMISS, named)
    found, _ = contents(engine, STEEL, dismissals=(dismissed,))
    assert before - set(found) == {material}
    assert not set(found) - before


def test_nothing_is_left_out_of_what_is_stated(engine):
    motor = Part(number="1", description="Elektromotor 24V")
    assert engine.recognise(motor, documented_only=True).composition.left_out
    declared = Declaration(1, True, (DeclaredSubstance(NICKEL, mass_g=1.0),))
    for said in ({"declarations": (declared,)}, {"decision": Decision(1, DecisionKind.NOTHING)}):
        heard = Statements(revision=1, **said)
        composition = engine.recognise(motor, heard, documented_only=True).composition
        assert (composition.left_out, composition.restored) == ((), ())
