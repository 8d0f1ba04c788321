"""Tables → the `Recipes` without statements that rest on engineering knowledge alone.

Only statements of *presence* go. An expert's word that something is **not** inside stays (a cell of
iron phosphate holds no cobalt): without it, what a document says of a wider class would be claimed
of a kind that lacks it. A documented row that an expert's row of a narrower class had replaced
speaks again.
"""

from dataclasses import replace

from scanner.core.recipes import Recipes
from scanner.knowledge import schema
from scanner.knowledge.compile_recipes import compile_recipes
from scanner.knowledge.rules import EMPTY_PRESENCE
from scanner.knowledge.tables import Tables


def compile_documented(tables: Tables, recipes: Recipes) -> Recipes:
    """The recipes of these tables by documents alone; shares with `recipes` all that is equal."""
    documented = tables.keeping(schema.AlloyPartRow, lambda row: not row.expert).keeping(
        schema.ClassPartRow, lambda row: not row.expert or row.presence == EMPTY_PRESENCE
    )
    found = compile_recipes(documented).ingredients
    shared = {
        target: ingredients if found[target] == ingredients else found[target]
        for target, ingredients in recipes.ingredients.items()
    }
    return replace(recipes, ingredients=shared)
