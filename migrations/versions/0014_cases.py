"""The cases of a help-desk: their questions, what happened in them, and their numbers.

Revision 0014; 2026-11-25.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "help_case",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("assigned_to", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_help_case_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_help_case"),
        sa.UniqueConstraint(
            "company_id", "year", "number", name="uq_help_case_company_id_year_number"
        ),
    )
    op.create_index("ix_help_case_company_id_state_id", "help_case", ["company_id", "state", "id"])
    op.create_table(
        "case_entry",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "case_id"],
            ["help_case.company_id", "help_case.id"],
            name="fk_case_entry_help_case",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("company_id", "case_id", "number", name="pk_case_entry"),
    )
    op.create_table(
        "case_counter",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_case_counter_company"),
        sa.PrimaryKeyConstraint("company_id", "year", name="pk_case_counter"),
    )


def downgrade():
    op.drop_table("case_counter")
    op.drop_table("case_entry")
    op.drop_table("help_case")
