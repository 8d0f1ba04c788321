"""Columns that people put right, kept for later files of the same shape.

Revision 0016; 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "column_mapping",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_column_mapping_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_column_mapping"),
        sa.UniqueConstraint("company_id", "shape", name="uq_column_mapping_company_id_shape"),
    )


def downgrade():
    op.drop_table("column_mapping")
