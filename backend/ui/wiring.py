"""What the ground of the pages plugs in: the first entry of the menu."""

from django.utils.translation import gettext_lazy as _

from backend.ui import registry


def plug() -> None:
    registry.menu(registry.MenuItem("first", _("To do"), lambda actor: "/", order=0, icon="inbox"))
