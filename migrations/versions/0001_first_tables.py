"""First tables.

Revision 0001; 2026-11-25. Types are written out here, so that later changes of the code leave
this step as it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True)
EXACT = sa.String()


def upgrade():
    op.create_table(
        "company",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
    )
    op.create_table(
        "api_key",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_api_key_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_api_key"),
    )
    op.create_index("ix_api_key_id", "api_key", ["id"])
    op.create_table(
        "bom",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_bom_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_bom"),
    )
    op.create_table(
        "file",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_file_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_file"),
    )
    op.create_table(
        "part",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_part_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_part"),
        sa.UniqueConstraint("company_id", "key", name="uq_part_company_id_key"),
    )
    op.create_table(
        "user",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_user_company"),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_user"),
        sa.UniqueConstraint("company_id", "email", name="uq_user_company_id_email"),
    )
    op.create_index("ix_user_email", "user", ["email"])
    op.create_table(
        "bom_version",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("bom_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("annual_units", EXACT, nullable=True),
        sa.Column("options", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "bom_id"], ["bom.company_id", "bom.id"], name="fk_bom_version_bom"
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "file_id"], ["file.company_id", "file.id"], name="fk_bom_version_file"
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_bom_version"),
        sa.UniqueConstraint(
            "company_id", "bom_id", "number", name="uq_bom_version_company_id_bom_id_number"
        ),
    )
    op.create_index("ix_bom_version_company_id_file_id", "bom_version", ["company_id", "file_id"])
    op.create_table(
        "file_chunk",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "file_id"], ["file.company_id", "file.id"], name="fk_file_chunk_file"
        ),
        sa.PrimaryKeyConstraint("company_id", "file_id", "number", name="pk_file_chunk"),
    )
    op.create_table(
        "part_wording",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("part_id", ID, nullable=False),
        sa.Column("wording", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "part_id"], ["part.company_id", "part.id"], name="fk_part_wording_part"
        ),
        sa.PrimaryKeyConstraint("company_id", "part_id", "wording", name="pk_part_wording"),
    )
    op.create_index(
        "ix_part_wording_company_id_fingerprint", "part_wording", ["company_id", "fingerprint"]
    )
    op.create_table(
        "job",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("problem", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("heartbeat_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "version_id"],
            ["bom_version.company_id", "bom_version.id"],
            name="fk_job_bom_version",
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_job"),
        sa.UniqueConstraint("company_id", "version_id", name="uq_job_company_id_version_id"),
    )
    op.create_index("ix_job_id", "job", ["id"])
    op.create_index("ix_job_state_id", "job", ["state", "id"])
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
    op.create_table(
        "line_problem",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "version_id"],
            ["bom_version.company_id", "bom_version.id"],
            name="fk_line_problem_bom_version",
        ),
        sa.PrimaryKeyConstraint("company_id", "version_id", "number", name="pk_line_problem"),
    )
    op.create_index(
        "ix_line_problem_company_id_version_id_row",
        "line_problem",
        ["company_id", "version_id", "row"],
    )
    op.create_table(
        "profile",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("release_sha256", sa.String(), nullable=False),
        sa.Column("overlays", sa.String(), nullable=False),
        sa.Column("engine_version", sa.String(), nullable=False),
        sa.Column("decision_revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "version_id"],
            ["bom_version.company_id", "bom_version.id"],
            name="fk_profile_bom_version",
        ),
        sa.PrimaryKeyConstraint("company_id", "id", name="pk_profile"),
        sa.UniqueConstraint(
            "company_id",
            "version_id",
            "release_sha256",
            "overlays",
            "engine_version",
            "decision_revision",
            name="uq_profile_basis",
        ),
    )
    op.create_table(
        "recognition",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("part_id", ID, nullable=False),
        sa.Column("wording", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("release_sha256", sa.String(), nullable=False),
        sa.Column("overlays", sa.String(), nullable=False),
        sa.Column("engine_version", sa.String(), nullable=False),
        sa.Column("decision_revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "part_id", "wording"],
            ["part_wording.company_id", "part_wording.part_id", "part_wording.wording"],
            name="fk_recognition_part_wording",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "company_id",
            "part_id",
            "wording",
            "release_sha256",
            "overlays",
            "engine_version",
            "decision_revision",
            name="pk_recognition",
        ),
    )


def downgrade():
    op.drop_table("recognition")
    op.drop_table("profile")
    op.drop_table("line_problem")
    op.drop_table("line")
    op.drop_table("job")
    op.drop_table("part_wording")
    op.drop_table("file_chunk")
    op.drop_table("bom_version")
    op.drop_table("user")
    op.drop_table("part")
    op.drop_table("file")
    op.drop_table("bom")
    op.drop_table("api_key")
    op.drop_table("company")
