"""Words for states and roles of an entry, the same on every page."""

from django.utils.translation import gettext_lazy as _

ENTRY_STATES = {  # state: (word, tone of its pill)
    "draft": (_("Draft"), "muted"),
    "incomplete": (_("Incomplete"), "warning"),
    "submitted": (_("Submitted"), "good"),
    "withdrawn": (_("Withdrawn"), "muted"),
}
IMPORT_STATES = {
    "staged": (_("Being checked"), "info"),
    "checked": (_("Checked"), "info"),
    "refused": (_("Refused"), "danger"),
    "confirmed": (_("Taken"), "good"),
    "discarded": (_("Discarded"), "muted"),
}
ROLE_WORDS = {"contestant": _("Contestant"), "instructor": _("Instructor"), "leader": _("Team leader")}
SEX_WORDS = {"F": _("Female"), "M": _("Male"), "": ""}
FIELD_WORDS = {
    "school": _("School"),
    "team_number": _("Team"),
    "role": _("Role"),
    "name": _("Full name"),
    "sex": _("Sex"),
    "id_number": _("ID number"),
    "phone": _("Phone"),
    "tech_platform": _("Platform"),
    "study_number": _("Study number"),
    "major_code": _("Major code"),
    "major_name": _("Major"),
    "grade": _("Grade"),
    "remark": _("Remark"),
}
