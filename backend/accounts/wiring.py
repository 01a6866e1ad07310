"""What accounts plug in: one's own account in the menu."""

from django.utils.translation import gettext_lazy as _

from backend.ui.registry import MenuItem, acts, menu

ACTS = {
    "account.create": _("Account created"),
    "account.password": _("Password changed"),
    "account.sign_in": _("Signed in"),
    "account.sign_in_refused": _("Sign-in refused"),
    "card.issue": _("Card printed"),
    "card.use": _("Card used"),
    "session.end": _("Device signed out"),
    "second_factor.enrol": _("Authenticator app added"),
    "second_factor.recovery": _("Recovery code used"),
    "second_factor.remove": _("Lost authenticator app taken away"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    acts(ACTS)
    menu(MenuItem("account", _("My account"), lambda actor: "/account/", order=910, icon="lock"))
