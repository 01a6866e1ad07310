"""What people plug in: groups, organisations and role holders in the menu; links of their Refs."""

from django.utils.translation import gettext_lazy as _

from backend.people.permissions import may_see_role_holders
from backend.ui.registry import MenuItem, acts, link, menu

ACTS = {
    "role.grant": _("Role given"),
    "role.end": _("Role ended"),
    "groups.load": _("Groups recorded"),
    "organisation.record": _("Organisation recorded"),
    "organisation.former_name": _("Former name recorded"),
    "organisation.oversight": _("Way of reporting recorded"),
    "person.link": _("Account linked to its person"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    acts(ACTS)
    seen = may_see_role_holders
    menu(MenuItem("groups", _("Groups"), lambda actor: "/groups/", 800, "list", shown=seen))
    menu(MenuItem("organisations", _("Organisations"), lambda a: "/organisations/", 810, "school", shown=seen))
    menu(MenuItem("people", _("Role holders"), lambda actor: "/people/", 820, "people", shown=seen))
    menu(MenuItem("role", _("Your roles"), lambda actor: "/role/", 900, "key"))
    link("group", lambda ref: f"/groups/{ref.key}/")
    link("organisation", lambda ref: f"/organisations/{ref.key}/")
