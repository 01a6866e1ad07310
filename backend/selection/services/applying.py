"""An applicant's side: draft, submit, take back, withdraw; and the officer's return with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotFound
from backend.core.permissions import require
from backend.documents.models import KINDS, Document
from backend.documents.selectors import present_for
from backend.selection.errors import (
    ANSWER_TEXTS,
    ApplicationFixed,
    ApplicationIncomplete,
    CallClosed,
    ChoicesFixed,
    NotForYou,
    ReasonMissing,
)
from backend.selection.models import APPLICATION, Application, Call, Choice, Offer, Return, Review, Version
from backend.selection.permissions import may_apply, may_run
from backend.selection.rulebook import answer_problems, read_questions
from backend.selection.selectors import own_organisation, version_of
from backend.selection.services.moving import tell_schools
from backend.selection.services.reviewing import settle

MENDABLE = ("open", "recommending", "scoring")  # states of a call in which a returned application can be sent anew


@transaction.atomic
def start(*, actor: Actor, call: Call) -> Application:
    """The organisation's application to a call, made as a draft when there is none yet."""
    organisation = own_organisation(actor)
    require(organisation is not None, _("Only a school's coordinator applies for the school."))
    assert organisation is not None
    found = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    known = Application.objects.filter(call=found, organisation=organisation).first()
    if known is not None:
        return known
    if organisation.kind not in found.applicant_kinds:
        raise NotForYou
    _require_open(found)
    application = Application.objects.create(call=found, organisation=organisation)
    record(actor=actor, action="application.start", subject=application.ref)
    return application


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    application: Application,
    answers: Mapping[str, str],
    wishes: Sequence[UUID],
    contact_name: str = "",
    contact_phone: str = "",
) -> Application:
    """Keep what was written so far, finished or not. wishes: offers, the most wanted first."""
    found = _locked(actor, application)
    if found.state not in ("draft", "returned"):
        raise ApplicationFixed
    questions = {q.key for q in read_questions(found.call.questions)}
    found.answers = {key: str(value)[:4000] for key, value in answers.items() if key in questions}
    found.put("contact_name", contact_name.strip()[:50])
    found.put("contact_phone", contact_phone.strip()[:30])
    found.save(update_fields=["answers", "contact_name_sealed", "contact_phone_sealed"])
    _write_wishes(found, list(dict.fromkeys(wishes)))
    return found


def _write_wishes(application: Application, wishes: list[UUID]) -> None:
    present = list(application.choices.order_by("rank").values_list("offer__uid", flat=True))
    if present == wishes:
        return
    if application.call.state != "open":
        raise ChoicesFixed
    limit = application.call.applies_max
    if limit is not None and len(wishes) > limit:
        raise Invalid({"wishes": [_("You can apply for at most %(limit)s.") % {"limit": limit}]})
    offers = {offer.uid: offer for offer in Offer.objects.filter(call=application.call, uid__in=wishes)}
    if len(offers) != len(wishes):
        raise NotFound
    application.choices.all().delete()
    Choice.objects.bulk_create(
        Choice(application=application, offer=offers[uid], rank=n) for n, uid in enumerate(wishes, 1)
    )


@transaction.atomic
def submit(*, actor: Actor, application: Application) -> Version:
    """Send the application as its next version; points given to an earlier version become void.

    Raises ApplicationIncomplete with every problem by field, CallClosed after the last moment (a returned one can
    still be sent while the call is not decided).
    """
    found = _locked(actor, application)
    APPLICATION.after(found.state, "submit")
    if found.state == "draft":
        _require_open(found.call)
    elif found.call.state not in MENDABLE:
        raise CallClosed
    problems = _problems(found)
    if problems:
        raise ApplicationIncomplete(problems)
    now, number = clock.now(), version_of(found) + 1
    version = Version.objects.create(
        application=found,
        number=number,
        answers=found.answers,
        choices=[c.offer.label for c in found.choices.select_related("offer")],
        documents=_handed_in(found),
        submitted_at=now,
        submitted_by_uid=actor.user_uid,
    )
    found.returns.filter(mended_at=None).update(mended_at=now)
    voided = Review.objects.valid().filter(choice__application=found).update(voided_at=now)
    found.submitted_at = now
    _move(actor, found, "submit", "submitted_at", version=number, voided=voided)
    if voided:
        Offer.objects.filter(choices__application=found).update(scored_at=None)
    return version


def _problems(application: Application) -> dict[str, Any]:
    call = application.call
    codes = answer_problems(read_questions(call.questions), application.answers)
    problems: dict[str, Any] = {key: [ANSWER_TEXTS[code]] for key, code in codes.items()}
    if not application.choices.exists():
        problems["wishes"] = [_("Choose what you apply for.")]
    if not application.contact_name_sealed or not application.contact_phone_sealed:
        problems["contact"] = [_("Name somebody whom we can ask, with a telephone number.")]
    there = present_for(application.ref, call.documents_needed)
    for kind in call.documents_needed:
        if kind not in there:
            label = KINDS[kind].label if kind in KINDS else kind
            problems[f"document-{kind}"] = [_("%(document)s is not handed in yet.") % {"document": label}]
    return problems


def _handed_in(application: Application) -> list[dict[str, str]]:
    found = Document.objects.present().filter(holder_kind="application", holder_uid=application.uid).order_by("pk")
    return [{"kind": d.kind, "uid": str(d.uid), "sha256": d.sha256} for d in found]


@transaction.atomic
def take_back(*, actor: Actor, application: Application) -> Application:
    """Make a submitted application a draft again, as long as the call is open; what was sent stays as a version."""
    found = _locked(actor, application)
    _require_open(found.call)
    return _move(actor, found, "take_back")


@transaction.atomic
def withdraw(*, actor: Actor, application: Application, reason: str) -> Application:
    """Give an application up for good, until the list is shown."""
    found = _locked(actor, application)
    if found.call.state not in MENDABLE:
        raise CallClosed
    if not reason.strip():
        raise ReasonMissing
    _move(actor, found, "withdraw")
    for offer in Offer.objects.filter(choices__application=found):
        settle(offer)
    return found


@transaction.atomic
def return_application(*, actor: Actor, application: Application, reasons: Mapping[str, str]) -> Return:
    """Send a submitted application back, with what has to be mended. reasons: by question, document or `wishes`."""
    found = _lock(application)
    require(may_run(actor, found.call), _("Only the officers of this call send applications back."))
    if found.call.state not in MENDABLE:
        raise IllegalMove(state=found.call.state)
    said = {key: text.strip()[:500] for key, text in reasons.items() if text.strip()}
    if not said:
        raise ReasonMissing("reasons")
    returned = Return(application=found, number=version_of(found), reasons=said)
    returned.returned_at, returned.returned_by_uid = clock.now(), actor.user_uid
    _move(actor, found, "return", version=returned.number, fields=sorted(said))
    returned.save()
    Offer.objects.filter(choices__application=found).update(scored_at=None)
    link = reverse("selection:application", args=[found.uid])
    tell_schools([found.organisation.uid], "selection.returned", link, call=found.call.title)
    return returned


def _require_open(call: Call) -> None:
    if call.state != "open" or clock.deadline_passed(call.closes_at):
        raise CallClosed


def _lock(application: Application) -> Application:
    """Locks the call before its application: whoever closes or decides the call holds the same."""
    Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    found: Application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__group", "organisation")
        .get(pk=application.pk)
    )
    return found


def _locked(actor: Actor, application: Application) -> Application:
    found = _lock(application)
    require(may_apply(actor, found), _("Only the applicant's own coordinator does this."))
    return found


def _move(actor: Actor, application: Application, verb: str, *fields: str, **details: Any) -> Application:
    application.state = APPLICATION.after(application.state, verb)
    application.save(update_fields=["state", *fields])
    record(actor=actor, action=f"application.{verb}", subject=application.ref, **details)
    return application
