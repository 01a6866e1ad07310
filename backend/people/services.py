"""The only writers of people, organisations and roles."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.core.vault import blind_index
from backend.people.enums import ScopeKind
from backend.people.models import Grant, Group, Organisation, Person
from backend.people.permissions import may_grant
from backend.people.selectors import name_key
from backend.people.signals import role_ended

GROUPS_FILE = Path(__file__).with_name("data") / "groups.csv"


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """An identity as somebody wrote it; the number is already normalised and checked."""

    id_type: str
    id_number: str
    name: str
    birth_date: date | None = None
    sex: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.id_type, id_number_index(self.id_number)


def id_number_index(number: str) -> str:
    """The blind index under which a person is found by number."""
    return blind_index(number, purpose="id-number")


@transaction.atomic
def ensure_persons(drafts: Sequence[PersonDraft]) -> dict[tuple[str, str], Person]:
    """Find or create one Person per (id type, number); keys are `draft.key`. A race ends with one row for both."""
    wanted = {draft.key: draft for draft in drafts}
    found = _persons(set(wanted))
    missing = []
    for key, draft in wanted.items():
        if key not in found:
            person = Person(id_type=key[0], id_number_index=key[1], birth_date=draft.birth_date, sex=draft.sex)
            person.put("id_number", draft.id_number)
            person.put("name", draft.name)
            missing.append(person)
    if missing:
        Person.objects.bulk_create(missing, ignore_conflicts=True, batch_size=500)
        found = _persons(set(wanted))
    return found


def _persons(keys: set[tuple[str, str]]) -> dict[tuple[str, str], Person]:
    found = {}
    indexes = [index for _, index in keys]
    for start in range(0, len(indexes), 500):
        for person in Person.objects.filter(id_number_index__in=indexes[start : start + 500]):
            found[person.id_type, person.id_number_index] = person
    return {key: person for key, person in found.items() if key in keys}


@transaction.atomic
def grant_role(*, actor: Actor, user: User, role: str, scope: Ref) -> Grant:
    """Give an account a role in a scope; giving it again returns the live grant."""
    require(may_grant(actor, role, scope))
    grant, made = Grant.objects.get_or_create(
        user=user,
        role=role,
        scope_kind=scope.kind,
        scope_key=scope.key,
        ended_at=None,
        defaults={"scope_label": scope.label, "granted_by_id": actor.user_id},
    )
    if made:
        account = Ref("account", str(user.uid), user.account_name)
        audit.record(actor=actor, action="role.grant", subject=account, role=role, scope=str(scope))
    return grant


@transaction.atomic
def end_role(*, actor: Actor, grant: Grant) -> None:
    """End a role at once: the next request and the open sockets notice."""
    require(may_grant(actor, grant.role, grant.scope))
    ended = Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=clock.now())
    if ended:
        account = Ref("account", str(grant.user.uid), grant.user.account_name)
        audit.record(actor=actor, action="role.end", subject=account, role=grant.role, scope=str(grant.scope))
        uid, scope = grant.user.uid, grant.scope
        transaction.on_commit(lambda: role_ended.send(sender=Grant, user_uid=uid, scope=scope), robust=True)


@transaction.atomic
def load_groups(*, actor: Actor, file: Path = GROUPS_FILE) -> int:
    """Record the 20 groups and their lead schools; repeating it changes nothing. Returns how many groups there are."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            school = _organisation(row["牵头建设学校"])
            number = int(row["序号"])
            Group.objects.get_or_create(
                number=number,
                defaults={
                    "code": f"{number:02d}",
                    "name": row["省级骨干职业教育集团"],
                    "lead_school": school,
                    "major_category": row["专业大类代码"],
                },
            )
    audit.record(actor=actor, action="groups.load", subject=Ref(ScopeKind.SYSTEM, "groups"))
    return Group.objects.count()


def _organisation(name: str, **fields: Any) -> Organisation:
    defaults = {"name": name, **fields}
    return Organisation.objects.get_or_create(name_key=name_key(name), defaults=defaults)[0]


@transaction.atomic
def record_organisation(*, actor: Actor, name: str, kind: str = "school", **fields: Any) -> Organisation:
    """Record an organisation once under its name."""
    require(may_grant(actor, "organiser", Ref(ScopeKind.SYSTEM, "")))
    return _organisation(name, kind=kind, **fields)
