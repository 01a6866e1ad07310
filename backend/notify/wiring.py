"""What notes plug in: inbox and notices in the menu, states, carriers, the audiences of groups."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.notify.backends.mail import SmtpCarrier
from backend.notify.backends.sms import ChosenGateway
from backend.notify.enums import Channel
from backend.notify.permissions import may_write
from backend.notify.receivers import tell_of_a_decision, tell_of_a_role
from backend.notify.selectors import CONFIRM, Audience, register_audience, register_text, unread_count
from backend.notify.selectors.groups import coordinators_in_group, groups_written_to, officers_in_group
from backend.notify.services import register_carrier
from backend.people.signals import application_moved, role_given
from backend.ui import registry
from backend.ui.registry import MenuItem, menu

ACTS = {
    "notice.draft": _("Notice drafted"),
    "notice.change": _("Draft of a notice changed"),
    "notice.delete": _("Draft of a notice thrown away"),
    "notice.send": _("Notice sent"),
    "notice.news": _("News on its way by itself"),
    "notice.retry": _("Failed copies sent again"),
    "template.make": _("Template made"),
    "template.change": _("Template changed"),
    "template.end": _("Template ended"),
    "preference.change": _("Wishes for e-mail and SMS changed"),
    "preference.record": _("E-mail address recorded by those who keep the account"),
    "preference.ask": _("Link for a new e-mail address asked for"),
    "preference.confirm": _("E-mail address confirmed"),
    "preference.forget": _("E-mail address removed"),
    "preference.leave": _("E-mails turned off by link"),
    "preference.return": _("Letters turned on again by link"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    menu(MenuItem("inbox", _("Messages"), lambda actor: "/inbox/", order=890, icon="bell", count=unread_count))
    menu(MenuItem("notices", _("Notices"), lambda actor: reverse("notify:notices"), 60, icon="pen", shown=may_write))
    registry.acts(ACTS)
    registry.states(
        "notice",
        {"draft": (_("Draft"), "muted"), "queued": (_("On its way"), "wait"), "sent": (_("Sent"), "good")},
    )
    registry.states(
        "holding", {"notify.note": (_("Notices by letter"), ""), "notify.silence": (_("Letters turned off"), "")}
    )
    registry.link("notice", lambda ref: reverse("notify:notice", args=[ref.key]))
    register_text("role.given", _("You were given the role %(role)s. %(where)s"), duty=True)
    register_text(CONFIRM, _("Please open the link to confirm your new e-mail address."), duty=True)
    role_given.connect(tell_of_a_role, dispatch_uid="notify.role_given")
    register_text("membership.accept", _("%(group)s accepted your application."))
    register_text("membership.return", _("%(group)s returned your application for mending."), duty=True)
    register_text("membership.refuse", _("%(group)s refused your application."))
    application_moved.connect(tell_of_a_decision, dispatch_uid="notify.application_moved")
    register_carrier(Channel.EMAIL, SmtpCarrier())
    register_carrier(Channel.SMS, ChosenGateway())
    _audiences()


def _audiences() -> None:
    places = {"group": _("the group's name")}
    schools = {**places, "school": _("the school's name")}
    for kind, label, people, offered in (
        ("group.coordinators", _("School coordinators of a group"), coordinators_in_group, schools),
        ("group.officers", _("Secretaries and organisers of a group"), officers_in_group, places),
    ):
        register_audience(Audience(kind, label, groups_written_to, people, offered))
