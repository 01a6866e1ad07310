"""What the pages of contests, editions, events and rules may send."""

from competitions.contests.forms.editions import CopyForm, EditionForm, PostponeForm, TrackForm
from competitions.contests.forms.events import EventForm
from competitions.contests.forms.hosting import CommissionForm
from competitions.contests.forms.rules import START, RulesForm, RulesTextForm, read_document, sent_document, written

__all__ = [
    "START",
    "CommissionForm",
    "CopyForm",
    "EditionForm",
    "EventForm",
    "PostponeForm",
    "RulesForm",
    "RulesTextForm",
    "TrackForm",
    "read_document",
    "sent_document",
    "written",
]
