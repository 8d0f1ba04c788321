"""Logins, sessions, invitations, the audit log, and keys that replace others.

Revision 0011; 2026-11-25.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "login",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("company_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["user.company_id", "user.id"],
            name="fk_login_user",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("email", name="pk_login"),
    )
    op.create_index("ix_login_company_id_user_id", "login", ["company_id", "user_id"])
    # Where an address was taken twice by a race, only the older person could sign in.
    op.execute(
        """
        INSERT INTO login (email, company_id, user_id)
        SELECT email, company_id, id FROM "user" AS one
        WHERE NOT EXISTS (
          SELECT 1 FROM "user" AS other WHERE other.email = one.email AND other.id < one.id)
        """
    )
    op.drop_index("ix_user_email", table_name="user")
    op.create_table(
        "session",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "user_id"],
            ["user.company_id", "user.id"],
            name="fk_session_user",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_session"),
    )
    op.create_index("ix_session_company_id_user_id", "session", ["company_id", "user_id"])
    op.create_table(
        "invitation",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_invitation_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_invitation"),
    )
    op.create_index("ix_invitation_id", "invitation", ["id"])
    op.create_table(
        "audit_entry",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", ID, nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_audit_entry"),
    )
    op.add_column("api_key", sa.Column("replaced_by", ID, nullable=True))


def downgrade():
    op.drop_column("api_key", "replaced_by")
    op.drop_table("audit_entry")
    op.drop_table("invitation")
    op.drop_table("session")
    op.create_index("ix_user_email", "user", ["email"])
    op.drop_table("login")
