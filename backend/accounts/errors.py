"""What can go wrong when signing in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SignInRefused(DomainError):
    """One answer for an unknown account and a wrong password."""

    code, status = "sign_in_refused", 403
    message: Any = _("The account or the password is not right.")


class TooManyTries(DomainError):
    code, status = "too_many_tries", 429
    message: Any = _("Too many tries. Wait a few minutes and try again.")


class WrongPassword(DomainError):
    code, status = "wrong_password", 403
    message: Any = _("The password is not right. Nothing was signed.")


class CardRefused(DomainError):
    """Used, ended, expired or unknown: the card does not tell which."""

    code, status = "card_refused", 403
    message: Any = _("This card is no longer valid. Ask the organiser for a new one.")


class PasswordUnfit(DomainError):
    code, status = "password_unfit", 422
