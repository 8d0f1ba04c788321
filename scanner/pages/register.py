"""All pages, registered with their language, sessions and forms."""

from pathlib import Path
from typing import Any, Final

from flask import Flask, current_app, request
from flask_babel import Babel
from flask_login import current_user
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from scanner.core.errors import NotAllowed
from scanner.pages import (
    answer,
    bom_materials,
    boms,
    cases,
    catalogue,
    columns,
    company,
    company_words,
    errors,
    figures,
    intake,
    knowledge,
    language,
    library,
    method_words,
    people,
    row_words,
    scenarios,
    search,
    sign_in,
    words,
)
from scanner.pages.person import here, make_manager, send_to_sign_in
from scanner.pages.public import Count, LookUps, keepable
from scanner.pages.wiring import EXTENSION, PUBLIC, SIGNED_IN
from scanner.services.context import Context
from scanner.services.roles import Scope

AREAS: Final = (
    boms,
    columns,
    bom_materials,
    scenarios,
    library,
    search,
    cases,
    intake,
    knowledge,
    catalogue,
    people,
    company,
    sign_in,
)
TRANSLATIONS: Final = Path(__file__).parent / "translations"


def register(app: Flask, context: Context, count: Count) -> None:
    """Add the pages to an application, which counts the look-ups of who has no account."""
    look_ups = LookUps(count)
    app.extensions[EXTENSION] = context
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(figures.FILTERS)
    app.jinja_env.globals.update(
        words=words,
        row_words=row_words,
        method_words=method_words,
        company_words=company_words,
        languages=language.LANGUAGES,
        language=language.current,
        material_name=language.material_name,
        country_name=language.country_name,
        target_name=language.target_name,
        target_page=catalogue.target_page,
        main_concentration=answer.main_concentration,
        part_title=answer.part_title,
        part_numbers=answer.part_numbers,
        row_place=errors.row_place,
        public_lookup=context.settings.public_lookup,
        help_desk=bool(context.settings.help_desk_company),
    )
    Babel(
        app,
        locale_selector=language.choose,
        default_translation_directories=str(TRANSLATIONS),
    )
    make_manager().init_app(app)
    protection = CSRFProtect()
    for area in AREAS:
        app.register_blueprint(area.routes)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    protection.init_app(app)

    app.after_request(keepable)

    @app.before_request
    def guard() -> Any:
        """Pages ask for a session and for the token of their forms; the API asks for a key."""
        if request.blueprint not in {area.routes.name for area in AREAS}:
            return None
        if request.method == "POST":
            protection.protect()
        access = getattr(current_app.view_functions[str(request.endpoint)], "access", None)
        if access == PUBLIC:
            return None
        if not current_user.is_authenticated:
            if access != Scope.KNOWLEDGE_READ or not context.settings.public_lookup:
                return send_to_sign_in()
            return look_ups.refuse(request.remote_addr or "")
        if access != SIGNED_IN and not here().may(str(access)):
            raise NotAllowed("Your role does not allow this.", advice="Ask the owner.")
        return None
