"""Passwords: what a good one is, and how they are kept."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scanner.core.errors import InvalidInput, Place

SHORTEST, LONGEST = 12, 1024
FEWEST_DIFFERENT = 6
"""Different characters that a password must have."""

HASHER = PasswordHasher()


def digest(password: str, *, email: str = "") -> str:
    """The argon2id hash of a new password; `InvalidInput` when it is too easy to guess.

    Length counts and classes of characters do not, as NIST SP 800-63B section 3.1.1.2 advises.
    """
    _check(password, email)
    return HASHER.hash(_bytes(password))


def matches(hashed: str | None, password: str) -> bool:
    """Whether the password has this hash; takes as long where there is none to compare with."""
    try:
        HASHER.verify(hashed or _nobody(), _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def hashed_anew(hashed: str, password: str) -> str | None:
    """The hash of a password that was right, when it was hashed with weaker parameters."""
    return HASHER.hash(_bytes(password)) if HASHER.check_needs_rehash(hashed) else None


def generate() -> str:
    """A password that nobody guesses."""
    return secrets.token_urlsafe(18)


def _check(password: str, email: str) -> None:
    folded, name = password.casefold(), email.casefold().partition("@")[0]
    if not SHORTEST <= len(password) <= LONGEST:
        trouble = f"The password has fewer than {SHORTEST} or more than {LONGEST} characters."
    elif len(set(folded)) < FEWEST_DIFFERENT:
        trouble = f"The password has fewer than {FEWEST_DIFFERENT} different characters."
    elif len(name) >= 3 and folded.replace(name, "", 1) != folded and len(folded) < 2 * SHORTEST:
        trouble = "The password holds the name in the e-mail address."
    else:
        return
    raise InvalidInput(
        trouble,
        advice="Choose another one; several words are easy to keep in mind.",
        place=Place(pointer="/password"),
    )


def _bytes(password: str) -> bytes:
    """The password as bytes, whatever characters it has."""
    return password.encode(errors="surrogatepass")


@cache
def _nobody() -> str:
    """A hash that no password has, as dear to check as a real one."""
    return HASHER.hash(secrets.token_hex(32))
