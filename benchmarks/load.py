"""Load on a web server: requests a second over kept connections, by wrk or, without it, by us.

wrk takes less of the processor that it shares with the server, so its rates are higher. Ratios of
rates that the same client measured can be compared.
"""

import http.client
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 16
"""Requests that are under way at any time."""

_REPORT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("report %d %d %f %d\\n", summary.requests, summary.duration,
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Request:
    """One request that is sent again and again; `status` is the only answer that counts."""

    path: str
    status: int = 200
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers a second, and the milliseconds within which 99 of 100 came."""

    rate: float
    p99: float


def client() -> str:
    """What sends the requests."""
    return "wrk" if shutil.which("wrk") else "a client in Python: wrk is not installed"


def load(port: int, request: Request, seconds: float, folder: Path) -> Measured:
    """What a server on this machine answers in so many seconds; `RuntimeError` for other answers.

    The folder is for the script of wrk.
    """
    _check(port, request)
    send = _by_wrk if shutil.which("wrk") else _by_threads
    return send(port, request, seconds, folder)


def _check(port: int, request: Request) -> None:
    """Send the request once."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(request.method, request.path, request.body or None, dict(request.headers))
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    if answer.status != request.status:
        raise RuntimeError(f"{request.method} {request.path}: {answer.status} {text[:300]!r}")


def _by_wrk(port: int, request: Request, seconds: float, folder: Path) -> Measured:
    script, body = folder / "load.lua", folder / "load.body"
    body.write_bytes(request.body)
    headers = "".join(f"wrk.headers[ [[{n}]] ] = [[{v}]]\n" for n, v in request.headers.items())
    content = f'wrk.body = io.open([[{body}]], "rb"):read("*a")\n' if request.body else ""
    script.write_text(f"wrk.method = [[{request.method}]]\n{headers}{content}{_REPORT}")
    length = max(1, round(seconds))
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{length}s", f"-s{script}",
         f"http://127.0.0.1:{port}{request.path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    report = re.search(r"report (\d+) (\d+) (\S+) (\d+)", done.stdout)
    if report is None or int(report[4]) or "Non-2xx" in done.stdout:
        raise RuntimeError(f"{request.method} {request.path} failed under load:\n{done.stdout}")
    return Measured(int(report[1]) / int(report[2]) * 1e6, float(report[3]) / 1000)


def _by_threads(port: int, request: Request, seconds: float, _: Path) -> Measured:
    taken: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    wrong: list[str] = []
    start = time.perf_counter()
    threads = [
        threading.Thread(target=_keep_asking, args=(port, request, start + seconds, times, wrong))
        for times in taken
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    if wrong:
        raise RuntimeError(f"{request.method} {request.path} failed under load: {wrong[0]}")
    times = sorted(second for one in taken for second in one)
    return Measured(len(times) / elapsed, times[int(len(times) * 0.99)] * 1000)


def _keep_asking(
    port: int, request: Request, until: float, times: list[float], wrong: list[str]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        while (begun := time.perf_counter()) < until:
            connection.request(
                request.method, request.path, request.body or None, dict(request.headers)
            )
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - begun)
            if answer.status != request.status:
                wrong.append(str(answer.status))
                return
    except OSError as error:
        wrong.append(repr(error))
    finally:
        connection.close()
