"""Handing a document in, replacing it, taking it away, using it again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.documents.errors import ClientIdTaken, DocumentEnded, FileRefused, NotReusable
from backend.documents.models import Content, Document, DocumentKind
from backend.documents.permissions import may_attach, owns
from backend.documents.rulebook import Examined, Finding, examine
from backend.documents.selectors import document_of, holding_of, is_valid, kind_of, same_purpose
from backend.documents.services.keeping import digest_of, keep


@transaction.atomic
def attach(
    *,
    actor: Actor,
    kind: str,
    holder: Ref,
    content: bytes,
    file_name: str,
    client_id: UUID,
    expires_on: date | None = None,
) -> Document:
    """Hand a file in for a holder; where one document of the kind is asked, it takes the present one's place.

    file_name: only to notice a name that says another kind than the file is; it is not kept. client_id: the same one
    sent again with the same file gives the same document. Raises NotFound, NotAllowed, FileRefused, ClientIdTaken.
    """
    asked = kind_of(kind)
    new = _new(actor, asked, holder, client_id)
    new.sent_sha256, new.expires_on = digest_of(content), expires_on
    known, present = _there(new)
    if known is not None:
        return _same(known, new)
    return _write(actor, new, _examined(asked, content, file_name), present)


@transaction.atomic
def replace(*, actor: Actor, document: Document, content: bytes, file_name: str, client_id: UUID) -> Document:
    """Hand a better file in for a document; the one before stays, with its verdict, as history."""
    old = Document.objects.select_for_update().get(pk=document_of(actor, document.uid).pk)
    require(owns(actor, old), _("You cannot hand documents in here."))
    asked = kind_of(old.kind)
    new = _new(actor, asked, old.holder, client_id)
    new.sent_sha256, new.expires_on = digest_of(content), old.expires_on
    known = Document.objects.filter(client_id=client_id).first()
    if known is not None:
        return _same(known, new)
    if old.ended_at is not None:
        raise DocumentEnded
    return _write(actor, new, _examined(asked, content, file_name), old)


@transaction.atomic
def remove(*, actor: Actor, document: Document) -> Document:
    """Take a document away; the row stays as history. A second time changes nothing."""
    old = Document.objects.select_for_update().get(pk=document_of(actor, document.uid).pk)
    require(may_attach(actor, old), _("You cannot take this document away."))
    if old.ended_at is None:
        _end(old)
        record(actor=actor, action="document.remove", subject=old.ref, holder=str(old.holder))
    return old


@transaction.atomic
def reuse(*, actor: Actor, document: Document, kind: str, holder: Ref, client_id: UUID) -> Document:
    """Use a person's accepted document again for another holder; its verdict and its end of validity go with it.

    Raises NotReusable when it is another person's, another purpose's, not accepted or no longer valid.
    """
    asked, old = kind_of(kind), document_of(actor, document.uid)
    new = _new(actor, asked, holder, client_id)
    known, present = _there(new)
    new.sent_sha256, new.expires_on = old.sent_sha256, old.expires_on
    if known is not None:
        return _same(known, new)
    same_person = new.person is not None and new.person == old.person
    if not same_person or not is_valid(old) or old.content is None or old.kind not in same_purpose(kind):
        raise NotReusable
    new.reuses, new.verdict, new.reason = old, old.verdict, old.reason
    new.verified_at, new.verified_by_uid = old.verified_at, old.verified_by_uid
    new.content = Content.objects.select_for_update().get(sha256=old.sha256)
    new.sha256 = old.sha256
    return _save(actor, new, present)


def _new(actor: Actor, asked: DocumentKind, holder: Ref, client_id: UUID) -> Document:
    told, uid = holding_of(actor, holder)
    require(told.open, _("You cannot hand documents in here."))
    now = clock.now()
    return Document(
        kind=asked.key,
        holder_kind=holder.kind,
        holder_uid=uid,
        person=told.person,
        owner_kind=actor.scope.kind if actor.scope and actor.scope.key else "",
        owner_key=actor.scope.key if actor.scope else "",
        single=not asked.several,
        client_id=client_id,
        sent_at=now,
        sent_by_uid=actor.user_uid,
        keep_until=clock.today() + timedelta(days=asked.keep_days) if asked.keep_days is not None else None,
    )


def _examined(asked: DocumentKind, content: bytes, file_name: str) -> Examined:
    found: Examined | list[Finding] = examine(content, file_name, asked.asked)
    if isinstance(found, list):
        raise FileRefused(found)
    return found


def _same(known: Document, new: Document) -> Document:
    """What the client already sent, if it is the same; else it was told something wrong."""
    for name in ("kind", "holder_kind", "holder_uid", "owner_kind", "owner_key", "sent_sha256"):
        if getattr(known, name) != getattr(new, name):
            raise ClientIdTaken
    return known


def _there(new: Document) -> tuple[Document | None, Document | None]:
    """What the client already sent under this id, and the document whose place a single one takes; both locked."""
    place = Q(
        kind=new.kind,
        holder_kind=new.holder_kind,
        holder_uid=new.holder_uid,
        owner_kind=new.owner_kind,
        owner_key=new.owner_key,
        ended_at=None,
        single=True,
    )
    sent = Q(client_id=new.client_id)
    found = list(Document.objects.select_for_update().filter(sent | place if new.single else sent).order_by())
    known = next((one for one in found if one.client_id == new.client_id), None)
    return known, next((one for one in found if one is not known), None)


def _write(actor: Actor, new: Document, examined: Examined, present: Document | None) -> Document:
    new.content = keep(examined)
    new.sha256 = new.content.sha256
    return _save(actor, new, present)


def _save(actor: Actor, new: Document, present: Document | None) -> Document:
    if present is not None:
        _end(present)
        new.replaces = present
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:  # somebody was quicker: the same upload sent twice, or another file for the same place
        known = Document.objects.filter(client_id=new.client_id).first()
        if known is None:
            raise DocumentEnded from None
        return _same(known, new)
    record(
        actor=actor,
        action="document.reuse" if new.reuses_id else "document.attach",
        subject=new.ref,
        holder=str(new.holder),
        replaces=str(present.uid) if present else "",
    )
    return new


def _end(old: Document) -> None:
    old.ended_at = clock.now()
    fields = ["ended_at"]
    if settings.DOCUMENT_REPLACED_KEEP_DAYS:
        until = clock.today() + timedelta(days=settings.DOCUMENT_REPLACED_KEEP_DAYS)
        old.keep_until = min(old.keep_until or until, until)
        fields.append("keep_until")
    old.save(update_fields=fields)
