"""What keeps an entry or a workbook from being taken."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError, Invalid


class EntriesRefused(Invalid):
    """Drafts with findings; `problems` is keyed `<row>.<field>`."""

    code = "entries_refused"
    message = _("This entry cannot be saved like this. Please mend the marked places.")


class RegistrationClosed(DomainError):
    code = "registration_closed"
    message = _("Registration for this event is not open. Ask the organisers if you still need to change something.")


class DeadlineOver(DomainError):
    code = "deadline_over"
    message = _("The registration deadline is over. Ask the organisers if you still need to change something.")


class EntryIncomplete(DomainError):
    code = "entry_incomplete"
    message = _("This team is not complete yet, so it cannot be submitted. Add the missing members first.")


class EntryFixed(DomainError):
    """Only drafts may be changed or deleted; what was submitted is reopened or withdrawn."""

    code = "entry_fixed"
    message = _("This entry is already submitted. Reopen it first, then change it.")


class PapersMissing(DomainError):
    code = "papers_missing"
    message = _(
        "Documents or guardians' consents that this event asks for are missing. The page of documents says whose."
    )


class NotWaiting(DomainError):
    """Somebody decided in the meantime, or it was never handed in."""

    code = "not_waiting"
    message = _("This entry no longer waits for a review. Look at it again: somebody may have decided just now.")


class CorrectionsClosed(DomainError):
    code = "corrections_closed"
    message = _("The time to mend returned entries is over. Ask the organisers if you still need to change something.")


class SubstitutionClosed(DomainError):
    code = "substitution_closed"
    message = _("The time to replace members is over.")


class MembersFixed(DomainError):
    code = "members_fixed"
    message = _("After approval a member is replaced with a reason, not by changing the roster.")


class SubstitutionPending(DomainError):
    code = "substitution_pending"
    message = _("A replacement of this member is already asked for.")


class WithdrawalClosed(DomainError):
    code = "withdrawal_closed"
    message = _("The time to withdraw teams is over. Ask the organisers: the team can still be noted as absent.")


class WithdrawalPending(DomainError):
    code = "withdrawal_pending"
    message = _("The withdrawal of this team is already asked for.")


class FileKnown(DomainError):
    code = "file_known"
    message = _("This file was already confirmed for this event. Change the workbook and upload it again.")


class EnteredMeanwhile(DomainError):
    """Two schools named one contestant in the same moment; the database let one of them through."""

    code = "entered_meanwhile"
    message = _("One of these people was entered elsewhere at this very moment. Please send it again.")


class ImportMoved(DomainError):
    """Between check and confirmation other entries were made."""

    code = "import_moved"
    message = _("The entries have changed since the check, so nothing was taken. Check the file again.")


class ImportPurged(DomainError):
    code = "import_purged"
    message = _("The file of this import was deleted after its confirmation, as planned.")


class LinkUsedUp(DomainError):
    code, status = "link_used_up", 410
    message = _("This link is no longer valid: it was used, replaced or is too old. Ask your school for a new one.")


class OwnDataFirst(DomainError):
    code = "own_data_first"
    message = _(
        "Complete your data on the page of your link first, for minors with the guardian. Then open an account."
    )


class ConsentOver(DomainError):
    code, status = "consent_over", 410
    message = _(
        "A guardian's consent can no longer be given here: the event has begun, or the team no longer takes part."
    )


class RulesBroken(Invalid):
    """People who do not meet a rule; `problems` is keyed `<member uid>.<fact>`."""

    code = "rules_broken"
    message = _("This team does not meet the rules. Please look at the marked people.")


class FactsMissing(DomainError):
    code = "facts_missing"
    message = _("Some conditions are not proven yet. Please state them first, then submit the team.")


class MergeBlocked(DomainError):
    code = "merge_blocked"
    message = _("Somebody of these teams already stands in the other event, so the two cannot be merged like this.")
