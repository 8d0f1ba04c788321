"""Composition by documents alone: what only engineering knowledge says is left out, and told.

The part is composed twice, with and without those statements, so that the answer can say what it
leaves out. Nothing is ever added by leaving out but one thing: where an expert's statement about a
kind had replaced a documented one about the wider class, the documented one stands again.
"""

from collections.abc import Mapping
from dataclasses import replace

from scanner.compose.composer import Composer
from scanner.core.bom import Part
from scanner.core.composition import Composition, Content, LeftOut
from scanner.core.evidence import Recognition
from scanner.core.names import MaterialId
from scanner.core.recipes import Recipes


class DocumentedComposer:
    """Composes parts by recipes of documented statements, beside a composer of all statements."""

    def __init__(self, recipes: Recipes, everything: Composer) -> None:
        self._documented = Composer(recipes, documented_only=True)
        self._everything = everything

    def compose(self, part: Part, recognition: Recognition) -> Composition:
        """What `Composer.compose` gives, with `left_out` and `restored` filled."""
        documented = self._documented.compose(part, recognition)
        everything = _by_material(self._everything.compose(part, recognition))
        held = _by_material(documented)
        return replace(
            documented,
            left_out=tuple(
                LeftOut(material, content.presence)
                for material, content in everything.items()
                if _says_less(held.get(material), content)
            ),
            restored=tuple(
                material
                for material, content in held.items()
                if _says_more(content, everything.get(material))
            ),
        )


def _by_material(composition: Composition) -> Mapping[MaterialId, Content]:
    return {content.material: content for content in composition.contents}


def _says_less(documented: Content | None, before: Content) -> bool:
    """Whether a content is less sure, or not there, without the experts."""
    return documented is None or documented.presence.rank > before.presence.rank


def _says_more(documented: Content, before: Content | None) -> bool:
    """Whether a documented content is surer, or of another amount, than it was with experts."""
    return (
        before is None
        or documented.presence.rank < before.presence.rank
        or (documented.fraction, documented.mass_g) != (before.fraction, before.mass_g)
    )
