"""What can go wrong when signing in."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backend.core.errors import DomainError


class SignInRefused(DomainError):
    """One answer for an unknown account and a wrong password."""

    code, status = "sign_in_refused", 403
    message: Any = _("The account or the password is not right.")


class TooManyTries(DomainError):
    """The limit of wrong tries; `seconds` until the next one is taken."""

    code, status = "too_many_tries", 429

    def __init__(self, *, seconds: int) -> None:
        minutes = -(-seconds // 60)
        words = ngettext(
            "Too many wrong tries. Try again in %(minutes)s minute.",
            "Too many wrong tries. Try again in %(minutes)s minutes.",
            minutes,
        )
        super().__init__(words % {"minutes": minutes}, seconds=seconds)


class WrongPassword(DomainError):
    code, status = "wrong_password", 403
    message: Any = _("The password is not right. Nothing was signed.")


class CardRefused(DomainError):
    """Used, ended, expired or unknown: the card does not tell which."""

    code, status = "card_refused", 403
    message: Any = _("This card is no longer valid. Ask the organiser for a new one.")


class CodeRefused(DomainError):
    code, status = "code_refused", 403
    message: Any = _("This code is not right, or it was used already. Wait for the next one and type that.")


class PasswordUnfit(DomainError):
    code, status = "password_unfit", 422


class AccountNameTaken(DomainError):
    code = "account_name_taken"
    message: Any = _("This account name is taken. Choose another one.")


class SecondFactorMissing(DomainError):
    """An officer's session without a second factor."""

    code, status = "second_factor_missing", 403
    message: Any = _("This role needs the code of your authenticator app first.")


class PasswordDue(DomainError):
    code, status = "password_due", 403
    message: Any = _("Choose a new password first.")
