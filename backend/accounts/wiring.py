"""What accounts plug in: one's own account in the menu."""

from django.utils.translation import gettext_lazy as _

from backend.ui.registry import MenuItem, menu


def plug() -> None:
    """Called once when the apps are ready."""
    menu(MenuItem("account", _("My account"), lambda actor: "/account/", order=910, icon="lock"))
