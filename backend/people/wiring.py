"""What people plug in: the role switch in the menu."""

from django.utils.translation import gettext_lazy as _

from backend.ui.registry import MenuItem, menu


def plug() -> None:
    """Called once when the apps are ready."""
    menu(MenuItem("role", _("Your roles"), lambda actor: "/role/", order=900))
