"""The part library: what lists are filtered by, what people said, how versions use parts.

Revision 0013; 2026-11-25. What parts were recognised as is read out of what was stored then; the
supply risk at stake is known from the next reading on.
"""

import json
import zlib
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ROWS_AT_ONCE = 1_000
WORST_FIRST = ("unrecognised", "ambiguous", "recognised")
TEXTS = ("number", "maker", "maker_number", "description", "value", "material")
MOST_WORDS = 1_000

part = sa.table(
    "part",
    sa.column("company_id", ID),
    sa.column("id", ID),
    sa.column("state", sa.String),
    sa.column("doubt", sa.Double),
    sa.column("words", sa.String),
    sa.column("materials", sa.String),
    sa.column("unit_mass_g", sa.Double),
)
wording = sa.table(
    "part_wording",
    sa.column("company_id", ID),
    sa.column("part_id", ID),
    sa.column("wording", sa.BigInteger),
    sa.column("fields", sa.LargeBinary),
)
recognition = sa.table(
    "recognition",
    sa.column("company_id", ID),
    sa.column("part_id", ID),
    sa.column("wording", sa.BigInteger),
    sa.column("body", sa.LargeBinary),
)
bom_version = sa.table(
    "bom_version",
    sa.column("company_id", ID),
    sa.column("id", ID),
    sa.column("state", sa.String),
    sa.column("uses", sa.LargeBinary),
)
line_block = sa.table(
    "line_block",
    sa.column("company_id", ID),
    sa.column("version_id", ID),
    sa.column("body", sa.LargeBinary),
)


def upgrade():
    for column in (
        sa.Column("state", sa.String(), nullable=False, server_default="unrecognised"),
        sa.Column("doubt", sa.Double(), nullable=False, server_default="1"),
        sa.Column("words", sa.String(), nullable=False, server_default=""),
        sa.Column("materials", sa.String(), nullable=False, server_default=""),
        sa.Column("risk", sa.Double(), nullable=True),
        sa.Column("unit_mass_g", sa.Double(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("declared", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("part", column)
    op.add_column("bom_version", sa.Column("uses", sa.LargeBinary(), nullable=True))
    op.create_index("ix_part_company_id_state_key", "part", ["company_id", "state", "key"])
    op.create_table(
        "part_entry",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "part_id"], ["part.company_id", "part.id"], name="fk_part_entry_part"
        ),
        sa.PrimaryKeyConstraint("company_id", "number", name="pk_part_entry"),
    )
    op.create_index(
        "ix_part_entry_company_id_part_id_number", "part_entry", ["company_id", "part_id", "number"]
    )
    with op.batch_alter_table("job") as job:
        job.drop_constraint("uq_job_company_id_version_id", type_="unique")
        job.create_unique_constraint(
            "uq_job_company_id_version_id_kind", ["company_id", "version_id", "kind"]
        )
    connection = op.get_bind()
    tell_what_parts_are(connection)
    count_lines(connection)


def tell_what_parts_are(connection):
    """Fill the columns of parts, each out of one recognition of each of its wordings."""
    joined = (
        (recognition.c.company_id == wording.c.company_id)
        & (recognition.c.part_id == wording.c.part_id)
        & (recognition.c.wording == wording.c.wording)
    )
    query = (
        sa.select(wording.c.company_id, wording.c.part_id, wording.c.fields, recognition.c.body)
        .join(recognition, joined)
        .order_by(wording.c.company_id, wording.c.part_id, wording.c.wording)
    )
    owner, told, filled = None, [], []
    for row in connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}):
        mine = (row.company_id, row.part_id)
        if owner not in (None, mine):
            filled.append(summary(owner, told))
            told = []
        owner = mine
        told.append((json.loads(row.fields), json.loads(row.body)))
    if owner is not None:
        filled.append(summary(owner, told))
    change = (
        part.update()
        .where(part.c.company_id == sa.bindparam("owner"), part.c.id == sa.bindparam("part"))
        .values({name: sa.bindparam(f"new_{name}") for name in NEW})
    )
    for start in range(0, len(filled), ROWS_AT_ONCE):
        connection.execute(change, filled[start : start + ROWS_AT_ONCE])


NEW = ("state", "doubt", "words", "materials", "unit_mass_g")


def summary(owner, told):
    """The columns of one part, over its wordings."""
    bodies = [body for _, body in told]
    states = [body["recognition"]["state"] for body in bodies]
    materials = {
        content["material"] for body in bodies for content in body["composition"]["contents"]
    }
    masses = [
        mass["grams"]["typical"] or mass["grams"]["high"]
        for body in bodies
        if (mass := body["composition"]["unit_mass"])
    ]
    texts = dict.fromkeys(
        " ".join(str(fields[name]) for name in TEXTS if name in fields) for fields, _ in told
    )
    return {
        "owner": owner[0],
        "part": owner[1],
        "new_state": min(states, key=WORST_FIRST.index),
        "new_doubt": max(map(doubt, bodies)),
        "new_words": " ".join(texts).casefold().replace("\0", "\ufffd")[:MOST_WORDS],
        "new_materials": f" {' '.join(sorted(materials))} " if materials else "",
        "new_unit_mass_g": max(masses, default=None),
    }


def doubt(body):
    """How much is open about a wording, 0..1."""
    found = body["recognition"]
    if found["state"] == "unrecognised":
        return 1.0
    if found["state"] == "ambiguous":
        return 1.0 - 1.0 / (1 + max(1, len(found["candidates"])))
    return 1.0 - max(one["confidence"] for one in found["evidence"])


def count_lines(connection):
    """Note how many lines of each published version name each of its parts."""
    query = sa.select(bom_version.c.company_id, bom_version.c.id).where(
        bom_version.c.state == "ready"
    )
    for company_id, version_id in connection.execute(query).all():
        numbers = Counter()
        blocks = sa.select(line_block.c.body).where(
            line_block.c.company_id == company_id, line_block.c.version_id == version_id
        )
        for body in connection.execute(blocks, execution_options={"yield_per": 100}).scalars():
            numbers.update(json.loads(zlib.decompress(body))["part"])
        lines = [numbers[number] for number in range(max(numbers, default=-1) + 1)]
        packed = zlib.compress(json.dumps({"lines": lines}, separators=(",", ":")).encode(), 1)
        connection.execute(
            bom_version.update()
            .where(bom_version.c.company_id == company_id, bom_version.c.id == version_id)
            .values(uses=packed)
        )


def downgrade():
    op.execute("DELETE FROM job WHERE kind <> 'scan'")
    with op.batch_alter_table("job") as job:
        job.drop_constraint("uq_job_company_id_version_id_kind", type_="unique")
        job.create_unique_constraint("uq_job_company_id_version_id", ["company_id", "version_id"])
    op.drop_table("part_entry")
    op.drop_index("ix_part_company_id_state_key", table_name="part")
    op.drop_column("bom_version", "uses")
    for name in (
        "declared", "decision", "revision", "unit_mass_g", "risk", "materials", "words", "doubt",
        "state",
    ):  # fmt: skip
        op.drop_column("part", name)
