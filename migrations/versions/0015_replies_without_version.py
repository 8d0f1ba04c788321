"""Answers of requests with an idempotency key that make no version of a BOM.

Revision 0015; 2026-11-26.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")


def upgrade():
    with op.batch_alter_table("reply") as reply:
        reply.alter_column("version_id", existing_type=ID, nullable=True)
        reply.add_column(sa.Column("case_id", ID, nullable=True))
        reply.create_foreign_key(
            "fk_reply_help_case",
            "help_case",
            ["company_id", "case_id"],
            ["company_id", "id"],
            ondelete="CASCADE",
        )
    op.create_index("ix_reply_company_id_case_id", "reply", ["company_id", "case_id"])


def downgrade():
    op.execute("delete from reply where version_id is null")
    op.drop_index("ix_reply_company_id_case_id", table_name="reply")
    with op.batch_alter_table("reply") as reply:
        reply.drop_constraint("fk_reply_help_case", type_="foreignkey")
        reply.drop_column("case_id")
        reply.alter_column("version_id", existing_type=ID, nullable=False)
