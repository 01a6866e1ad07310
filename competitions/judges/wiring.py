"""What judges plug in: words of acts, and how a seat is called."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.ui import registry

ACTS = {
    "panel.add": _("Panel formed"),
    "seat.add": _("Seat added"),
    "seat.end": _("Seat ended"),
}


def seat_label(frozen: str) -> str:
    """`judge 3` as the record keeps it, in the reader's language."""
    duty, _space, number = frozen.partition(" ")
    words = {"judge": gettext("Judge %(n)s"), "chief": gettext("Chief judge"), "supervisor": gettext("Supervisor")}
    return words[duty] % {"n": number} if duty in words else frozen


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
    registry.label("seat", seat_label)
