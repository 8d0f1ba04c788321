"""Answers of requests with an idempotency key.

Revision 0010; 2026-11-25.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "reply",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("held_until", MOMENT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "version_id"],
            ["bom_version.company_id", "bom_version.id"],
            name="fk_reply_bom_version",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("company_id", "route", "key", name="pk_reply"),
    )
    op.create_index("ix_reply_company_id_version_id", "reply", ["company_id", "version_id"])
    op.create_index("ix_reply_company_id_created_at", "reply", ["company_id", "created_at"])


def downgrade():
    op.drop_table("reply")
