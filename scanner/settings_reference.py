"""The settings as a page for operators: ``docs/settings.md``, made from the code."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from scanner import settings as module
from scanner.settings import Settings, variable_of

TYPES = {
    bool: "yes or no (`true`, `false`)",
    int: "whole number",
    float: "number",
    str: "text",
    type(Path()): "folder",
}
_INTRODUCTION = """\
# Settings

Every setting is an environment variable of the process; `scanner settings` prints this table. A
value that does not fit stops the start with a sentence that names the variable. Sizes are in bytes,
times in seconds. What the settings are good for is told in [operating.md](operating.md).

This page is made from `scanner/settings.py` by `scanner settings --write`.

"""


def page() -> str:
    """The text of ``docs/settings.md``."""
    return _INTRODUCTION + table()


def table() -> str:
    """All settings as a Markdown table: variable, type, default, meaning."""
    rows = ["| variable | type | default | meaning |", "|---|---|---|---|", *_rows()]
    return "\n".join(rows) + "\n"


def meanings() -> dict[str, str]:
    """What each setting does, by the name of its field: the text under it, on one line."""
    (settings,) = (
        node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef) and node.name == Settings.__name__
    )
    return {
        item.target.id: " ".join(str(below.value.value).split()).replace("``", "`")
        for item, below in zip(settings.body, settings.body[1:], strict=False)
        if isinstance(item, ast.AnnAssign)
        and isinstance(item.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
    }


def _rows() -> Iterator[str]:
    told = meanings()
    for item in fields(Settings):
        cells = (f"`{variable_of(item)}`", _type(item), _default(item), told[item.name])
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _type(item: "Field[Any]") -> str:
    choices = item.metadata.get("choices")
    if choices is not None:
        return " or ".join(f"`{choice}`" for choice in choices)
    return TYPES[type(item.default)]


def _default(item: "Field[Any]") -> str:
    if isinstance(item.default, bool):
        return f"`{str(item.default).lower()}`"
    return f"`{item.default}`" if item.default != "" else "empty"
