"""Why a board cannot show something."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class NotPublishedYet(DomainError):
    """Names appear on a board only from a publication."""

    code = "not_published_yet"
    message = _("Names can be shown once results are published. Publish the results first, or show codes.")


class FrozenAlready(DomainError):
    code = "frozen_already"
    message = _("The board is frozen already. Lift the freeze before you choose another moment.")


class NotFrozen(DomainError):
    code = "not_frozen"
    message = _("The board is not frozen.")


class CodesEnded(DomainError):
    """Once names are published, ranks would tell whose total stands under each code."""

    code = "codes_ended"
    message = _("Results are published; codes with totals are not shown any more. Show the published results instead.")
