"""The file of a BOM read again: shown as it was read, and as a version with other columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from scanner.core.bom import ReadOptions
from scanner.core.errors import NoHeader
from scanner.core.names import CompanyId
from scanner.parse import FIELDS
from scanner.services import boms, previews, scratch
from scanner.services.boms import BomView
from scanner.services.context import Context
from scanner.services.previews import Preview
from scanner.services.stored_files import unpack

__all__ = ["FIELDS", "Shown", "read_again", "show"]

BY_LETTERS = {"A": "description"}
"""What makes a table readable that has no row of headings."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How the newest file of a BOM is read; `headless` where no headings were recognised."""

    bom: BomView
    preview: Preview
    headless: bool = False


def show(ctx: Context, company_id: CompanyId, bom_id: UUID) -> Shown:
    """The columns and first lines of the newest version, by what was fixed about it.

    Raises `NotFound` without such a BOM, and what reading raises; where no headings are recognised,
    the columns are told by their letters.
    """
    bom = boms.get(ctx, company_id, bom_id)
    options = ReadOptions(bom.version.columns, bom.version.sheet)
    with scratch.folder(ctx.settings.work_folder) as folder:
        upload = unpack(ctx, company_id, bom.version, folder / "bom")
        try:
            return Shown(bom, previews.preview(ctx, company_id, upload, options))
        except NoHeader:
            if options.columns:
                raise
            guessed = ReadOptions(BY_LETTERS, bom.version.sheet)
            found = previews.preview(ctx, company_id, upload, guessed)
            return Shown(bom, found, headless=True)


def read_again(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    columns: Mapping[str, str],
    sheet: str | None,
    by: str,
) -> BomView:
    """One more version of the BOM out of its newest file, with these columns and this sheet.

    Everything else that was fixed stays. Raises as `boms.add_version`.
    """
    bom = boms.get(ctx, company_id, bom_id)
    with scratch.folder(ctx.settings.work_folder) as folder:
        return boms.add_version(
            ctx,
            company_id,
            bom_id,
            unpack(ctx, company_id, bom.version, folder / "bom"),
            annual_units=bom.version.annual_units,
            documented_only=bom.version.documented_only,
            options=ReadOptions(columns, sheet),
            created_by=by,
        )
