"""What a person can do wrong with people and roles."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class UnknownOrganisation(DomainError):
    """No recorded organisation has that name; `proposals` are offered, never taken."""

    code, status = "organisation_unknown", 422
    message: Any = _("No organisation is recorded under that name.")


class NameTaken(DomainError):
    code = "organisation_name_taken"
    message: Any = _("Another organisation is recorded under this name.")


class ReasonMissing(DomainError):
    code, status = "reason_missing", 422
    message: Any = _("Give the reason: the other side has to know what to mend.")


class AlreadyMember(DomainError):
    code = "already_member"
    message: Any = _("This organisation is a member of the group already.")


class ApplicationOpen(DomainError):
    code = "application_open"
    message: Any = _("An application of this organisation to this group is open already.")


class NoMember(DomainError):
    code = "no_member"
    message: Any = _("This organisation is no member of the group.")


class LeadSchoolStays(DomainError):
    code = "lead_school_stays"
    message: Any = _("The lead school cannot leave its group.")


class DayUnfit(DomainError):
    code, status = "day_unfit", 422
    message: Any = _("The end lies before the beginning.")


class CommitteeExists(DomainError):
    code = "committee_exists"
    message: Any = _("The group has a committee for this class of majors already.")


class ClassUnfit(DomainError):
    code, status = "class_unfit", 422
    message: Any = _("A class of majors has four digits and begins with the group's own category.")


class TextUnreadable(DomainError):
    code, status = "text_unreadable", 422
    message: Any = _("This text file is neither UTF-8 nor GB 18030. Save it as an Excel workbook (.xlsx).")


class ClassUnknown(DomainError):
    code, status = "class_unknown", 422
    message: Any = _("The catalogue of majors in force has no class with this code.")


class AccountThere(DomainError):
    code = "account_there"
    message: Any = _(
        "You have an account already, so no second one was opened. Sign in with it. If you do not know it or its "
        "password any more, ask the organisers: a system officer prints a card for a new password."
    )


class AccountOfAnother(DomainError):
    code = "account_of_another"
    message: Any = _("This account belongs to another person already. Sign out and open one of your own.")


class AlreadyMerged(DomainError):
    code = "already_merged"
    message: Any = _("One of the two persons was merged before. Look the other number up again.")


class MergeOpen(DomainError):
    code = "merge_open"
    message: Any = _("A merge of this person waits for its second look already.")


class SamePerson(DomainError):
    code, status = "same_person", 422
    message: Any = _("Both numbers belong to one person already.")


class SecondOfficerNeeded(DomainError):
    code, status = "second_officer_needed", 403
    message: Any = _("A second system officer confirms it, not the one who asked.")


class MergeClash(DomainError):
    """What would be wrong once the two count as one; the texts name no person."""

    code = "merge_clash"

    def __init__(self, texts: Sequence[str], *, link: str) -> None:
        told = _("Nothing was merged, because first this has to be mended: %(texts)s")
        super().__init__(str(told) % {"texts": " ".join(texts)}, link=link)
