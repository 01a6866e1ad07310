"""What pages may send about selections."""

from backend.selection.forms.applying import ApplicationForm, ReasonForm, ReturnForm
from backend.selection.forms.calling import CallForm, OffersForm
from backend.selection.forms.judging import AnswerForm, ExpertForm, ObjectionForm, RecommendForm, ScoreForm

__all__ = [
    "AnswerForm",
    "ApplicationForm",
    "CallForm",
    "ExpertForm",
    "ObjectionForm",
    "OffersForm",
    "ReasonForm",
    "RecommendForm",
    "ReturnForm",
    "ScoreForm",
]
