"""Words for states and roles of an entry, the same on every page."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

ENTRY_STATES = {  # state: (word, tone of its pill)
    "draft": (_("Draft"), "muted"),
    "incomplete": (_("Incomplete"), "warning"),
    "submitted": (_("Submitted"), "good"),
    "approved": (_("Approved"), "good"),
    "returned": (_("Returned"), "warning"),
    "rejected": (_("Refused"), "danger"),
    "confirmed": (_("Roster confirmed"), "good"),
    "withdrawn": (_("Withdrawn"), "muted"),
}
SUBSTITUTION_STATES = {
    "asked": (_("Asked for"), "info"),
    "approved": (_("Approved"), "good"),
    "refused": (_("Refused"), "danger"),
    "taken_back": (_("Taken back"), "muted"),
}
DECIDED_BY = {  # who decides about replacements and withdrawals after approval
    "last": _("the last reviewer alone"),
    "all": _("each reviewer in turn"),
}
OBJECTION_STATES = {
    "open": (_("To be answered"), "warning"),
    "upheld": (_("Upheld"), "danger"),
    "dismissed": (_("Dismissed"), "muted"),
}
PAPERS = {  # what an event may ask of every contestant
    "entry.photo": _("Photo"),
    "entry.id_card": _("ID card, both sides"),
    "entry.student_card": _("Student card"),
    "entry.enrolment": _("Proof of enrolment"),
    "entry.insurance": _("Accident insurance"),
    "entry.health": _("Health and safety undertaking"),
    "entry.guardian": _("Consent of a minor's guardian"),
}
EDITABLE = ("draft", "incomplete", "returned")  # the school still changes the team itself
TAKES_PAPERS = (*EDITABLE, "approved", "confirmed")  # not while a reviewer looks at them
PHOTO = "entry.photo"
GUARDIAN = "entry.guardian"  # asked of minors only; agreeing by the contestant's link is as good as a signed paper
REVIEWERS = {"bureau": _("Education bureau"), "organiser": _("Organisers")}
RETURN_REASONS = (  # what a reviewer picks from where the plan names nothing of its own
    _("The ID number does not agree with the ID card."),
    _("The person is not found in the student register."),
    _("The study number, major or grade does not agree with the student register."),
    _("The instructor is not on the school's staff."),
    _("The photo does not fit: recent, full face, plain ground."),
    _("A document is missing or cannot be read."),
    _("The school's seal or signature is missing."),
)
VERDICTS = {"approve": _("Approved"), "return": _("Returned"), "reject": _("Refused")}
# What a reviewer can mark: fields of a member or of the team; the schools read them by these names.
REVIEWED_FIELDS = (
    "name",
    "id_number",
    "sex",
    "phone",
    "study_number",
    "major_code",
    "major_name",
    "grade",
    "role",
    "tech_platform",
)
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
    "topic": _("Topic"),
    "topic_class": _("Class of majors"),
    "study_number": _("Study number"),
    "major_code": _("Major code"),
    "major_name": _("Major"),
    "grade": _("Grade"),
    "remark": _("Remark"),
}


class Relation(StrEnum):
    """How a guardian is related to a minor."""

    FATHER = "father"
    MOTHER = "mother"
    GUARDIAN = "guardian"


RELATION_WORDS = {
    Relation.FATHER: _("Father"),
    Relation.MOTHER: _("Mother"),
    Relation.GUARDIAN: _("Other legal guardian"),
}
# What a guardian agrees to. A changed text is a new version: a test holds the words against the number.
CONSENT_VERSION = "1"
CONSENT_TEXT = _(
    "I am the legal guardian of this contestant. I know of the entry and agree that the contestant takes part, "
    "and that the school and the organisers use the data on this page to register, identify and reach the "
    "contestant, to hold the competition and to issue certificates. Published are name, school and award only. I "
    "may ask the school at any time what is kept, have it corrected, or take this consent back; what was lawfully "
    "done before stays valid."
)
