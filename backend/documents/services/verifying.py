"""Deciding whether a document is what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.documents.errors import DocumentEnded, ReasonMissing
from backend.documents.models import VERDICT, Document
from backend.documents.permissions import may_verify
from backend.documents.selectors import document_of
from backend.notify.services import send_note


@transaction.atomic
def accept(*, actor: Actor, document: Document, expires_on: date | None = None) -> Document:
    """It is what was asked for. expires_on: the last day it is valid, where the paper says one."""
    found = _locked(actor, document)
    return found if found.verdict == "accepted" else _accepted(actor, found, expires_on)


@transaction.atomic
def accept_many(*, actor: Actor, documents: Sequence[UUID]) -> tuple[list[Document], int]:
    """Every one of these that still waits is what was asked for. documents: what the actor has seen.

    Returns those, and how many were replaced or taken away since: nobody accepts what they did not look at. What was
    decided meanwhile stays so. Raises NotFound, NotAllowed: then nothing is decided.
    """
    known = Document.objects.visible_to(actor).filter(uid__in=documents)
    if known.count() != len(set(documents)):
        raise NotFound
    found = list(Document.objects.select_for_update().filter(pk__in=known.values("pk")).order_by("pk"))
    for document in found:
        require(may_verify(actor, document), _("You cannot decide about this document."))
    there = [document for document in found if document.ended_at is None]
    accepted = [_accepted(actor, document) for document in there if document.verdict == "none"]
    return accepted, len(found) - len(there)


@transaction.atomic
def refuse(*, actor: Actor, document: Document, reason: str) -> Document:
    """It is not; the reason goes to whoever handed it in. Raises ReasonMissing, DocumentEnded."""
    found = _locked(actor, document)
    if not reason.strip():
        raise ReasonMissing
    if found.verdict == "refused" and found.reason == reason.strip():
        return found
    if found.verdict != "refused":
        found.verdict = VERDICT.after(found.verdict, "refuse")
    found.reason = reason.strip()[:300]
    return _decided(actor, found)


def _locked(actor: Actor, document: Document) -> Document:
    found: Document = Document.objects.select_for_update().get(pk=document_of(actor, document.uid).pk)
    require(may_verify(actor, found), _("You cannot decide about this document."))
    if found.ended_at is not None:
        raise DocumentEnded
    return found


def _accepted(actor: Actor, locked: Document, expires_on: date | None = None) -> Document:
    locked.verdict, locked.reason = VERDICT.after(locked.verdict, "accept"), ""
    locked.expires_on = expires_on or locked.expires_on
    return _decided(actor, locked)


def _decided(actor: Actor, document: Document) -> Document:
    document.verified_at, document.verified_by_uid = clock.now(), actor.user_uid
    document.save(update_fields=["verdict", "reason", "expires_on", "verified_at", "verified_by_uid"])
    record(
        actor=actor,
        action="document.accept" if document.verdict == "accepted" else "document.refuse",
        subject=document.ref,
        holder=str(document.holder),
    )
    if document.verdict == "refused" and document.sent_by_uid:
        sender = User.objects.filter(uid=document.sent_by_uid)
        send_note(recipients=sender, kind="document.refused", params={}, link="/documents/")
    return document
