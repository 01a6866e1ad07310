"""What people plug in: groups, organisations, memberships and role holders in the menu; to-do items; links of Refs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.people.forms.words import APPLICATION_STATES, MERGE_STATES
from backend.people.permissions import may_merge, may_see_applications, may_see_role_holders
from backend.people.selectors import (
    Counter,
    counter,
    drafts_of,
    joined_between,
    left_between,
    merges_waiting,
    returned_to,
    waiting_for,
)
from backend.ui.registry import MenuItem, Todo, acts, link, menu, states, todos

ACTS = {
    "role.grant": _("Role given"),
    "role.end": _("Role ended"),
    "groups.load": _("Groups recorded"),
    "organisation.record": _("Organisation recorded"),
    "organisation.former_name": _("Former name recorded"),
    "organisation.oversight": _("Way of reporting recorded"),
    "person.open_account": _("Account opened by the person"),
    "person.link": _("Account linked to its person"),
    "group.keep": _("Charter and legal form recorded"),
    "committee.found": _("Specialty committee founded"),
    "committee.end": _("Specialty committee dissolved"),
    "office.fill": _("Office filled"),
    "office.end": _("Office ended"),
    "member.record": _("Member recorded"),
    "member.end": _("Membership ended"),
    "member.keep": _("Member's details changed"),
    "member.import": _("List of members taken in"),
    "membership.draft": _("Application begun"),
    "membership.invite": _("Organisation invited"),
    "membership.edit": _("Application changed"),
    "membership.delete": _("Draft deleted"),
    "membership.submit": _("Application submitted"),
    "membership.return": _("Application returned"),
    "membership.refuse": _("Application refused"),
    "membership.accept": _("Application accepted"),
    "membership.withdraw": _("Application withdrawn"),
    "organisation.rename": _("New name recorded"),
    "statistics.columns": _("Columns of the yearly report set"),
    "person.ask_merge": _("Merge asked for"),
    "person.refuse_merge": _("Merge not made"),
    "person.merge": _("Persons merged"),
    "catalogue.import": _("Catalogue taken in"),
    "membership.leave": _("Has left"),
}


def _todos(actor: Actor) -> list[Todo]:
    """Applications that the secretary decides, and those that a unit has to mend."""
    found = [
        Todo(
            title=_("Membership applications await your decision"),
            link=f"{reverse('people:applications')}?state=submitted",
            verb=_("Decide"),
            count=waiting,
            order=30,
        )
        for waiting in [waiting_for(actor).count()]
        if waiting
    ]
    found += [
        Todo(
            title=_("A membership application came back for mending"),
            link=reverse("people:application", args=[each.uid]),
            verb=_("Mend it"),
            note=each.group.name,
            tone="warning",
            order=30,
        )
        for each in returned_to(actor)[:5]
    ]
    found += [
        Todo(
            title=_("An application to join or to leave waits for you to submit it"),
            link=reverse("people:application", args=[each.uid]),
            verb=_("Open"),
            note=each.group.name,
            order=35,
        )
        for each in drafts_of(actor)[:5]
    ]
    waiting = merges_waiting(actor).count()
    if waiting:
        title, link_ = _("Merges of persons await the second officer"), reverse("people:merges")
        found.append(Todo(title=title, link=link_, verb=_("Look at them"), count=waiting, order=40))
    return found


def plug() -> None:
    """Called once when the apps are ready."""
    acts(ACTS)
    seen = may_see_role_holders
    menu(MenuItem("groups", _("Groups"), lambda actor: "/groups/", 800, "list"))
    menu(MenuItem("memberships", _("Membership"), lambda a: "/memberships/", 805, "plus", shown=may_see_applications))
    menu(MenuItem("organisations", _("Organisations"), lambda a: "/organisations/", 810, "school", shown=seen))
    menu(MenuItem("catalogues", _("Catalogues"), lambda actor: "/catalogues/", 815, "book", shown=seen))
    menu(MenuItem("people", _("Role holders"), lambda actor: "/people/", 820, "people", shown=seen))
    menu(MenuItem("merges", _("Merged persons"), lambda actor: "/persons/merges/", 830, "shuffle", shown=may_merge))
    menu(MenuItem("role", _("Your roles"), lambda actor: "/role/", 900, "key"))
    link("group", lambda ref: f"/groups/{ref.key}/")
    link("organisation", lambda ref: f"/organisations/{ref.key}/")
    link("catalogue", lambda ref: f"/catalogues/{ref.key}/")
    link("committee", lambda ref: f"/committees/{ref.key}/")
    link("membership_application", lambda ref: f"/memberships/{ref.key}/")
    link("person_merge", lambda ref: f"/persons/merges/{ref.key}/")
    states("membership_application", APPLICATION_STATES)
    states("person_merge", MERGE_STATES)
    states("holding", {"people.ownaccount": (_("Accounts that people opened themselves"), "")})
    counter(Counter("members.joined", _("Organisations that joined"), _("organisations"), joined_between))
    counter(Counter("members.left", _("Organisations that left"), _("organisations"), left_between))
    todos("people", _todos)
