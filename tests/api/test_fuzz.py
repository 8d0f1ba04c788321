"""schemathesis against the running service: all phases, all checks, always the same cases."""

import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import current_app, request
from werkzeug.serving import make_server

from scanner.app import create_app

CONFIG = Path(__file__).with_name("schemathesis.toml")
HOOKS = Path(__file__).with_name("fuzz_hooks.py")
EXAMPLES = os.environ.get("SCANNER_FUZZ_EXAMPLES", "100")
PHASES = "examples,coverage,fuzzing,stateful"


seen = set()
"""Every problem that was answered: the view and its code."""


def note(response):
    if response.mimetype == "application/problem+json" and request.url_rule is not None:
        view = current_app.view_functions[request.endpoint]
        if request.method in request.url_rule.methods and hasattr(view, "problems"):
            seen.add((request.endpoint, response.get_json()["code"], view.problems))
    return response


@pytest.fixture
def address(ctx):
    """Where the service listens; it makes nobody wait, so that many cases fit into a minute."""
    settings = replace(ctx.settings, default_wait=0.0, max_wait=0.05)
    app = create_app(settings, replace(ctx, settings=settings))
    seen.clear()
    app.after_request(note)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_the_service_keeps_its_contract(address, acme, pump, tmp_path):
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(CONFIG),
        "run",
        f"{address}/openapi.json",
        "--header",
        f"Authorization: Bearer {acme.token}",
        "--phases",
        PHASES,
        "--checks",
        "all",
        "--max-examples",
        EXAMPLES,
        "--generation-deterministic",
        "--continue-on-failure",
        "--no-color",
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    generated, passed = re.search(r"(\d+) generated, (\d+) passed", done.stdout).groups()
    assert int(generated) == int(passed) > 2_000
    undeclared = {(view, code) for view, code, declared in seen if code not in declared}
    assert not undeclared
    assert len(seen) > 50
    print(f"schemathesis: {generated} generated, {passed} passed")
