"""What can go wrong at the draw."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class NothingToDraw(DomainError):
    code = "nothing_to_draw"
    message: Any = _("No entry is submitted, so there is nothing to draw.")


class CodeTableAltered(DomainError):
    code = "code_table_altered"
    message: Any = _("The code table is not the one that was drawn. Stop and call the supervisor.")
