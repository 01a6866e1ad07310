"""What the people pages may send."""

from backend.people.forms.catalogues import CatalogueForm
from backend.people.forms.days import OrganisationField
from backend.people.forms.groups import CommitteeForm, DayForm, GroupForm, OfficeForm
from backend.people.forms.memberships import (
    ApplicationForm,
    DecisionForm,
    EndForm,
    InviteForm,
    MemberDetailsForm,
    MemberForm,
    SheetForm,
)
from backend.people.forms.merges import MergeForm
from backend.people.forms.places import FormerNameForm, OrganisationForm, OversightForm, RenameForm
from backend.people.forms.roles import AccountForm, AppointForm
from backend.people.forms.statistics import ColumnsForm

__all__ = [
    "AccountForm",
    "AppointForm",
    "ApplicationForm",
    "CatalogueForm",
    "ColumnsForm",
    "CommitteeForm",
    "DayForm",
    "DecisionForm",
    "EndForm",
    "FormerNameForm",
    "GroupForm",
    "InviteForm",
    "MemberDetailsForm",
    "MemberForm",
    "MergeForm",
    "OfficeForm",
    "OrganisationField",
    "OrganisationForm",
    "OversightForm",
    "RenameForm",
    "SheetForm",
]
