"""What a release covers and what is wrong with it, as counts that a person can read."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scanner.core.names import Language, MaterialId, Scope, Stage, TargetKind
from scanner.core.sources import Release
from scanner.knowledge import rules, tables
from scanner.knowledge.loader import RELEASES, Knowledge, build, digests, find, read_manifest

LANGUAGES = tuple(Language(code) for code in ("en", "nl", "de", "fr"))


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Problems and coverage of one release; ``str()`` gives the text for a terminal.

    `coverage` maps a line of text to (how many have it, of how many).
    """

    release: Release
    problems: tuple[str, ...]
    counts: Mapping[str, int]
    coverage: Mapping[str, tuple[int, int]]
    terms: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def __str__(self) -> str:
        """The report as lines of text."""
        release = self.release
        lines = [f"Knowledge release {release.id}, {release.date}, {release.state}"]
        lines += [f"sha256 {release.sha256}", "", "Rows"]
        lines += [f"  {count:>6}  {name}" for name, count in self.counts.items()]
        if self.coverage:
            lines += ["", "Coverage"]
            lines += [f"  {have:>6} of {total:<6} {what}" for what, (have, total) in self._lines()]
            lines += ["", "Terms"]
            lines += [f"  {count:>6}  {what}" for what, count in self.terms.items()]
        lines += ["", f"Problems: {len(self.problems) or 'none'}"]
        lines += [f"  {problem}" for problem in self.problems]
        return "\n".join(lines)

    def _lines(self) -> Iterable[tuple[str, tuple[int, int]]]:
        return self.coverage.items()


def check(release_id: str | None = None, *, root: Path = RELEASES) -> CheckReport:
    """Full validation of a release (the newest by default) with all its problems and coverage."""
    folder = find(release_id, root=root)
    release = read_manifest(folder)
    listed, present = dict(release.tables), dict(digests(folder))
    problems = [
        f"{name}.csv: not the checksum of the manifest"
        for name in sorted(present)
        if present[name] != listed.get(name)
    ]
    content, unreadable = tables.read(folder)
    found = unreadable or rules.validate(content)
    problems += [str(problem) for problem in found]
    knowledge = None if found else build(folder, release)
    return CheckReport(
        release=release,
        problems=tuple(problems),
        counts=content.counts(),
        coverage={} if knowledge is None else _coverage(knowledge),
        terms={} if knowledge is None else _terms(knowledge),
    )


def _coverage(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    return (
        _materials(knowledge)
        | _resources(knowledge)
        | _countries(knowledge)
        | _recipes(knowledge)
        | _codes(knowledge)
    )


def _materials(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    supply = knowledge.supply
    materials = list(supply.materials.values())
    total = len(materials)
    coverage = {
        "materials with a supply risk": (_count(m.supply_risk for m in materials), total),
        "materials with an economic importance": (
            _count(m.economic_importance for m in materials),
            total,
        ),
        "materials with a recycling rate": (_count(m.eol_rir for m in materials), total),
        "critical materials": (_count(m.critical for m in materials), total),
        "strategic materials": (_count(m.strategic for m in materials), total),
        "materials named in four languages": (
            sum(all(m.names.get(language) for language in LANGUAGES) for m in materials),
            total,
        ),
    }
    for stage in Stage:
        for scope in Scope:
            have = sum((m.id, stage, scope) in supply.shares for m in materials)
            coverage[f"materials with shares of {stage}, {scope}"] = (have, total)
    return coverage


def _resources(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    resources, known = knowledge.resources, knowledge.supply.materials
    produced = {
        f"materials with production, {stage}": {
            material for material in known if any(resources.production(material, stage))
        }
        for stage in Stage
    }
    found: dict[str, Collection[MaterialId]] = {
        **produced,
        "materials with reserves": resources.holdings,
        "materials with imports": resources.imported,
        "materials with prices": resources.priced,
        "materials with companionality": resources.won_with,
        "materials with recycling rates beside EoL-RIR": resources.recycled,
        "materials with a footprint": resources.emitted,
        "materials with end uses": resources.used,
        "materials with a history 2011-2023": resources.assessed,
        "materials with the parameters of 2017": resources.parameters,
    }
    return {what: (len(materials), len(known)) for what, materials in found.items()}


def _countries(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    countries = list(knowledge.supply.countries.values())
    total = len(countries)
    return {
        "countries with WGI, newest edition": (_count(c.governance for c in countries), total),
        "countries with WGI of the 2023 study": (
            _count(c.governance_2023 for c in countries),
            total,
        ),
        "countries with HDI": (_count(c.development for c in countries), total),
        "countries with a raw-materials partnership": (
            sum(c.relation is not None and c.relation.partnership for c in countries),
            total,
        ),
        **_standing(knowledge),
    }


def _standing(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    standing, total = knowledge.standing, len(knowledge.supply.countries)
    materials = len(knowledge.supply.materials)
    return {
        "countries with WGI by year": (len(standing.estimates), total),
        "countries with agreements or partnerships": (len(standing.agreements), total),
        "countries with areas of a conflict regime": (len(standing.areas), total),
        "countries that restrict exports": (len(standing.restrictions), total),
        "countries under sanctions on raw materials": (len(standing.sanctions), total),
        "materials under export restrictions": (len(standing.restricted), materials),
        "materials under sanctions": (len(standing.sanctioned), materials),
    }


def _recipes(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    ingredients = knowledge.recipes.ingredients
    coverage = {}
    for kind, what in ((TargetKind.CLASS, "classes"), (TargetKind.ALLOY, "alloys and words")):
        parts = [found for target, found in ingredients.items() if target.kind == kind]
        coverage[f"{what} with raw materials"] = (
            _count(found or None for found in parts),
            len(parts),
        )
        figures = sum(any(item.fraction is not None for item in found) for found in parts)
        coverage[f"{what} with figures"] = (figures, len(parts))
    masses = len(knowledge.recipes.class_masses)
    coverage["classes with a mass of one piece"] = (masses, len(knowledge.lexicon.class_parents))
    tested = sum(rule.confidence > 0.5 for rule in knowledge.lexicon.part_numbers)
    rules_total = len(knowledge.lexicon.part_numbers)
    coverage["part-number rules tested on real numbers"] = (tested, rules_total)
    return coverage


def _codes(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    codes, contents = knowledge.catalogue.codes, knowledge.catalogue.contents
    total = len(codes)
    return {
        "codes named in Dutch": (_count(code.name_nl for code in codes.values()), total),
        "codes whose goods hold raw materials": (len(contents.keys() & codes.keys()), total),
    }


def _terms(knowledge: Knowledge) -> dict[str, int]:
    terms = knowledge.lexicon.terms
    languages = Counter(f"language {term.language}" for term in terms)
    kinds = Counter(f"{term.kind} as {term.match}" for term in terms)
    return dict(sorted(languages.items())) | dict(sorted(kinds.items()))


def _count(values: Iterable[object]) -> int:
    return sum(value is not None for value in values)
