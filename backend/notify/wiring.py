"""What notes plug in: the inbox with its count in the menu."""

from django.utils.translation import gettext_lazy as _

from backend.notify.selectors import unread_count
from backend.ui.registry import MenuItem, menu


def plug() -> None:
    """Called once when the apps are ready."""
    menu(MenuItem("inbox", _("Messages"), lambda actor: "/inbox/", order=890, icon="bell", count=unread_count))
