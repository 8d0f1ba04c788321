"""A small lexicon of our own, so that rules can be tested apart from the release."""

import pytest

from scanner.core.evidence import Target
from scanner.core.lexicon import Ambiguity, Lexicon, MatchRule, PartNumberRule, Term
from scanner.core.names import EvidenceKind, TargetKind
from scanner.match import Matcher

PARENTS = {
    "electronic_component": None,
    "capacitor": "electronic_component",
    "mlcc": "capacitor",
    "mlcc_class2_bme": "mlcc",
    "tantalum_cap": "capacitor",
    "resistor": "electronic_component",
    "connector": "electronic_component",
    "motor": "electronic_component",
    "battery": "electronic_component",
    "mechanical_part": None,
    "fastener_steel": "mechanical_part",
}

CLASS_WORDS = {
    "capacitor": [("capacitor", "en"), ("condensator", "nl"), ("Kondensator", "de")],
    "mlcc_class2_bme": [("X7R", "mul")],
    "tantalum_cap": [("tantaal", "nl"), ("tantalum capacitor", "en")],
    "resistor": [("resistor", "en")],
    "connector": [("connector", "en")],
    "motor": [("motor", "mul"), ("moteur", "fr")],
    "battery": [("battery", "en"), ("pile", "fr")],
    "fastener_steel": [("screw", "en")],
}


def term(text, target, kind, match="word", *, language="en", ambiguity="none", **more):
    key = f"terms/{text}/{language}/{target}"
    family, key_of = target.split(":")
    return Term(
        text=text,
        target=Target(TargetKind(family), key_of),
        kind=EvidenceKind(kind),
        match=MatchRule(match),
        language=language,
        ambiguity=Ambiguity(ambiguity),
        source="own",
        rule=key,
        **more,
    )


def small_lexicon():
    terms = [
        term(text, f"class:{class_id}", "component_class", language=language)
        for class_id, words in CLASS_WORDS.items()
        for text, language in words
    ]
    terms += [
        term("1.4404", "alloy:ss_1_4404", "designation", "key", family="stainless_austenitic"),
        *(
            term(text, f"alloy:{alloy}", "designation", "context", ambiguity="high", family=family)
            for text, alloy, family in (
                ("316L", "ss_1_4404", "stainless_austenitic"),
                ("316L", "ss_1_4435", "stainless_austenitic"),
                ("1060", "al_1060", "aluminium_wrought"),
                ("1060", "steel_1060", "steel_carbon"),
            )
        ),
        term("X5CrNi18-10", "alloy:ss_1_4301", "designation", "key"),
        term("CuBe", "alloy:cube", "wording"),
        term("nickel", "material:nickel", "wording"),
        term("gold", "material:gold", "wording", "context", ambiguity="high"),
        term("lead", "material:lead", "wording", "context", ambiguity="high"),
        term("lead time", "material:lead", "wording", "exclude", ambiguity="high"),
        term("lead-free", "material:lead", "wording", "exclude", negates=True),
        term("motor cable", "class:motor", "component_class", "exclude", ambiguity="high"),
        term("cable", "class:connector", "component_class"),
        term("Co", "material:cobalt", "wording", "context", ambiguity="high"),
    ]
    return Lexicon(
        terms=tuple(terms),
        part_numbers=(
            PartNumberRule(
                "part_numbers/mpn001", r"^GRM\d{2}", "Murata",
                Target(TargetKind.CLASS, "mlcc"), 0.95, "own",
            ),
            PartNumberRule(
                "part_numbers/mpn002", r"^T(491|495)[A-Z]", "KEMET",
                Target(TargetKind.CLASS, "tantalum_cap"), 0.5, "own",
            ),
            PartNumberRule(
                "part_numbers/mpn003", r"^TAJ[A-Z]", "AVX",
                Target(TargetKind.CLASS, "tantalum_cap"), 0.94, "own",
            ),
        ),
        designators={"C": ("capacitor", "mlcc"), "R": ("resistor",), "M": ("motor",)},
        class_parents=PARENTS,
        codes={
            "8104": term("8104", "code:8104", "commodity_code", "key"),
            "810411": term("810411", "code:810411", "commodity_code", "key"),
        },
        cas_numbers={"7440-02-0": term("7440-02-0", "substance:7440-02-0", "substance", "case")},
        version="small",
    )  # fmt: skip


@pytest.fixture(scope="session")
def lexicon():
    return small_lexicon()


@pytest.fixture(scope="session")
def matcher(lexicon):
    return Matcher(lexicon)


@pytest.fixture(scope="session")
def release_matcher(knowledge):
    return Matcher(knowledge.lexicon)
