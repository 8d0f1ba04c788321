"""What the processes count and time, for Prometheus: numbers only, nobody's name or id.

Processes that `scanner serve` starts keep their numbers in files of one folder, which the watching
process adds up when somebody looks (the multiprocess mode of prometheus-client). The library
decides that when it is imported: see `metrics_folder`.
"""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY: Final = CollectorRegistry()
LIVE: Final = "livesum"
"""The sum over the processes that live: what a dead one held is let go of."""

QUICK: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
LONG: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)

requests = Counter(
    "scanner_requests",
    "Requests answered, by route as the contract writes it.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
request_seconds = Histogram(
    "scanner_request_seconds",
    "Time until the last byte of an answer was sent; uploads wait for their result.",
    ["method", "route"],
    buckets=QUICK,
    registry=REGISTRY,
)
requests_in_flight = Gauge(
    "scanner_requests_in_flight",
    "Requests that are being answered.",
    multiprocess_mode=LIVE,
    registry=REGISTRY,
)
uploads = Counter("scanner_uploads", "Files stored, by kind.", ["kind"], registry=REGISTRY)
upload_bytes = Counter(
    "scanner_upload_bytes", "Bytes of the files stored, by kind.", ["kind"], registry=REGISTRY
)
jobs_ended = Counter(
    "scanner_jobs_ended",
    "Attempts at jobs by how they ended, with the code of the problem of those that failed.",
    ["state", "code"],
    registry=REGISTRY,
)
job_seconds = Histogram(
    "scanner_job_seconds",
    "Time from the begin of an attempt at a job to its end.",
    ["state"],
    buckets=LONG,
    registry=REGISTRY,
)
job_wait_seconds = Histogram(
    "scanner_job_wait_seconds",
    "Time from an upload to the begin of its job.",
    buckets=LONG,
    registry=REGISTRY,
)
lines = Counter("scanner_lines", "Lines of published BOMs.", registry=REGISTRY)
lines_counted = Counter(
    "scanner_lines_counted",
    "Lines of published BOMs that count, by how they were recognised.",
    ["recognition"],
    registry=REGISTRY,
)
parts_recognised = Counter(
    "scanner_parts_recognised", "Distinct parts per BOM that were recognised.", registry=REGISTRY
)
connections_in_use = Gauge(
    "scanner_database_connections_in_use",
    "Connections to the database that are in use.",
    multiprocess_mode=LIVE,
    registry=REGISTRY,
)
