"""Tables → `Lexicon`: terms, part-number rules, designators, codes and CAS numbers."""

from collections import defaultdict

from scanner.core.evidence import Target
from scanner.core.lexicon import Ambiguity, Lexicon, MatchRule, PartNumberRule, Term
from scanner.core.names import ClassId, EvidenceKind, Language, SourceId, TargetKind
from scanner.knowledge import schema, schema_codes
from scanner.knowledge.tables import Tables

ANY_LANGUAGE = Language("mul")


def compile_lexicon(tables: Tables, version: str) -> Lexicon:
    """All terms and rules; `version` is the id of the release."""
    return Lexicon(
        terms=_terms(tables),
        part_numbers=tuple(_part_number(row) for row in tables.of(schema.PartNumberRow)),
        designators=_designators(tables),
        class_parents={
            ClassId(row.id): None if row.parent is None else ClassId(row.parent)
            for row in tables.of(schema.ClassRow)
        },
        codes={row.code: _code(row) for row in tables.of(schema_codes.CodeRow)},
        cas_numbers=_cas_numbers(tables),
        version=version,
    )


def precision(tested: int, agreed: int) -> float:
    """The expected precision of a rule that was right `agreed` times of `tested`, 0..1.

    Laplace's rule of succession, (agreed + 1) / (tested + 2): 0.5 for a rule never tested, and
    never 1.
    """
    return (agreed + 1) / (tested + 2)


def _terms(tables: Tables) -> tuple[Term, ...]:
    families = {f"alloy:{row.id}": row.family for row in tables.of(schema.AlloyRow)}
    return tuple(
        Term(
            text=row.text,
            target=parse_target(row.target),
            kind=row.kind,
            match=row.match,
            language=Language(row.language),
            ambiguity=row.ambiguity,
            source=SourceId(row.source),
            rule=f"terms/{row.text}/{row.language}/{row.target}",
            negates=row.negates,
            family=families.get(row.target),
        )
        for row in tables.of(schema.TermRow)
    )


def parse_target(text: str) -> Target:
    """The target that a release writes as ``alloy:ss_1_4404``."""
    kind, _, key = text.partition(":")
    return Target(TargetKind(kind), key)


def _part_number(row: schema.PartNumberRow) -> PartNumberRule:
    return PartNumberRule(
        rule=f"part_numbers/{row.id}",
        pattern=row.pattern,
        maker=row.maker,
        target=Target(TargetKind.CLASS, row.class_id),
        confidence=precision(row.tested, row.agreed),
        source=SourceId(row.source),
    )


def _designators(tables: Tables) -> dict[str, tuple[ClassId, ...]]:
    found: dict[str, list[ClassId]] = defaultdict(list)
    for row in tables.of(schema.DesignatorRow):
        found[row.prefix].append(ClassId(row.class_id))
    return {prefix: tuple(classes) for prefix, classes in found.items()}


def _code(row: schema_codes.CodeRow) -> Term:
    target = (
        Target(TargetKind.CODE, row.code)
        if row.class_id is None
        else Target(TargetKind.CLASS, row.class_id)
    )
    return Term(
        text=row.code,
        target=target,
        kind=EvidenceKind.COMMODITY_CODE,
        match=MatchRule.KEY,
        language=ANY_LANGUAGE,
        ambiguity=Ambiguity.NONE,
        source=SourceId(row.source),
        rule=f"commodity_codes/{row.code}",
    )


def _cas_numbers(tables: Tables) -> dict[str, Term]:
    return {
        row.cas: Term(
            text=row.cas,
            target=Target(TargetKind.SUBSTANCE, row.cas),
            kind=EvidenceKind.SUBSTANCE,
            match=MatchRule.CASE,
            language=ANY_LANGUAGE,
            ambiguity=Ambiguity.NONE,
            source=SourceId(row.source),
            rule=f"substances/{row.cas}",
        )
        for row in tables.of(schema.SubstanceRow)
    }
