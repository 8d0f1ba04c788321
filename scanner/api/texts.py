"""The words at the head of the API reference."""

DESCRIPTION = """\
Send a bill of materials (BOM); learn which raw materials are inside, how much of each, which
countries they come from, how risky that is, and how we know.

- **Every figure names its source, its year and the knowledge release.** `sources` in an answer
  resolves every `source` key in it.
- **What is unknown is `null` with a reason**, never 0 and never low risk.
- **The same file on the same release gives the same profile**, byte for byte: its SHA-256 is its
  `ETag`.
- Answers carry codes, not sentences; names of materials and countries come in the language of
  `Accept-Language` (`en`, `nl`, `de`, `fr`).
- Lists come in pages: follow `next` (or the `Link` header) until it is `null`. Nothing is
  silently cut.
- Uploads take an `Idempotency-Key`: what is sent again is answered again, and done once.
- `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds) tell what a key may
  still send. After 429, 503 and while work goes on, `Retry-After` says when to ask again.
- Answers are packed as `Accept-Encoding` allows (`zstd`, `br`, `gzip`); bodies have to come as
  they are.
- Everything that goes wrong is a problem document (RFC 9457) with a stable `type` that can be
  looked up, what is wrong, what to do, and where.

Times are UTC (RFC 3339). Masses are ranges `{low, typical, high}`; `typical` is `null` where the
sources give limits only. Shares are fractions 0..1; HHI is on 0–10 000. Quantities are exact
decimals, written as text. The API is not declared stable before version 1.0: the changelog says
what moved.
"""

TAGS = {
    "boms": "Bills of materials: upload, versions, lines, risk profiles.",
    "analyses": "Lines in, profile out; nothing is stored.",
    "jobs": "Work in the background, with its true state.",
    "materials": "The screened raw materials with their published figures.",
    "countries": "Countries: governance, development, relation to the EU.",
    "releases": "Knowledge releases and the sources they cite.",
    "service": "Whether the service is alive and ready, and this contract.",
}
"""Resources in the order of the reference, each with one sentence."""
