"""What the draw plugs in: words of acts."""

from django.utils.translation import gettext_lazy as _

from backend.ui import registry

ACTS = {
    "draw.done": _("Drawn"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
