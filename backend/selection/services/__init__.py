"""The only writers of selections."""

from backend.selection.services.applying import return_application, save_draft, start, submit, take_back, withdraw
from backend.selection.services.calling import (
    announce,
    cancel,
    close,
    create_call,
    edit_call,
    forward,
    set_criteria,
    set_offers,
)
from backend.selection.services.deciding import confirm, publish, shortlist
from backend.selection.services.objecting import decide_objection, object_to
from backend.selection.services.recommending import recommend
from backend.selection.services.reviewing import NAMING, Named, name_expert, recuse, score

__all__ = [
    "NAMING",
    "Named",
    "announce",
    "cancel",
    "close",
    "confirm",
    "create_call",
    "decide_objection",
    "edit_call",
    "forward",
    "name_expert",
    "object_to",
    "publish",
    "recommend",
    "recuse",
    "return_application",
    "save_draft",
    "score",
    "set_criteria",
    "set_offers",
    "shortlist",
    "start",
    "submit",
    "take_back",
    "withdraw",
]
