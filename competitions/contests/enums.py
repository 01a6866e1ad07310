"""Words for states and divisions, the same on every page."""

from django.utils.translation import gettext_lazy as _

EVENT_STATES = {  # state: (word, tone of its pill)
    "draft": (_("Being prepared"), "muted"),
    "registering": (_("Registration open"), "good"),
    "registered": (_("Registration closed"), "info"),
    "drawn": (_("Drawn"), "info"),
    "scoring": (_("Scoring"), "wait"),
    "tallied": (_("Tallied"), "info"),
    "signed": (_("Signed"), "info"),
    "published": (_("Published"), "good"),
}
DIVISIONS = {
    "SECONDARY_STUDENT": _("Secondary vocational students"),
    "HIGHER_STUDENT": _("Higher vocational students"),
    "TEACHER": _("Teachers"),
    "EMPLOYEE": _("Employees"),
    "STUDENT_OPEN": _("Students (open)"),
    "INTERNATIONAL": _("International"),
}
