from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.bom import Part
from scanner.core.evidence import RecognitionState
from scanner.core.names import EvidenceKind
from scanner.match import Matcher


def targets(recognition):
    return {str(evidence.points_to) for evidence in recognition.evidence}


def recognise(matcher, **part):
    return matcher.recognise(Part(**part))


def test_nothing_is_unrecognised(matcher):
    assert recognise(matcher).state is RecognitionState.UNRECOGNISED
    assert recognise(matcher, description="Thing").state is RecognitionState.UNRECOGNISED


def test_evidence_is_what_was_written(matcher):
    (evidence,) = recognise(matcher, description="Tantaal-Kondensator!").evidence[:1]
    assert evidence.text in "Tantaal-Kondensator!"
    assert evidence.field == "description"
    assert evidence.rule.startswith("terms/")


def test_the_narrower_class_wins(matcher):
    found = recognise(matcher, description="capacitor 100nF X7R", designator_prefix="C")
    assert targets(found) == {"class:mlcc_class2_bme"}
    assert found.evidence[0].confidence > 0.9


def test_the_front_of_a_compound_narrows_its_tail(matcher):
    assert targets(recognise(matcher, description="Tantaalcondensator")) == {"class:tantalum_cap"}
    assert targets(recognise(matcher, description="Folienkondensatoren")) == {"class:capacitor"}


def test_a_class_word_at_the_front_of_a_compound_is_not_the_part(matcher):
    assert targets(recognise(matcher, description="Kondensatorhalter")) == set()


def test_clues_that_agree_make_surer_and_clues_that_disagree_less_sure(matcher):
    alone = recognise(matcher, description="capacitor").evidence[0].confidence
    agreed = recognise(matcher, description="capacitor", designator_prefix="C")
    against = recognise(matcher, description="capacitor", designator_prefix="R")
    assert against.evidence[0].confidence < alone < agreed.evidence[0].confidence


def test_parts_of_which_clues_speak_alike_keep_their_own_words(matcher):
    one = recognise(matcher, description="Capacitor 1", designator_prefix="C").evidence[0]
    other = recognise(matcher, description="2 CAPACITOR", designator_prefix="C").evidence[0]
    assert (one.text, other.text) == ("Capacitor", "CAPACITOR")
    assert (one.points_to, one.confidence) == (other.points_to, other.confidence)


def test_a_designator_alone_gives_its_class_with_modest_confidence(matcher):
    (evidence,) = recognise(matcher, designator_prefix="R").evidence
    assert str(evidence.points_to) == "class:resistor"
    assert evidence.confidence < 0.6


def test_a_designator_that_is_used_for_anything_needs_a_second_clue(matcher):
    found = recognise(matcher, designator_prefix="M")
    assert found.state is RecognitionState.AMBIGUOUS
    assert found.evidence == ()


def test_of_two_numbers_that_disagree_only_what_they_share_is_kept(matcher):
    found = recognise(matcher, maker_number="GRM188R71C104, TAJB106K016")
    assert targets(found) == {"class:capacitor"}


@pytest.mark.parametrize(
    "description",
    ["connector for motor", "motor connector", "connector, motor", "connector voor motor",
     "connector pour moteur"],
)  # fmt: skip
def test_the_head_noun_is_the_part(matcher, description):
    assert targets(recognise(matcher, description=description)) == {"class:connector"}


@pytest.mark.parametrize("description", ["motor bracket", "battery holder", "support de pile"])
def test_what_holds_a_part_is_not_the_part(matcher, description):
    assert targets(recognise(matcher, description=description)) == set()


def test_what_comes_with_a_part_is_named_only(matcher):
    found = recognise(matcher, description="motor with battery")
    kinds = {str(item.points_to): item.kind for item in found.evidence}
    assert kinds["class:motor"] is EvidenceKind.COMPONENT_CLASS
    assert kinds["class:battery"] is EvidenceKind.WORDING


def test_an_exclusion_hides_what_it_says_is_not_meant(matcher):
    assert targets(recognise(matcher, description="motor cable")) == {"class:connector"}
    assert targets(recognise(matcher, description="lead time 5 weeks")) == set()


def test_denials_are_evidence_of_absence(matcher):
    found = recognise(matcher, description="screw, lead-free, no nickel")
    assert {str(item.points_to) for item in found.negations} == {"material:lead", "material:nickel"}
    assert targets(found) == {"class:fastener_steel"}


def test_a_word_of_many_meanings_needs_words_of_materials(matcher):
    assert targets(recognise(matcher, description="gold edition")) == set()
    (evidence,) = recognise(matcher, description="Gold plated").evidence
    assert evidence.layer
    assert targets(recognise(matcher, material="Gold")) == {"material:gold"}
    assert targets(recognise(matcher, description="gold plated, RAL 9006 paint")) == {
        "material:gold"
    }


def test_case_counts_for_short_formulas(matcher):
    assert targets(recognise(matcher, description="CuBe strip")) == {"alloy:cube"}
    assert targets(recognise(matcher, description="mounting cube")) == set()


@pytest.mark.parametrize("spelling", ["1.4404", "1,4404", "1. 4404"])
def test_a_steel_number_in_any_spelling(matcher, spelling):
    assert targets(recognise(matcher, description=f"Pipe {spelling} round")) == {"alloy:ss_1_4404"}


@pytest.mark.parametrize("text", ["Pos 1 4404", "14404", "1 14404 5"])
def test_a_number_is_no_steel(matcher, text):
    assert targets(recognise(matcher, description=text)) == set()


def test_one_designation_settles_another(matcher):
    found = recognise(matcher, material="1.4404/316L")
    assert targets(found) == {"alloy:ss_1_4404"}
    assert found.state is RecognitionState.RECOGNISED


def test_a_designation_shared_within_a_family_is_its_first_alloy(matcher):
    (evidence,) = recognise(matcher, material="316L").evidence
    assert str(evidence.points_to) == "alloy:ss_1_4404"
    assert evidence.confidence < 0.8


def test_a_designation_shared_between_families_is_left_to_a_person(matcher):
    found = recognise(matcher, material="1060")
    assert found.state is RecognitionState.AMBIGUOUS
    assert found.evidence == ()
    assert {str(item.points_to) for item in found.candidates} == {
        "alloy:al_1060",
        "alloy:steel_1060",
    }


def test_a_word_of_the_family_chooses(matcher):
    assert targets(recognise(matcher, material="1060 aluminium")) == {"alloy:al_1060"}
    assert targets(recognise(matcher, material="Steel 1060")) == {"alloy:steel_1060"}


def test_another_material_replaces_the_steel_that_a_screw_is_presumed_to_be(matcher):
    assert targets(recognise(matcher, description="nickel screw")) == {"material:nickel"}
    assert targets(recognise(matcher, description="nylon screw")) == set()
    assert targets(recognise(matcher, description="screw nickel plated")) == {
        "class:fastener_steel",
        "material:nickel",
    }


def test_cas_numbers_need_a_right_check_digit(matcher):
    assert targets(recognise(matcher, cas="7440-02-0")) == {"substance:7440-02-0"}
    assert targets(recognise(matcher, cas="7440-02-1")) == set()


@pytest.mark.parametrize(
    ("code", "target"),
    [("8104.11.00", "code:810411"), ("8104 30", "code:8104"), ("8104", "code:8104")],
)
def test_the_longest_known_heading_of_a_commodity_code(matcher, code, target):
    assert targets(recognise(matcher, commodity_code=code)) == {target}


def test_unknown_commodity_codes_tell_nothing(matcher):
    assert recognise(matcher, commodity_code="9999").evidence == ()
    assert recognise(matcher, commodity_code="n/a").evidence == ()


TEXTS = st.one_of(
    st.none(),
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["motor", "for", "capacitor", "X7R", "1.4404", "gold", "plated", ",", "no", "lead-free",
             "GRM188R71", "100nF", "de", "7440-02-0", "battery", "holder", "µ", "\x00", "with"]
        ),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip
PARTS = st.builds(Part, **{item.name: TEXTS for item in fields(Part) if item.name != "unit_mass_g"})


@settings(max_examples=300, deadline=None)
@given(PARTS)
def test_any_text_is_recognised_or_not_and_always_the_same(lexicon, matcher, part):
    found = matcher.recognise(part)
    assert found == Matcher(lexicon).recognise(part)
    for evidence in (*found.evidence, *found.candidates, *found.negations):
        assert 0 < evidence.confidence <= 1
        assert evidence.text in (getattr(part, evidence.field) or "")
    assert (found.state is RecognitionState.UNRECOGNISED) == (
        not found.evidence and not found.candidates
    )
    ranks = [evidence.kind.rank for evidence in found.evidence]
    assert ranks == sorted(ranks)


def test_a_million_characters_take_no_time(matcher):
    found = recognise(matcher, description="motor for " * 100_000)
    assert found.state in RecognitionState
