"""What the pages of contests, editions, events and rules may send."""

from competitions.contests.forms.editions import CopyForm, EditionForm, PostponeForm, TrackForm
from competitions.contests.forms.events import EventForm
from competitions.contests.forms.hosting import CommissionForm
from competitions.contests.forms.rules import EditionRulesForm, RulesForm, field_of

__all__ = [
    "CommissionForm",
    "CopyForm",
    "EditionForm",
    "EditionRulesForm",
    "EventForm",
    "PostponeForm",
    "RulesForm",
    "TrackForm",
    "field_of",
]
