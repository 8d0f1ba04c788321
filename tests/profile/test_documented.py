"""What an answer by documents alone says of what it leaves out."""

from dataclasses import replace

from scanner.core.composition import Composition, LeftOut, exactly
from scanner.core.evidence import RecognitionState
from scanner.core.scan import ScanOptions
from scanner.profile import profile
from tests.profile.test_profile import LIKELY, POSSIBLE, content, findings, use

__all__ = ["findings"]


def documented(found):
    options = ScanOptions(documented_only=True)
    return replace(found, basis=replace(found.basis, options=options))


def lacking(one, *left_out, restored=()):
    """The same use of a recognised part of which statements are left out."""
    part = one.part
    composition = Composition(
        part.composition.contents,
        left_out=tuple(LeftOut(material, presence) for material, presence in left_out),
        restored=restored,
    )
    recognition = replace(part.recognition, state=RecognitionState.RECOGNISED)
    return replace(one, part=replace(part, composition=composition, recognition=recognition))


def test_all_statements_count_unless_asked_otherwise(findings):
    document = profile(findings(use("a", content("copper", LIKELY, exactly(1.0)))))
    assert document["options"]["documented_only"] is False
    assert (document["left_out"], document["restored"]) == (None, None)
    assert document["coverage"]["undocumented"] == 0


def test_it_counts_parts_lines_and_materials(findings):
    document = profile(
        documented(
            findings(
                lacking(
                    use("a", content("copper", LIKELY, exactly(1.0)), lines=2), ("tin", LIKELY)
                ),
                lacking(use("b", lines=3, unfitted_lines=1), ("zinc", LIKELY), ("tin", POSSIBLE)),
                lacking(use("c", lines=1, assembly_lines=1), ("gold", LIKELY)),
                lacking(use("d", content("zinc", LIKELY, None)), restored=("zinc",)),
            )
        )
    )
    assert document["options"]["documented_only"] is True
    assert document["left_out"] == {"parts": 2, "lines": 4, "materials": ["tin", "zinc"]}
    assert document["restored"] == {"parts": 1, "lines": 1, "materials": ["zinc"]}


def test_a_part_without_documents_is_recognised_and_undocumented(findings):
    coverage = profile(
        documented(findings(lacking(use("a", lines=2), ("tin", LIKELY)), lacking(use("b"))))
    )["coverage"]
    assert (coverage["recognised"], coverage["unrecognised"]) == (3, 0)
    assert (coverage["without_materials"], coverage["undocumented"]) == (3, 2)


def test_a_mass_is_not_complete_where_a_likely_statement_is_left_out(findings):
    whole = use("a", content("tin", LIKELY, exactly(2.0)))
    for presence, gaps in ((LIKELY, ["left_out"]), (POSSIBLE, [])):
        found = documented(findings(whole, lacking(use("b"), ("tin", presence))))
        (tin,) = profile(found)["materials"]
        assert (tin["mass_g"]["high"], tin["mass_gaps"]) == (2.0, gaps)
        assert tin["mass_complete"] is not bool(gaps)


def test_what_is_left_out_may_be_of_the_listed_grade(findings):
    steel = use("a", replace(content("nickel", LIKELY, exactly(2.0)), roles=("alloy",)))
    (alone,) = profile(documented(findings(steel)))["materials"]
    assert alone["strategic"]["applies"] == "no"
    beside = documented(findings(steel, lacking(use("b"), ("nickel", LIKELY))))
    assert profile(beside)["materials"][0]["strategic"]["applies"] == "undetermined"
