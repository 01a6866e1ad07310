"""How organisations join a group and leave it: applications, decisions, and the register itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.enums import MemberKind, Purpose
from backend.people.errors import AlreadyMember, ApplicationOpen, DayUnfit, LeadSchoolStays, NoMember, ReasonMissing
from backend.people.models import APPLICATION, ApplicationStep, Group, Membership, MembershipApplication, Organisation
from backend.people.permissions import may_apply, may_decide, may_keep_group
from backend.people.signals import application_moved

REMARKABLE = ("kind", "effective_on", "statement")


def _locked(application: MembershipApplication) -> MembershipApplication:
    """The group first: whoever adds up its members waits here."""
    Group.objects.select_for_update().get(pk=application.group_id)
    found = MembershipApplication.objects.select_for_update(of=("self",)).select_related("group", "organisation")
    return found.get(pk=application.pk)


def live_membership(group: Group, organisation: Organisation) -> Membership | None:
    return Membership.objects.filter(group=group, organisation=organisation, ended_on=None).first()


def _fits(group: Group, organisation: Organisation, purpose: str, day: date) -> None:
    """Joining is for those outside, leaving for those inside, and never for the school that leads."""
    member = live_membership(group, organisation)
    if purpose == Purpose.JOIN and member is not None:
        raise AlreadyMember
    if purpose == Purpose.LEAVE:
        if member is None:
            raise NoMember
        _may_end(group, member, day)


def _may_end(group: Group, member: Membership, day: date) -> None:
    if group.lead_school_id == member.organisation_id:
        raise LeadSchoolStays
    if member.joined_on is not None and day < member.joined_on:
        raise DayUnfit


@transaction.atomic
def begin_application(
    *,
    actor: Actor,
    group: Group,
    organisation: Organisation,
    purpose: str = Purpose.JOIN,
    kind: str = MemberKind.SCHOOL,
    effective_on: date,
    statement: str = "",
) -> MembershipApplication:
    """A draft of the organisation's own. Raises AlreadyMember, NoMember, LeadSchoolStays, ApplicationOpen."""
    require(may_apply(actor, organisation))
    _fits(group, organisation, purpose, effective_on)
    told = {"purpose": purpose, "kind": kind, "effective_on": effective_on, "statement": statement.strip()}
    return drafted(actor, group, organisation, **told)


def drafted(actor: Actor, group: Group, organisation: Organisation, **told: Any) -> MembershipApplication:
    """Write a draft; the caller has decided that the actor may. Raises ApplicationOpen."""
    try:
        with transaction.atomic():
            made = MembershipApplication.objects.create(group=group, organisation=organisation, **told)
    except IntegrityError as error:
        raise ApplicationOpen from error
    audit.record(actor=actor, action="membership.draft", subject=made.ref, purpose=made.purpose)
    return made


@transaction.atomic
def edit_application(
    *, actor: Actor, application: MembershipApplication, kind: str, effective_on: date, statement: str = ""
) -> MembershipApplication:
    """Change a draft, or what was returned. Raises IllegalMove once it is submitted."""
    found = _locked(application)
    require(may_apply(actor, found.organisation))
    APPLICATION.after(found.state, "submit")
    found.kind, found.effective_on, found.statement = kind, effective_on, statement.strip()
    found.save(update_fields=["kind", "effective_on", "statement"])
    audit.record(actor=actor, action="membership.edit", subject=found.ref)
    return found


@transaction.atomic
def submit_application(*, actor: Actor, application: MembershipApplication) -> MembershipApplication:
    """Put it before the secretariat; a returned one goes back to it."""
    found = _locked(application)
    require(may_apply(actor, found.organisation))
    state = APPLICATION.after(found.state, "submit")
    _fits(found.group, found.organisation, found.purpose, found.effective_on)
    found.state, found.submitted_at, found.submitted_by_id = state, clock.now(), actor.user_id
    found.save(update_fields=["state", "submitted_at", "submitted_by"])
    return _told(actor, found, "submit")


@transaction.atomic
def withdraw_application(*, actor: Actor, application: MembershipApplication) -> MembershipApplication:
    """The unit takes back what is not decided yet; a draft that nobody saw is deleted instead."""
    found = _locked(application)
    require(may_apply(actor, found.organisation))
    found.state = APPLICATION.after(found.state, "withdraw")
    found.save(update_fields=["state"])
    return _told(actor, found, "withdraw")


@transaction.atomic
def delete_draft(*, actor: Actor, application: MembershipApplication) -> None:
    """Give up a draft that was never submitted. Raises IllegalMove for anything else."""
    found = _locked(application)
    require(may_apply(actor, found.organisation))
    if found.state != "draft":
        APPLICATION.after(found.state, "delete")
    audit.record(actor=actor, action="membership.delete", subject=found.ref)
    found.delete()


@transaction.atomic
def decide_application(
    *,
    actor: Actor,
    application: MembershipApplication,
    verb: str,
    reason: str = "",
    on: date | None = None,
    remarks: Mapping[str, str] | None = None,
) -> MembershipApplication:
    """The secretary's decision. verb: `accept`, `return` or `refuse`; on: the day it takes effect, else as asked.

    remarks: of a return, what is to be mended, by REMARKABLE; with one of them the reason may be left out.
    Raises Invalid (a remark elsewhere),
    ReasonMissing (return and refusal), IllegalMove (decided already), AlreadyMember, NoMember, DayUnfit.
    """
    found = _locked(application)
    require(may_decide(actor, found))
    state = APPLICATION.after(found.state, verb)
    marked = _marked(verb, remarks or {})
    if marked and not reason.strip():
        reason = _("See the marked places.")
    if verb != "accept" and not reason.strip():
        raise ReasonMissing
    fields = ["state", "decided_at"]
    if verb == "accept":
        found.membership = _taken(found, on or found.effective_on, reason)
        fields.append("membership")
    found.state, found.decided_at = state, clock.now()
    found.save(update_fields=fields)
    return _told(actor, found, verb, reason, marked)


def _marked(verb: str, remarks: Mapping[str, str]) -> dict[str, str]:
    """The remarks of a return, without empty ones."""
    kept = {field: text.strip()[:300] for field, text in remarks.items() if text.strip()}
    if kept and (verb != "return" or not kept.keys() <= set(REMARKABLE)):
        raise Invalid({field: _("Only a return marks places of the application.") for field in kept})
    return kept


def _taken(application: MembershipApplication, day: date, reason: str) -> Membership:
    """The register after an accepted application."""
    group, organisation = application.group, application.organisation
    _fits(group, organisation, application.purpose, day)
    if application.purpose == Purpose.JOIN:
        return _joined(group, organisation, application.kind, day)
    member = live_membership(group, organisation)
    assert member is not None  # _fits has looked
    return _ended(member, day, reason or application.statement)


def _joined(group: Group, organisation: Organisation, kind: str, day: date | None) -> Membership:
    former = Membership.objects.filter(group=group, organisation=organisation).exclude(ended_on=None)
    if day is not None and former.filter(ended_on__gt=day).exists():
        raise DayUnfit
    return Membership.objects.create(group=group, organisation=organisation, kind=kind, joined_on=day)


def _ended(member: Membership, day: date, reason: str) -> Membership:
    member.ended_on, member.end_reason = day, reason.strip()[:300]
    member.save(update_fields=["ended_on", "end_reason"])
    joined = member.applications.filter(purpose=Purpose.JOIN, state="accepted").first()
    if joined is not None:
        joined.state = APPLICATION.after(joined.state, "leave")
        joined.save(update_fields=["state"])
        ApplicationStep.objects.create(application=joined, verb="leave", at=clock.now())
    return member


@transaction.atomic
def record_member(
    *, actor: Actor, group: Group, organisation: Organisation, kind: str, joined_on: date | None = None
) -> Membership:
    """Enter a member that joined on paper. Raises AlreadyMember, DayUnfit."""
    Group.objects.select_for_update().get(pk=group.pk)
    require(may_keep_group(actor, group))
    if live_membership(group, organisation) is not None:
        raise AlreadyMember
    made = _joined(group, organisation, kind, joined_on)
    audit.record(actor=actor, action="member.record", subject=group.ref, organisation=organisation.name, kind=kind)
    return made


@transaction.atomic
def keep_member(
    *, actor: Actor, membership: Membership, kind: str, council_role: str = "", contact: str = "", phone: str = ""
) -> Membership:
    """What the register says of a live member. Raises NoMember for one that has left."""
    group = Group.objects.select_for_update().get(pk=membership.group_id)
    require(may_keep_group(actor, group))
    found = Membership.objects.select_related("organisation").get(pk=membership.pk)
    if found.ended_on is not None:
        raise NoMember
    found.kind, found.council_role = kind, council_role.strip()
    for name, value in (("contact", contact.strip()), ("phone", phone.strip())):
        if value:
            found.put(name, value)
        else:
            setattr(found, f"{name}_sealed", "")
    found.save(update_fields=["kind", "council_role", "contact_sealed", "phone_sealed"])
    audit.record(actor=actor, action="member.keep", subject=group.ref, organisation=found.organisation.name)
    return found


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, on: date, reason: str) -> Membership:
    """The secretariat ends a membership from that day. Raises ReasonMissing, LeadSchoolStays, DayUnfit, NoMember."""
    group = Group.objects.select_for_update().get(pk=membership.group_id)
    require(may_keep_group(actor, group))
    found = Membership.objects.select_related("organisation").get(pk=membership.pk)
    if not reason.strip():
        raise ReasonMissing
    if found.ended_on is not None:
        raise NoMember
    _may_end(group, found, on)
    _ended(found, on, reason)
    audit.record(actor=actor, action="member.end", subject=group.ref, organisation=found.organisation.name)
    return found


def _told(
    actor: Actor,
    application: MembershipApplication,
    verb: str,
    reason: str = "",
    remarks: Mapping[str, str] | None = None,
) -> MembershipApplication:
    step = {
        "remarks": dict(remarks or {}),
        "verb": verb,
        "reason": reason.strip()[:500],
        "at": clock.now(),
        "by_id": actor.user_id,
    }
    ApplicationStep.objects.create(application=application, **step)
    audit.record(actor=actor, action=f"membership.{verb}", subject=application.ref, purpose=application.purpose)
    application_moved.send(sender=MembershipApplication, application=application, verb=verb, actor=actor)
    return application
