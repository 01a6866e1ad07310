"""What the pages of roles may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.accounts.selectors import account_named
from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group
from backend.people.permissions import is_system, offered_roles
from backend.people.selectors import match_organisation
from backend.ui.words import role_name

IN_A_GROUP = (Role.GROUP_SECRETARY, Role.ORGANISER)
OF_AN_ORGANISATION = (Role.SCHOOL_COORDINATOR, Role.BUREAU_REVIEWER)


class AccountForm(forms.Form):
    """Cleans to `user` (None for a new account), `account_name` and `display_name`."""

    account = forms.ChoiceField(
        label=gettext_lazy("Account"),
        choices=[
            ("new", gettext_lazy("New account, with a printed card for its first password")),
            ("known", gettext_lazy("Account that exists")),
        ],
        widget=forms.RadioSelect,
        initial="new",
    )
    account_name = forms.CharField(
        label=gettext_lazy("Account name"),
        max_length=60,
        help_text=gettext_lazy("What the person types to sign in; for an account that exists also phone or e-mail."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(label=gettext_lazy("Person's name"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        told = {**self.cleaned_data, "user": None}
        if told.get("account") == "known" and told.get("account_name"):
            told["user"] = account_named(told["account_name"])
            if told["user"] is None:
                self.add_error("account_name", _("There is no account with this name, phone or e-mail."))
        return told


class AppointForm(AccountForm):
    """Cleans to `role` and `scope` as well."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    group = forms.ModelChoiceField(
        Group.objects.none(), to_field_name="code", label=gettext_lazy("Group"), required=False
    )
    school = forms.CharField(
        label=gettext_lazy("School, enterprise or bureau"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Full name, for a coordinator or a bureau reviewer."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["role", "group", "school"])
        self.actor = actor
        self.fields["role"].choices = [(r, role_name(r)) for r in offered_roles(actor)]  # type: ignore[attr-defined]
        if is_system(actor):
            self.fields["group"].queryset = Group.objects.visible_to(actor)  # type: ignore[attr-defined]
        else:
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "scope": self._scope()}

    def _scope(self) -> Ref | None:
        role = self.cleaned_data.get("role")
        if role in IN_A_GROUP and is_system(self.actor):
            group = self.cleaned_data.get("group")
            if group is None:
                self.add_error("group", _("Choose the group in which the role holds."))
            return group.ref if group else None
        if role in IN_A_GROUP:
            return self.actor.scope
        return self._organisation() if role in OF_AN_ORGANISATION else Ref(ScopeKind.SYSTEM, "")

    def _organisation(self) -> Ref | None:
        written = self.cleaned_data.get("school", "")
        found, near = match_organisation(written)
        if found is None:
            asked = _("No organisation is recorded under this name.")
            meant = _(" Was one of these meant: %(names)s?") % {"names": "、".join(near)} if near else ""
            self.add_error("school", asked + meant if written else _("Enter the organisation's full name."))
        return found.ref if found else None
