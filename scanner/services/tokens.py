"""Secrets that are shown once and kept as digests: ``<prefix>_<id>_<secret>``."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from scanner.services.context import Context
from scanner.store.stamps import new_id

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made: `text` is for its holder, `digest` for us."""

    id: UUID
    text: str = field(repr=False)
    digest: bytes = field(repr=False)


def make(ctx: Context, prefix: str) -> NewToken:
    """A new token with an id of its own."""
    token_id, secret = new_id(), secrets.token_urlsafe(SECRET_BYTES)
    return NewToken(token_id, f"{prefix}_{token_id.hex}_{secret}", _digest(ctx, secret))


def parts(prefix: str, text: str) -> tuple[UUID, str] | None:
    """Id and secret of a token, or None when the text is none with this prefix."""
    pieces = text.split("_", 2)
    if len(pieces) != 3 or pieces[0] != prefix:
        return None
    try:
        return UUID(hex=pieces[1]), pieces[2]
    except ValueError:
        return None


def fits(ctx: Context, secret: str, digest: bytes | None) -> bool:
    """Whether a secret has this digest; takes as long where there is none to compare with."""
    expected = bytes(hashlib.sha256().digest_size) if digest is None else digest
    return hmac.compare_digest(_digest(ctx, secret), expected) and digest is not None


def _digest(ctx: Context, secret: str) -> bytes:
    """SHA-256 with the server's pepper: fast is safe, for the secret has 256 random bits."""
    return hmac.digest(
        ctx.settings.key_pepper.encode(), secret.encode(errors="replace"), hashlib.sha256
    )
