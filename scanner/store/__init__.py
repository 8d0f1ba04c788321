"""store – SQLAlchemy tables and queries.

Law: every function about a tenant's rows takes a `CompanyId` first; `company_id` is part of every
tenant table's primary and foreign keys. Sessions are opened by services and jobs only.
"""

from scanner.store.database import Database, Whole

__all__ = ["Database", "Whole"]
