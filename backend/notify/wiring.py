"""What notes plug in: the inbox with its count in the menu."""

from django.utils.translation import gettext_lazy as _

from backend.notify.receivers import tell_of_a_decision, tell_of_a_role
from backend.notify.selectors import register_text, unread_count
from backend.people.signals import application_moved, role_given
from backend.ui.registry import MenuItem, menu


def plug() -> None:
    """Called once when the apps are ready."""
    menu(MenuItem("inbox", _("Messages"), lambda actor: "/inbox/", order=890, icon="bell", count=unread_count))
    register_text("role.given", _("You were given the role %(role)s. %(where)s"))
    role_given.connect(tell_of_a_role, dispatch_uid="notify.role_given")
    register_text("membership.accept", _("%(group)s accepted your application."))
    register_text("membership.return", _("%(group)s returned your application for mending."))
    register_text("membership.refuse", _("%(group)s refused your application."))
    application_moved.connect(tell_of_a_decision, dispatch_uid="notify.application_moved")
