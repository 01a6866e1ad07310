"""The pool: people are recorded, asked by a link of their own, and answer for themselves."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.notify import services as notify
from backend.people.models import same_person
from backend.people.selectors import match_organisation, match_organisations, name_key
from backend.people.services import PersonDraft, ensure_persons
from competitions.judges.models import JUDGE, Declaration, Judge
from competitions.judges.permissions import may_keep_pool, may_note_conduct
from competitions.judges.selectors.pool import invited
from competitions.judges.services.records import note_conduct

LINK_DAYS = 30  # stated default: how long a judge may take to answer


@dataclass(frozen=True, slots=True)
class JudgeDraft:
    """Somebody as a school or an officer wrote them; person: the identity with a checked number."""

    person: PersonDraft
    unit_name: str
    unit_kind: str = "school"
    province: str = ""
    phone: str = ""
    email: str = ""
    title: str = ""
    skill_level: str = ""
    skills: Sequence[str] = ()
    duties: Sequence[str] = ("judge",)


@dataclass(frozen=True, slots=True)
class Absence:
    starts_on: date
    ends_on: date


@transaction.atomic
def record_judge(*, actor: Actor, draft: JudgeDraft) -> Judge:
    """Somebody of the pool; a person who is known stays as recorded: nobody overwrites what another has written."""
    require(may_keep_pool(actor))
    return put_into_pool(actor=actor, draft=draft)


def put_into_pool(*, actor: Actor, draft: JudgeDraft) -> Judge:
    """The same, for callers who have decided that the actor may."""
    person = ensure_persons([draft.person])[draft.person.key]
    judge = (
        Judge.objects.select_for_update(of=("self",)).filter(same_person("person", person.pk)).order_by("pk").first()
    )
    if judge is not None:
        return judge
    unit = match_organisations([draft.unit_name]).get(draft.unit_name)
    judge = Judge(
        person=person,
        unit=unit,
        unit_name=(unit.name if unit else draft.unit_name.strip())[:100],
        unit_key=(unit.name_key if unit else name_key(draft.unit_name))[:100],
        unit_kind=unit.kind if unit else draft.unit_kind,
        province=draft.province.strip(),
        title=draft.title.strip(),
        skill_level=draft.skill_level.strip(),
        skills=sorted(set(draft.skills)),
        duties=sorted(set(draft.duties)),
    )
    judge.put("name", draft.person.name)
    judge.put("phone", draft.phone)
    judge.put("email", draft.email)
    judge.save()
    audit.record(actor=actor, action="judge.record", subject=judge.ref)
    return judge


@transaction.atomic
def invite(*, actor: Actor, judge: Judge) -> str:
    """The word of a new link by which the judge answers; a former link ends. Shown once, never kept."""
    require(may_keep_pool(actor))
    judge = Judge.objects.select_for_update(of=("self",)).get(pk=judge.pk)
    if judge.state == "declined":
        judge.state = JUDGE.after(judge.state, "invite")
    word = secrets.token_urlsafe(24)
    judge.invitation = hashlib.sha256(word.encode()).hexdigest()
    judge.invited_until = clock.now() + timedelta(days=LINK_DAYS)
    judge.save(update_fields=["state", "invitation", "invited_until"])
    audit.record(actor=actor, action="judge.invite", subject=judge.ref)
    return word


@transaction.atomic
def answer(*, word: str, consents: bool) -> Judge:
    """The judge's own yes or no; a yes can become a no as long as the link holds."""
    judge = Judge.objects.select_for_update(of=("self",)).get(pk=invited(word).pk)
    if consents and judge.state == "available":
        return judge
    judge.state = JUDGE.after(judge.state, "consent" if consents else "decline")
    if consents:
        judge.consented_at = clock.now()
    judge.save(update_fields=["state", "consented_at"])
    audit.record(actor=PUBLIC, action="judge.consent" if consents else "judge.decline", subject=judge.ref)
    return judge


@transaction.atomic
def declare(*, word: str, school_name: str = "", text: str = "", absence: Absence | None = None) -> Declaration:
    """What the judge says of himself: a tie to a school, or days of absence. Raises Invalid."""
    judge = Judge.objects.select_for_update(of=("self",)).get(pk=invited(word).pk)
    declaration = Declaration(judge=judge)
    if absence is not None:
        if absence.ends_on < absence.starts_on:
            raise Invalid({"ends_on": _("The last day is not before the first.")})
        declaration.starts_on, declaration.ends_on = absence.starts_on, absence.ends_on
    else:
        school = match_organisations([school_name]).get(school_name)
        if school is None:
            raise Invalid({"school_name": _("No school of that name is recorded. Write its full present name.")})
        declaration.school = school
    declaration.put("text", text.strip()[:500])
    declaration.save()
    audit.record(actor=PUBLIC, action="judge.declare", subject=judge.ref)
    return declaration


@transaction.atomic
def give_address(*, word: str, email: str) -> Judge:
    """Where the judge wants news and the calendar; the accounts of the seats that are held get it too."""
    judge = Judge.objects.select_for_update(of=("self",)).get(pk=invited(word).pk)
    judge.put("email", email)
    judge.save(update_fields=["email_sealed"])
    for user in User.objects.filter(seats__judge=judge, seats__ended_at=None):
        notify.record_address(actor=PUBLIC, user=user, email=email)
    audit.record(actor=PUBLIC, action="judge.address", subject=judge.ref)
    return judge


@transaction.atomic
def take_back(*, word: str, declaration_uid: str) -> None:
    """A declaration that no longer holds; doing it again changes nothing."""
    judge = Judge.objects.select_for_update(of=("self",)).get(pk=invited(word).pk)
    found = Declaration.objects.filter(judge=judge, uid=declaration_uid, ended_at=None)
    if found.update(ended_at=clock.now()):
        audit.record(actor=PUBLIC, action="judge.take_back", subject=judge.ref)


@transaction.atomic
def suspend(*, actor: Actor, judge: Judge, reason: str) -> Judge:
    """Keep a judge out of panels; the reason becomes a note on conduct. Raises ReasonMissing."""
    require(may_note_conduct(actor))
    judge = _moved(judge, "suspend")
    note_conduct(actor=actor, judge=judge, text=reason)
    audit.record(actor=actor, action="judge.suspend", subject=judge.ref)
    return judge


@transaction.atomic
def restore(*, actor: Actor, judge: Judge) -> Judge:
    """Let a suspended judge be asked again."""
    require(may_note_conduct(actor))
    judge = _moved(judge, "restore")
    audit.record(actor=actor, action="judge.restore", subject=judge.ref)
    return judge


def _moved(judge: Judge, verb: str) -> Judge:
    judge = Judge.objects.select_for_update(of=("self",)).get(pk=judge.pk)
    judge.state = JUDGE.after(judge.state, verb)
    judge.save(update_fields=["state"])
    return judge


@transaction.atomic
def place_unit(*, actor: Actor, judge: Judge, unit_name: str) -> Judge:
    """Say which recorded organisation a written employer is: ties are then found by it. Raises Invalid, NotAllowed."""
    require(may_keep_pool(actor))
    unit, near = match_organisation(unit_name)
    if unit is None:
        problem = _("No organisation of that name is recorded. Write its full present name.")
        raise Invalid({"unit_name": " ".join([problem, *near])})
    judge = Judge.objects.select_for_update(of=("self",)).get(pk=judge.pk)
    judge.unit, judge.unit_name, judge.unit_key, judge.unit_kind = unit, unit.name, unit.name_key, unit.kind
    judge.save(update_fields=["unit", "unit_name", "unit_key", "unit_kind"])
    audit.record(actor=actor, action="judge.place_unit", subject=judge.ref, unit=str(unit.uid))
    return judge
