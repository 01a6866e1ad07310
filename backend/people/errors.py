"""What a person can do wrong with people and roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class UnknownOrganisation(DomainError):
    """No recorded organisation has that name; `proposals` are offered, never taken."""

    code, status = "organisation_unknown", 422
    message: Any = _("No organisation is recorded under that name.")


class NameTaken(DomainError):
    code = "organisation_name_taken"
    message: Any = _("Another organisation is recorded under this name.")
