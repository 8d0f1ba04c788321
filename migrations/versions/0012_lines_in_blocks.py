"""Lines in blocks, column by column, and the parts of a version by number.

Revision 0012; 2026-11-25. How lines are packed is written out here, so that later changes of the
code leave this step as it was.
"""

import json
import zlib
from math import isfinite

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
EXACT = sa.String()

LINES_PER_BLOCK = 500
ROWS_AT_ONCE = 5_000
SAID = (
    "row", "parent", "level", "fitted", "sheet", "unit", "position", "ref", "designators",
    "quantity",
)  # fmt: skip
AMOUNTS = {"amount": "amount", "gap": "amount_gap", "assembly": "assembly"}

line = sa.table(
    "line",
    sa.column("company_id", ID),
    sa.column("version_id", ID),
    sa.column("index", sa.Integer),
    sa.column("part_id", ID),
    sa.column("wording", sa.BigInteger),
    sa.column("sheet", sa.String),
    sa.column("row", sa.Integer),
    sa.column("position", sa.String),
    sa.column("parent", sa.Integer),
    sa.column("level", sa.Integer),
    sa.column("quantity", sa.String),
    sa.column("unit", sa.String),
    sa.column("designators", sa.String),
    sa.column("fitted", sa.Boolean),
    sa.column("ref", sa.String),
    sa.column("assembly", sa.Boolean),
    sa.column("amount", sa.Double),
    sa.column("amount_gap", sa.String),
)
version_part = sa.table(
    "version_part",
    sa.column("company_id", ID),
    sa.column("version_id", ID),
    sa.column("number", sa.Integer),
    sa.column("part_id", ID),
    sa.column("wording", sa.BigInteger),
)
line_block = sa.table(
    "line_block",
    sa.column("company_id", ID),
    sa.column("version_id", ID),
    sa.column("first", sa.Integer),
    sa.column("body", sa.LargeBinary),
    sa.column("amounts", sa.LargeBinary),
)


def upgrade():
    op.create_table(
        "version_part",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part_id", ID, nullable=False),
        sa.Column("wording", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "version_id"],
            ["bom_version.company_id", "bom_version.id"],
            name="fk_version_part_bom_version",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "part_id", "wording"],
            ["part_wording.company_id", "part_wording.part_id", "part_wording.wording"],
            name="fk_version_part_part_wording",
        ),
        sa.PrimaryKeyConstraint("company_id", "version_id", "number", name="pk_version_part"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_version_part_company_id_part_id_wording",
        "version_part",
        ["company_id", "part_id", "wording"],
    )
    op.create_table(
        "line_block",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("amounts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "version_id"],
            ["bom_version.company_id", "bom_version.id"],
            name="fk_line_block_bom_version",
        ),
        sa.PrimaryKeyConstraint("company_id", "version_id", "first", name="pk_line_block"),
    )
    connection = op.get_bind()
    for company_id, version_id in versions_of(connection, line):
        pack(connection, company_id, version_id)
    op.drop_table("line")


def versions_of(connection, table):
    """The versions that have rows there."""
    query = sa.select(table.c.company_id, table.c.version_id).distinct()
    return connection.execute(query).all()


def pack(connection, company_id, version_id):
    """Number the parts of a version in the order of its lines; put the lines into blocks."""
    query = (
        sa.select(line)
        .where(line.c.company_id == company_id, line.c.version_id == version_id)
        .order_by(line.c.index)
    )
    mine = {"company_id": company_id, "version_id": version_id}
    numbers = {}
    rows = connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    for some in rows.partitions():
        blocks = []
        for start in range(0, len(some), LINES_PER_BLOCK):
            block = some[start : start + LINES_PER_BLOCK]
            columns = {name: [row._mapping[name] for row in block] for name in SAID}
            columns["part"] = [
                numbers.setdefault((row.part_id, row.wording), len(numbers)) for row in block
            ]
            columns["designators"] = [
                None if text is None else json.loads(text) for text in columns["designators"]
            ]
            amounts = {
                name: [finite(row._mapping[source]) for row in block]
                for name, source in AMOUNTS.items()
            }
            first = block[0]._mapping["index"]
            told = {"first": first, "body": packed(columns), "amounts": packed(amounts)}
            blocks.append({**mine, **told})
        connection.execute(line_block.insert(), blocks)
    parts = [
        {**mine, "number": number, "part_id": part_id, "wording": wording}
        for (part_id, wording), number in numbers.items()
    ]
    connection.execute(version_part.insert(), parts)


def packed(columns):
    """Columns as compressed JSON, without those that no line fills."""
    filled = {
        name: values
        for name, values in columns.items()
        if any(value is not None for value in values)
    }
    return zlib.compress(text_of(filled).encode(), 1)


def finite(value):
    """The value; none where a number grew beyond all bounds, as in every answer."""
    return None if isinstance(value, float) and not isfinite(value) else value


def text_of(value):
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def downgrade():
    op.create_table(
        "line",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part_id", ID, nullable=False),
        sa.Column("wording", sa.BigInteger(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("quantity", EXACT, nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("designators", sa.String(), nullable=True),
        sa.Column("fitted", sa.Boolean(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("assembly", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("amount_gap", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "part_id", "wording"],
            ["part_wording.company_id", "part_wording.part_id", "part_wording.wording"],
            name="fk_line_part_wording",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "version_id"],
            ["bom_version.company_id", "bom_version.id"],
            name="fk_line_bom_version",
        ),
        sa.PrimaryKeyConstraint("company_id", "version_id", "index", name="pk_line"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_line_company_id_part_id_wording", "line", ["company_id", "part_id", "wording"]
    )
    connection = op.get_bind()
    for company_id, version_id in versions_of(connection, line_block):
        unpack(connection, company_id, version_id)
    op.drop_table("line_block")
    op.drop_table("version_part")


def unpack(connection, company_id, version_id):
    """Make a row of every line in the blocks of a version."""

    def mine(table):
        return (table.c.company_id == company_id) & (table.c.version_id == version_id)

    parts = {
        row.number: {"part_id": row.part_id, "wording": row.wording}
        for row in connection.execute(sa.select(version_part).where(mine(version_part)))
    }
    query = sa.select(line_block).where(mine(line_block)).order_by(line_block.c.first)
    same = {"company_id": company_id, "version_id": version_id}
    blocks = connection.execute(query, execution_options={"yield_per": 100})
    for block in blocks:
        said = json.loads(zlib.decompress(block.body))
        amounts = json.loads(zlib.decompress(block.amounts))
        rows = []
        for place, number in enumerate(said["part"]):
            row = {name: at(said, name, place) for name in SAID}
            if row["designators"] is not None:
                row["designators"] = text_of(row["designators"])
            row |= {source: at(amounts, name, place) for name, source in AMOUNTS.items()}
            rows.append({**same, "index": block.first + place, **parts[number], **row})
        connection.execute(line.insert(), rows)


def at(columns, name, place):
    """The value of a line in a column, which is not there when no line fills it."""
    return columns[name][place] if name in columns else None
