"""Words for the states and kinds of a selection, the same on every page."""

from django.utils.translation import gettext_lazy as _

CALL_STATES = {  # state: (word, tone of its pill)
    "draft": (_("Being prepared"), "muted"),
    "open": (_("Open for applications"), "good"),
    "recommending": (_("Groups recommend"), "wait"),
    "scoring": (_("Experts score"), "wait"),
    "shortlisted": (_("List computed"), "info"),
    "publicity": (_("Public notice"), "info"),
    "confirmed": (_("Confirmed"), "good"),
    "cancelled": (_("Cancelled"), "bad"),
}
APPLICATION_STATES = {
    "draft": (_("Being written"), "muted"),
    "submitted": (_("Submitted"), "good"),
    "returned": (_("Sent back to be mended"), "warning"),
    "withdrawn": (_("Given up"), "muted"),
}
OBJECTION_STATES = {
    "filed": (_("To be answered"), "wait"),
    "upheld": (_("Upheld"), "good"),
    "dismissed": (_("Not upheld"), "muted"),
}
OUTCOMES = {
    "chosen": (_("Proposed"), "good"),
    "below": (_("Not placed"), "muted"),
    "limit": (_("Has all it may win"), "info"),
    "excluded": (_("Taken off the list"), "bad"),
    "confirmed": (_("Confirmed"), "good"),
    "rejected": (_("Not placed"), "muted"),
}
ORGANISATION_KINDS = {
    "school": _("Vocational schools"),
    "enterprise": _("Enterprises"),
    "evaluation": _("Evaluation organisations"),
    "bureau": _("Bureaus"),
    "association": _("Associations"),
    "institute": _("Institutes"),
    "other": _("Others"),
}
QUESTION_KINDS = ("text", "long", "whole", "amount", "yes")
