"""pages – the web form, server-rendered, Dutch and English.

Law: only shows what services give; works without script; no outside calls.
"""

from scanner.pages.errors import error_page
from scanner.pages.register import register

__all__ = ["error_page", "register"]
