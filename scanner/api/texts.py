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
- `Accept` chooses where an operation has several forms of answers; elsewhere the one form comes.
- Lists come in pages: follow `next` (or the `Link` header) until it is `null`. Nothing is
  silently cut.
- Every `POST` that makes or changes something takes an `Idempotency-Key`: what is sent again is
  answered again, and done once. Answers with a secret are not kept.
- What the knowledge release says (materials, countries, codes, components, alloys, methods, search)
  can be asked for without a key, unless the operator has switched that off; an address is limited
  more than a key is.
- `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds) tell what a key may
  still send. After 429, 503 and while work goes on, `Retry-After` says when to ask again.
- Answers are packed as `Accept-Encoding` allows (`zstd`, `br`, `gzip`); bodies have to come as
  they are.
- Everything that goes wrong is a problem document (RFC 9457) with a stable `type` that can be
  looked up, what is wrong, what to do, and where.

Times are UTC (RFC 3339). Masses are ranges `{low, typical, high}`; `typical` is `null` where the
sources give limits only. Shares are fractions 0..1; HHI is on 0–10 000. Quantities are exact
decimals, written as text.

**Examples** are recorded answers of the service. Ids, times, cursors and digests that differ each
time are placeholders; lists are shortened where the example says so.

**What stays.** From version 1.0 on, `/v1` changes by additions only; until then the changelog names
everything that moved. An addition is a new operation, a new optional parameter or member of a
request, a new member of an answer, a new header, a new problem type, a new code of a line problem,
or a new value where the description says that more may come. What a caller has to do in return:

- ignore members and headers that it does not know;
- treat a problem `type` that it does not know by its HTTP status, and an unknown code as "other";
- take cursors, ETags and ids as opaque text, made by this service and valid for it alone;
- follow `next` or `Link` for the next page instead of making up addresses.

Profiles name their form in `schema` and stay the bytes that they are. An operation, parameter or
member that is to go is marked `deprecated` here and in the changelog. From that day its answers
carry the headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), which names its last day: at
least twelve months later. A change that breaks callers becomes `/v2`, beside `/v1` for as long.
"""

PATH_PARAMETERS = {
    "bom_id": ("Id of the BOM.", "01920000-0000-7000-8000-000000000001"),
    "part_id": ("Id of the part.", "01920000-0000-7000-8000-000000000006"),
    "case_id": ("Id of the case.", "01920000-0000-7000-8000-000000000007"),
    "number": ("Number of the entry in the log of the company or of the case.", "17"),
    "job_id": ("Id of the job.", "01920000-0000-7000-8000-000000000002"),
    "mapping_id": ("Id of the remembered correction.", "01920000-0000-7000-8000-000000000008"),
    "key_id": ("Id of the key.", "01920000-0000-7000-8000-000000000003"),
    "user_id": ("Id of the person.", "01920000-0000-7000-8000-000000000004"),
    "invitation_id": ("Id of the invitation.", "01920000-0000-7000-8000-000000000005"),
    "material_id": ("Id of the material.", "neodymium"),
    "method_id": ("Id of the method.", "geopolrisk"),
    "iso3": ("ISO 3166-1 alpha-3 code of the country.", "CHN"),
    "class_id": ("Id of the component class.", "mlcc"),
    "designation": ("A designation of the alloy in any spelling, or its id.", "1.4404"),
    "hs": ("2, 4, 6, 8 or 10 digits, with or without spaces and dots.", "8505 11"),
    "release_id": ("Id of the knowledge release.", "2026.1-draft"),
    "source_id": ("Key of the source.", "usgs_mcs2025"),
}
"""Parameters of addresses: what each names, and an example."""

TAGS = {
    "boms": "Bills of materials: upload, versions, lines, risk profiles.",
    "documents": "Our own JSON: its schema and the export; how much a file may hold.",
    "analyses": "Lines in, profile out; nothing is stored.",
    "search": "Anything in the release by a few letters of its name.",
    "scenarios": "Countries supply less: what is lost, and which parts depend on it.",
    "cases": "Cases of the help-desk: questions, what was looked up, replies.",
    "parts": "The part library: what each part is, and who decided so.",
    "library": "The part library as a whole: export, import, and the review queue.",
    "declarations": "Material declarations of parts.",
    "jobs": "Work in the background, with its true state.",
    "materials": "The screened raw materials with their published figures.",
    "methods": "What each method makes of a raw material; every term with `explain=true`.",
    "countries": "Countries: supply, governance, agreements, conflict areas, restrictions.",
    "components": "Component classes: how they are recognised and what is in them.",
    "alloys": "Alloys by any of their designations, with their composition.",
    "codes": "Commodity codes: names, headings, and the raw materials in the goods.",
    "releases": "Knowledge releases and the sources they cite.",
    "keys": "API keys: make, rotate, revoke.",
    "company": "The company of the key: people, invitations, audit log, export.",
    "service": "Whether the service is alive and ready, and this contract.",
}
"""Resources in the order of the reference, each with one sentence."""
