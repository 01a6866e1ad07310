"""A group as a tenant: its charter, its bodies, its specialty committees."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.enums import Body, CatalogueKind
from backend.people.errors import ClassUnfit, ClassUnknown, CommitteeExists, DayUnfit
from backend.people.models import Committee, Group, Office, Organisation
from backend.people.permissions import may_keep_group
from backend.people.selectors import catalogue_in_force, class_name

KEPT = ("name_en", "founded_on", "legal_form", "charter_title", "charter_number", "charter_adopted_on", "contact")


@transaction.atomic
def keep_group(*, actor: Actor, group: Group, **told: Any) -> Group:
    """Record the group's founding, legal form, charter and how to reach it. told: any of KEPT."""
    found = Group.objects.select_for_update().get(pk=group.pk)
    require(may_keep_group(actor, found))
    changed = [name for name in KEPT if name in told and getattr(found, name) != told[name]]
    for name in changed:
        setattr(found, name, told[name])
    if changed:
        found.save(update_fields=changed)
        audit.record(actor=actor, action="group.keep", subject=found.ref, fields=changed)
    return found


@transaction.atomic
def found_committee(
    *, actor: Actor, group: Group, class_code: str, name: str, founded_on: date | None = None
) -> Committee:
    """A specialty committee for one class of majors. Raises ClassUnfit, ClassUnknown, CommitteeExists.

    Regulation: JZC-2022-14
    """
    require(may_keep_group(actor, group))
    digits = len(class_code) == 4 and class_code.isascii() and class_code.isdigit()
    if not digits or not class_code.startswith(group.major_category):
        raise ClassUnfit
    catalogue = catalogue_in_force(CatalogueKind.MAJORS)
    if catalogue is not None and not catalogue.sample and not class_name(class_code):
        raise ClassUnknown
    try:
        with transaction.atomic():
            made = Committee.objects.create(group=group, class_code=class_code, name=name, founded_on=founded_on)
    except IntegrityError as error:
        raise CommitteeExists from error
    audit.record(actor=actor, action="committee.found", subject=made.ref, class_code=class_code)
    return made


@transaction.atomic
def end_committee(*, actor: Actor, committee: Committee, on: date) -> Committee:
    """Dissolve a committee; the offices in it end on the same day."""
    found = Committee.objects.select_for_update(of=("self",)).select_related("group").get(pk=committee.pk)
    require(may_keep_group(actor, found.group))
    if found.founded_on is not None and on < found.founded_on:
        raise DayUnfit
    if found.ended_on is None:
        found.ended_on = on
        found.save(update_fields=["ended_on"])
        for office in found.offices.filter(ends_on=None):
            _end(office, max(on, office.begins_on))
        audit.record(actor=actor, action="committee.end", subject=found.ref)
    return found


@transaction.atomic
def fill_office(
    *,
    actor: Actor,
    group: Group,
    body: str,
    title: str,
    name: str,
    begins_on: date,
    ends_on: date | None = None,
    organisation: Organisation | None = None,
    committee: Committee | None = None,
) -> Office:
    """Somebody takes an office in the council, the secretariat or a committee, from a day on. Raises DayUnfit.

    Regulation: JZC-2022-14
    """
    require(may_keep_group(actor, group) and (committee is None or committee.group_id == group.pk))
    if ends_on is not None and ends_on < begins_on:
        raise DayUnfit
    made = Office(group=group, body=Body.COMMITTEE if committee else body, committee=committee, title=title)
    made.begins_on, made.ends_on, made.organisation = begins_on, ends_on, organisation
    made.put("name", name)
    made.save()
    audit.record(actor=actor, action="office.fill", subject=made.ref, group=group.code, body=made.body)
    return made


@transaction.atomic
def end_office(*, actor: Actor, office: Office, on: date) -> Office:
    """The last day of an office. Raises DayUnfit."""
    found = Office.objects.select_for_update(of=("self",)).select_related("group").get(pk=office.pk)
    require(may_keep_group(actor, found.group))
    if on < found.begins_on:
        raise DayUnfit
    _end(found, on)
    audit.record(actor=actor, action="office.end", subject=found.ref, group=found.group.code)
    return found


def _end(office: Office, on: date) -> None:
    office.ends_on = on
    office.save(update_fields=["ends_on"])
