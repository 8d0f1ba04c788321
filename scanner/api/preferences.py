"""The header ``Prefer`` (RFC 7240): how long a caller waits for background work."""

import re
from dataclasses import dataclass
from typing import Final

from flask import request

from scanner.api.access import context

WAIT: Final = re.compile(r'(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])')


@dataclass(frozen=True, slots=True)
class Wait:
    """The seconds that are granted, and whether somebody asked for them."""

    seconds: float
    asked: bool

    @property
    def headers(self) -> dict[str, str]:
        """The header that tells what was granted."""
        return {"Preference-Applied": f"wait={self.seconds:.0f}"} if self.asked else {}


def wait(default: float | None = None) -> Wait:
    """How long this request may wait; `default` seconds, or those of the settings, if unsaid."""
    settings = context().settings
    found = WAIT.search(request.headers.get("Prefer", ""))
    if found is not None:
        return Wait(min(float(found[1]), settings.max_wait), True)
    return Wait(settings.default_wait if default is None else default, False)
