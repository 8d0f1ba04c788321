"""PostgreSQL is stopped as by a power failure while uploads go on; the service outlives it."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from scanner.settings import Settings
from scanner.store.migrate import upgrade
from tests.faults.calls import Client
from tests.faults.conftest import IN_FULL
from tests.faults.deployment import Deployment
from tests.faults.own_postgresql import OwnPostgresql, binaries
from tests.faults.traffic import CLIENTS, SEED, Uploads, check_answers, check_rows

STOPS = 100 if IN_FULL else 2
UPLOADS_PER_STOP = 5
MOMENT = 0.6
"""Within so many seconds after the next uploads may come, the server is stopped."""


@pytest.fixture
def server():
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed: there is nothing to start and stop")
    own = OwnPostgresql()
    yield own
    own.remove()


@pytest.mark.slow
def test_a_database_that_is_stopped_at_once_leaves_nothing_half(
    server, tmp_path, database_of, capsys
):
    data = tmp_path / "data"
    upgrade(Settings(data=data, database_url=server.address))
    uploads = Uploads(STOPS * UPLOADS_PER_STOP)

    def stop_again_and_again():
        chance = random.Random(SEED)
        for _ in range(STOPS):
            uploads.allow(UPLOADS_PER_STOP)
            time.sleep(chance.uniform(0.0, MOMENT))
            server.stop("immediate")
            time.sleep(chance.uniform(0.0, MOMENT))
            server.start()

    quick = {"SCANNER_JOB_HEARTBEAT": "0.5"}
    with (
        Deployment(data, server.address, **quick) as deployment,
        ThreadPoolExecutor(CLIENTS + 1) as threads,
    ):
        client, database = Client(deployment), database_of(deployment)
        boms = uploads.run(client, threads, stop_again_and_again)
        assert check_answers(client, boms, uploads) == 0
        check_rows(database, uploads)
        assert deployment.restarts == 0
    with capsys.disabled():
        print(f"\n{len(boms)} uploads, PostgreSQL stopped {STOPS} times: none lost, none half")
