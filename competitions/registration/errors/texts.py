"""What is said about a finding: one sentence, with the cure, and never a personal value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from competitions.registration.rulebook import Finding

_TEXTS: Mapping[str, Any] = {
    "BLANK": _("This is empty. Please fill it in."),
    "ROLE_UNKNOWN": _("This role is not known. Write contestant (选手), instructor (指导教师) or leader (领队)."),
    "SEX_UNKNOWN": _("This is neither 男 nor 女. Please write one of them."),
    "SEX_OTHER_THAN_ID": _("The sex does not agree with the ID number. Please check both against the ID card."),
    "ID_TYPE_UNKNOWN": _("This kind of document is not known. Choose one from the template's list."),
    "ID_LENGTH": _("The ID number has %(length)s places; it must have 18. Please check it against the ID card."),
    "ID_SHAPE": _("The document number holds characters that it cannot have. Please check it against the document."),
    "ID_KIND": _("The number does not belong to this kind of document. Please correct the kind or the number."),
    "ID_CHECK_DIGIT": _("The last place of the ID number should be %(expected)s. Please check it against the ID card."),
    "ID_BIRTH_DATE": _("The ID number holds a birthday that does not exist. Please check it against the ID card."),
    "ID_BORN_LATER": _("The ID number holds a birthday in the future. Please check it against the ID card."),
    "AGE_ABOVE": _("On %(on)s this contestant is older than %(limit)s, which the rules do not allow."),
    "AGE_BELOW": _("On %(on)s this contestant is younger than %(limit)s, which the rules do not allow."),
    "OTHER_EVENT": _("This row is for another event; here is %(code)s. Correct the code or move the row."),
    "OTHER_DIVISION": _("This row is for another division than this event's."),
    "TEAM_NUMBER": _("The team number must be a whole number from 1 to 999."),
    "SCHOOL_UNKNOWN": _("There is no such school. Please write its full registered name."),
    "OTHER_SCHOOL": _("This row belongs to another school. You can enter only your own school's people."),
    "DUPLICATE_PERSON": _("The same person is already in row %(other)s. Keep one of the two rows."),
    "ALREADY_ENTERED": _("This person is already entered for this event in another place."),
    "TOO_MANY_CONTESTANTS": _("A team has at most %(limit)s contestants, and this row is one too many."),
    "TOO_MANY_INSTRUCTORS": _("A team has at most %(limit)s instructors, and this row is one too many."),
    "TOO_MANY_LEADERS": _("A team has at most %(limit)s leaders, and this row is one too many."),
    "TOO_MANY_TEAMS": _("A school enters at most %(limit)s teams for this event, and this team is one too many."),
    "RULE_BROKEN": _("%(refusal)s According to %(source)s."),
    "QUOTA_ALL": _("The quota over all events is %(limit)s, and this team is beyond it. According to %(source)s."),
    "QUOTA_EVENT": _("The quota of this event is %(limit)s, and this team is beyond it. According to %(source)s."),
    "TOPIC_TWICE": _("This topic is already entered; each may be named once. According to %(source)s."),
    "TOPIC_CLASS_TWICE": _("A work of this class is already entered. According to %(source)s."),
    "TOPIC_MISSING": _("The rules look at the topic of each team. Name it in one row of the team at least."),
    "TOPIC_CLASS_MISSING": _("The rules look at the class of majors. Name it in one row of the team at least."),
    "TOPIC_DIFFERS": _("A team has one topic and class, but row %(other)s names another one."),
    "PLATFORM_MISSING": _("Each team chooses a platform: %(choices)s."),
    "PLATFORM_UNKNOWN": _("This platform is not offered. Choose one of: %(choices)s."),
    "PLATFORM_DIFFERS": _("A team uses one platform, but row %(other)s names another one."),
    "PLATFORM_STANDS": _("This team is entered with another platform."),
    "ENTRY_SUBMITTED": _("This team is already submitted. Reopen it first, then import the change."),
    "PHONE_SHAPE": _("This is not a mobile number of mainland China: 11 digits beginning with 13 to 19."),
    "TOO_LONG": _("This is longer than %(limit)s characters."),
}
_PROPOSAL = _("There is no such school. Did you mean “%(name)s”?")


def finding_text(finding: Finding) -> str:
    """The sentence about a finding, in the active language."""
    code = finding.code
    if code == "PLATFORM_DIFFERS" and not finding.other_row:
        code = "PLATFORM_STANDS"
    if finding.params.get("proposal"):
        return str(_PROPOSAL) % {"name": finding.params["proposal"]}
    params = dict(finding.params)
    if "source" in params:
        params["source"] = params["source"] or str(_("the rules of this event"))
    return str(_TEXTS[code]) % {**params, "other": str(finding.other_row)}
