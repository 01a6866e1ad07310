"""Organisations with their dated names, and the 20 groups."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.people.enums import OrganisationKind, ScopeKind
from backend.people.errors import DayUnfit, NameTaken
from backend.people.models import Group, Membership, Organisation, OrganisationName
from backend.people.permissions import is_system, may_record_organisations, may_rename, may_set_oversight
from backend.people.selectors import match_organisations, name_key

GROUPS_FILE = Path(__file__).parents[1] / "data" / "groups.csv"


@transaction.atomic
def load_groups(*, actor: Actor, file: Path = GROUPS_FILE) -> int:
    """Record the 20 groups and their lead schools; repeating it changes nothing. Returns how many groups there are."""
    require(is_system(actor))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            _load_group(row)
    audit.record(actor=actor, action="groups.load", subject=Ref(ScopeKind.SYSTEM, "groups"))
    return Group.objects.count()


def _load_group(row: dict[str, str]) -> None:
    school, number = _organisation(row["牵头建设学校"]), int(row["序号"])
    fields = {"name": row["省级骨干职业教育集团"], "lead_school": school, "major_category": row["专业大类代码"]}
    group, made = Group.objects.get_or_create(number=number, defaults={"code": f"{number:02d}", **fields})
    if made:
        Membership.objects.get_or_create(group=group, organisation=school, ended_on=None)


def _organisation(name: str, **fields: Any) -> Organisation:
    known = match_organisations([name]).get(name)
    return known or Organisation.objects.create(name=name, name_key=name_key(name), **fields)


@transaction.atomic
def record_organisation(*, actor: Actor, name: str, kind: str = "school", **fields: Any) -> Organisation:
    """Record an organisation once under its name; a name that is known, also a former one, gives that organisation."""
    require(may_record_organisations(actor))
    organisation = _organisation(name, kind=kind, **fields)
    audit.record(actor=actor, action="organisation.record", subject=organisation.ref)
    return organisation


@transaction.atomic
def set_oversight(*, actor: Actor, organisation: Organisation, bureau: Organisation | None) -> Organisation:
    """Say through which bureau a school reports; None: directly to the province. Raises Invalid for anything else."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(may_set_oversight(actor), _("System officers record through which bureau a school reports."))
    if bureau is not None and (bureau.kind != OrganisationKind.BUREAU or locked.kind != OrganisationKind.SCHOOL):
        raise Invalid({"name": _("A school reports through an organisation that is recorded as an education bureau.")})
    locked.overseen_by = bureau
    locked.save(update_fields=["overseen_by"])
    told = str(bureau.uid) if bureau else ""
    audit.record(actor=actor, action="organisation.oversight", subject=locked.ref, bureau=told)
    return locked


@transaction.atomic
def rename_organisation(*, actor: Actor, organisation: Organisation, name: str, on: date) -> Organisation:
    """The organisation has a new name from that day; sheets with the former one still find it.

    Raises NameTaken when the name is another's, DayUnfit for a day to come or one before the last renaming.
    """
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(may_rename(actor), _("Secretariats and system officers record a new name."))
    key, last = name_key(name), locked.names.exclude(ended_on=None).order_by("-ended_on").first()
    if on > clock.today() or (last is not None and last.ended_on is not None and on < last.ended_on):
        raise DayUnfit(_("A new name counts from a day that is not to come, and not before the last renaming."))
    if not key or key == locked.name_key:
        raise Invalid({"name": _("This is the present name.")})
    owner = match_organisations([name]).get(name)
    if owner is not None and owner.pk != locked.pk:
        raise NameTaken
    former = {"organisation": locked, "name": locked.name, "ended_on": on}
    OrganisationName.objects.update_or_create(name_key=locked.name_key, defaults=former)
    locked.name, locked.name_key = name, key
    try:
        with transaction.atomic():
            locked.save(update_fields=["name", "name_key"])
    except IntegrityError as error:
        raise NameTaken from error
    audit.record(actor=actor, action="organisation.rename", subject=locked.ref, on=on.isoformat())
    return locked


@transaction.atomic
def record_former_name(
    *, actor: Actor, organisation: Organisation, name: str, ended_on: date | None = None
) -> OrganisationName:
    """Let an organisation be found by a former name too. Raises NameTaken when the name is another's."""
    require(may_record_organisations(actor))
    owner = match_organisations([name]).get(name)
    if owner is not None and owner.pk != organisation.pk:
        raise NameTaken
    former, _made = OrganisationName.objects.get_or_create(
        organisation=organisation, name_key=name_key(name), defaults={"name": name, "ended_on": ended_on}
    )
    audit.record(actor=actor, action="organisation.former_name", subject=organisation.ref)
    return former
