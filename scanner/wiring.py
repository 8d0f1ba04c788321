"""The wiring of one process: which database, which knowledge and which queue the services use."""

from scanner import knowledge
from scanner.jobs import queue
from scanner.pipeline import Engine
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store import Database


def open_context(settings: Settings) -> Context:
    """The context of one process: loads the knowledge release, opens no connection yet."""
    loaded = knowledge.load(settings.release or None, cache=settings.cache_folder)
    database = Database.of(settings)
    return Context(settings, database, Engine.of(loaded), queue(database))
