"""A PostgreSQL server of a test's own, which can be stopped as one likes."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

USER = "postgres"
"""Who runs the server where the tests run as root, which it refuses."""


def binaries():
    """The folder of initdb and pg_ctl, or None."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return installed[-1].parent if installed else None


class OwnPostgresql:
    """A server on a free port, in a folder of its own to which its user has the way."""

    def __init__(self):
        self._bin = binaries()
        self._user = USER if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="rms-postgresql-"))
        if self._user:
            shutil.chown(self._folder, self._user)
        self._data = self._folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._run("initdb", "-D", self._data, "-U", "scanner", "-A", "trust", "-E", "UTF8")
        self.start()

    @property
    def address(self):
        """The database that the service may use."""
        return f"postgresql://scanner@127.0.0.1:{self.port}/postgres"

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        log = self._data / "log"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self, how="fast"):
        """Stop: ``fast`` in good order, ``immediate`` as if the power failed."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", how, "stop")

    def remove(self):
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder)

    def _run(self, command, *arguments):
        subprocess.run(
            [str(self._bin / command), *map(str, arguments)],
            user=self._user,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
