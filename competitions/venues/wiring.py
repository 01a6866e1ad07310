"""What venues plug in: words of acts."""

from django.utils.translation import gettext_lazy as _

from backend.ui import registry

ACTS = {
    "session.add": _("Session added"),
    "session.change": _("Session changed"),
    "session.remove": _("Session removed"),
    "stations.add": _("Stations laid out"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
