"""A deployment on each database, and how long the runs are."""

import os

import pytest

from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade
from tests.faults.deployment import Deployment

IN_FULL = "SCANNER_FAULTS_IN_FULL" in os.environ
"""`make faults` runs everything in the length that docs/reliability.md names."""


@pytest.fixture(params=["sqlite", "postgresql"])
def deployed(tmp_path, request):
    """How to deploy the service with further settings; one at a time."""
    address = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("empty_postgresql")
        upgrade(Settings(data=tmp_path / "data", database_url=address))
    return lambda **environment: Deployment(tmp_path / "data", address, **environment)


@pytest.fixture
def database_of():
    """A way to look into the database of a deployment, past the service."""
    opened = []

    def open_one(deployment):
        settings = Settings(data=deployment.data, database_url=deployment.database_url)
        opened.append(Database.of(settings))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


def pytest_collection_modifyitems(items):
    """Long runs get the time that they need."""
    if IN_FULL:
        for item in items:
            if "tests/faults" in str(item.path):
                item.add_marker(pytest.mark.timeout(3 * 3600))
