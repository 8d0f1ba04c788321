"""The language of a page, and the names of things in it."""

from collections.abc import Mapping
from typing import Final

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _

from scanner.core.evidence import Target
from scanner.core.names import CountryCode, Language, MaterialId, TargetKind
from scanner.pages.wiring import context

LANGUAGES: Final = {"nl": "Nederlands", "en": "English"}
COOKIE: Final = "language"
YEAR: Final = 365 * 24 * 3600


def choose() -> str:
    """The language that the person chose, else what the browser asks for, else English."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    wished = (tag.lower().partition("-")[0] for tag in request.accept_languages.values())
    return next((tag for tag in wished if tag in LANGUAGES), "en")


def current() -> Language:
    """The language of this page."""
    locale = get_locale()
    return Language(locale.language if locale else "en")


def name_of(names: Mapping[Language, str]) -> str:
    """The name in the language of the page, in English where there is none."""
    return names.get(current()) or names[Language("en")]


def material_name(key: str) -> str:
    """The name of a raw material, such as ``Neodymium``."""
    material = context().engine.knowledge.supply.materials.get(MaterialId(key))
    return first_upper(material.names[current()]) if material else key


def country_name(code: str) -> str:
    """The name of a country; its code where the release has none."""
    country = context().engine.knowledge.supply.countries.get(CountryCode(code))
    return country.names[current()] if country else code


def target_name(text: str) -> str:
    """The name of what evidence points to (``alloy:ss_1_4404``), or its id in plain words."""
    kind, key = text.split(":", 1)
    if kind == TargetKind.MATERIAL:
        return material_name(key)
    if kind == TargetKind.COMPOSITION:
        return str(_("own composition"))
    names = context().engine.knowledge.recipes.names.get(Target(TargetKind(kind), key), {})
    return names.get(current()) or names.get("en") or key.replace("_", " ")


def first_upper(text: str) -> str:
    """The text with a capital; the Dutch ij is one letter (IJzererts)."""
    letters = 2 if current() == "nl" and text[:2] == "ij" else 1
    return text[:letters].upper() + text[letters:]
