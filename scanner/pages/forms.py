"""The forms: signing in, handing over a BOM, a company's people, its keys and its end."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from scanner.services.roles import ALL_SCOPES, Role

MOST_ANNUAL_UNITS = 10**12


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """E-mail address and password."""

    email = StringField(
        _l("E-mail address"),
        validators=[DataRequired(_l("Enter your e-mail address.")), Length(max=254)],
    )
    password = PasswordField(
        _l("Password"), validators=[DataRequired(_l("Enter your password.")), Length(max=1024)]
    )


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """The name and the password that somebody chooses who was invited."""

    name = StringField(
        _l("Your name"), validators=[DataRequired(_l("Enter your name.")), Length(max=200)]
    )
    password = PasswordField(
        _l("Password"), validators=[DataRequired(_l("Enter a password.")), Length(max=1024)]
    )


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """The present password and the one to come."""

    old = PasswordField(
        _l("Present password"),
        validators=[DataRequired(_l("Enter your password.")), Length(max=1024)],
    )
    password = PasswordField(
        _l("New password"), validators=[DataRequired(_l("Enter a password.")), Length(max=1024)]
    )


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Who is to come, and as what."""

    email = StringField(
        _l("E-mail address"),
        validators=[DataRequired(_l("Enter an e-mail address, such as name@example.org."))],
    )
    role = SelectField(_l("Role"), choices=[str(role) for role in Role], default=str(Role.ANALYST))


class KeyForm(FlaskForm):  # type: ignore[misc]
    """An API key to make: what it is for, what it may do, and until when."""

    name = StringField(
        _l("What the key is for"),
        validators=[DataRequired(_l("Enter a name, such as ERP link.")), Length(max=200)],
    )
    scopes = SelectMultipleField(
        _l("What it may do"),
        choices=[str(scope) for scope in ALL_SCOPES],
        validators=[DataRequired(_l("Choose at least one."))],
    )
    last_day = DateField(_l("Last day (empty: no end)"), validators=[Optional()])

    def validate_name(self, field: Any) -> None:
        """Refuse characters that no name has."""
        _printable(field)

    def validate_last_day(self, field: Any) -> None:
        """Refuse a day that is over."""
        if self.expires_at is not None and self.expires_at <= datetime.now(UTC):
            raise ValidationError(_l("Choose a day that is still to come."))

    @property
    def expires_at(self) -> datetime | None:
        """The end of the last day, in UTC; None where the key does not end."""
        day: date | None = self.last_day.data
        return None if day is None else datetime.combine(day, time.max, UTC)


class EraseForm(FlaskForm):  # type: ignore[misc]
    """The name of the company and the own password, typed by whoever ends it."""

    name = StringField(
        _l("Name of the company"), validators=[DataRequired(_l("Enter the name of the company."))]
    )
    password = PasswordField(
        _l("Your password"),
        validators=[DataRequired(_l("Enter your password.")), Length(max=1024)],
    )


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A file or pasted lines, with a name, the products per year and what is to count."""

    file = FileField(_l("File"))
    lines = TextAreaField(_l("Or paste lines"))
    name = StringField(_l("Name"), validators=[Length(max=200)])
    annual_units = StringField(_l("Products per year"), validators=[Optional(), Length(max=30)])
    documented_only = BooleanField(_l("Documented statements only"))

    def validate_name(self, field: Any) -> None:
        """Refuse characters that no name has."""
        _printable(field)

    def validate_annual_units(self, field: Any) -> None:
        """Refuse what is no number above 0."""
        if self.units is None:
            raise ValidationError(_l("Enter a whole number above 0, such as 1000."))

    @property
    def units(self) -> Decimal | None:
        """The number of products per year; None where none, or no number, is given."""
        text = (self.annual_units.data or "").strip().replace("\u00a0", "").replace(" ", "")
        if not (text.isascii() and text.isdigit()):
            return None
        number = Decimal(text)
        return number if 0 < number <= MOST_ANNUAL_UNITS else None


def _printable(field: Any) -> None:
    if field.data and not field.data.strip().isprintable():
        raise ValidationError(_l("Use letters, digits and punctuation only."))
