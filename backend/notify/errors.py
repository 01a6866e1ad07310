"""What can go wrong with notices that a person can mend."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError, Invalid


class NoticeRefused(Invalid):
    """Fields of a notice or template that cannot be taken."""


class NobodyReached(DomainError):
    code = "nobody_reached"
    message = _("Nobody belongs to this audience yet, so nothing was sent.")


class NoWayToReach(DomainError):
    code = "no_way_to_reach"
    message = _(
        "Nobody of this audience has an account, and none of the ticked ways reaches them, so nothing was sent. "
        "Change the text and tick another way, or have their addresses recorded first."
    )


class AlreadySent(DomainError):
    code = "already_sent"
    message = _("This notice was sent. Write a new one; what people were told stays on record.")


class LinkOver(DomainError):
    code, status = "link_over", 410
    message = _("This link is no longer valid. Ask for a new one on the page of your messages.")


class TooSoon(DomainError):
    code, status = "too_soon", 429
    message = _("A link was sent a moment ago. Wait a minute before you ask for another.")
