"""`{% timeline ref %}`: who did what to a thing, in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth import get_user_model
from django.template import Context
from django.utils.translation import gettext_lazy as _

from backend.audit.models import AuditEntry
from backend.audit.selectors import timeline_of
from backend.core.refs import Ref
from backend.ui import registry
from backend.ui.words import role_name

register = template.Library()

# What acts are called where their room registered no words of its own (`registry.states("act", …)`).
ACTS: dict[str, Any] = {
    "account.create": _("Account created"),
    "account.password": _("Password changed"),
    "account.sign_in": _("Signed in"),
    "account.sign_in_refused": _("Sign-in refused"),
    "card.issue": _("Card printed"),
    "card.use": _("Card used"),
    "session.end": _("Device signed out"),
    "second_factor.enrol": _("Authenticator app added"),
    "second_factor.recovery": _("Recovery code used"),
    "role.grant": _("Role given"),
    "role.end": _("Role ended"),
    "groups.load": _("Groups recorded"),
    "organisation.record": _("Organisation recorded"),
    "organisation.former_name": _("Former name recorded"),
    "edition.create": _("Edition created"),
    "event.create": _("Event created"),
    "event.edit": _("Event changed"),
    "event.open_registration": _("Registration opened"),
    "event.close_registration": _("Registration closed"),
    "event.draw": _("Drawn"),
    "event.start_scoring": _("Scoring opened"),
    "event.tally": _("Tallied"),
    "event.reopen_scoring": _("Scoring opened again"),
    "event.sign": _("Results signed"),
    "event.publish": _("Results published"),
    "event.correct": _("Publication corrected"),
    "rules.adopt": _("Rules adopted"),
    "rules.sign_off": _("Rules signed off"),
    "entry.create": _("Entry begun"),
    "entry.edit": _("Entry changed"),
    "entry.delete": _("Draft deleted"),
    "entry.submit": _("Submitted"),
    "entry.approve": _("Approved"),
    "entry.return": _("Returned for mending"),
    "entry.reject": _("Refused"),
    "entry.withdraw": _("Withdrawn"),
    "entry.confirm": _("Confirmed"),
    "entry.substitute": _("Member replaced"),
    "entry.complete": _("Entry completed"),
    "entry.lose_member": _("Member lost"),
    "entry.reopen": _("Taken back for changes"),
    "import.stage": _("Workbook uploaded"),
    "import.check": _("Workbook checked"),
    "import.confirm": _("Import taken"),
    "import.discard": _("Import given up"),
    "import.refuse": _("Workbook refused"),
    "import.purge": _("Workbook deleted after its time"),
    "import.download": _("Workbook with marks downloaded"),
    "import.take_name": _("Proposed name taken"),
    "session.add": _("Session added"),
    "stations.add": _("Stations laid out"),
    "panel.add": _("Panel formed"),
    "panel.score_again": _("Panel scores again"),
    "seat.add": _("Seat added"),
    "seat.end": _("Seat ended"),
    "draw.done": _("Drawn"),
    "scheme.import": _("Marking scheme read"),
    "scheme.lock": _("Marking scheme locked"),
    "scoring.open": _("Scoring opened"),
    "marks.take": _("Marks taken"),
    "sheet.submit": _("Sheet submitted"),
    "work.status": _("State of a work set"),
    "board.set_mode": _("Board switched"),
    "credential.issue": _("Certificate issued"),
    "credential.reissue": _("Certificate issued anew"),
    "credential.revoke": _("Certificate revoked"),
}


def act_name(action: str) -> str:
    """An act in the reader's language."""
    label, _tone = registry.state_of("act", action)
    return str(ACTS.get(action, label)) if label == action else str(label)


@register.inclusion_tag("audit/_timeline.html", takes_context=True)
def timeline(context: Context, subject: Ref, limit: int = 50) -> dict[str, Any]:
    """The acts on a thing, the newest first; the view has decided that the reader may see the thing."""
    entries = list(timeline_of(context["actor"], subject, limit))
    return {"rows": rows_of(entries)}


def rows_of(entries: list[AuditEntry]) -> list[dict[str, Any]]:
    """Entries with the words a person reads; names cost one query."""
    users = get_user_model().objects.filter(uid__in={e.user_uid for e in entries if e.user_uid})
    names: dict[Any, str] = {user.uid: user.display_name or user.account_name for user in users}
    return [
        {"at": e.at, "act": act_name(e.action), "who": names.get(e.user_uid, ""), "role": role_name(e.role)}
        for e in entries
    ]
