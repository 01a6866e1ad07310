"""Handing a document in, replacing it, taking it away, using it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from backend.audit.services import record, record_many
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.documents.errors import ClientIdTaken, DocumentEnded, FileRefused, NotReusable
from backend.documents.models import Content, Document, DocumentKind, Holding
from backend.documents.permissions import may_attach, owns
from backend.documents.rulebook import Examined, examine
from backend.documents.selectors import document_of, holding_of, holdings_of, is_valid, kind_of, same_purpose
from backend.documents.services.keeping import digest_of, keep


@dataclass(frozen=True)
class Upload:
    """A file on its way to a holder.

    file_name: only to notice a name that says another kind than the file is; it is not kept. client_id: the same one
    sent again with the same file gives the same document.
    """

    holder: Ref
    content: bytes
    file_name: str
    client_id: UUID
    expires_on: date | None = None


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

    Raises NotFound, NotAllowed, FileRefused, ClientIdTaken.
    """
    upload = Upload(holder, content, file_name, client_id, expires_on)
    return _taken(attach_many(actor=actor, kind=kind, uploads=[upload])[0])


@transaction.atomic
def attach_many(*, actor: Actor, kind: str, uploads: Sequence[Upload]) -> list[Document | DomainError]:
    """Hand files of one kind in: each in its order as the document it became, or as what is against it.

    What is right is taken, whatever the others are. Raises NotFound and NotAllowed, and then takes nothing.
    """
    asked = kind_of(kind)
    told = holdings_of(actor, {one.holder for one in uploads})
    new = [_made(actor, asked, one, *told[one.holder]) for one in uploads]
    outcomes: dict[int, Document | DomainError] = {}
    kept: list[tuple[int, Examined, Document | None]] = []
    for n, (known, present) in enumerate(_there(new)):
        if known is not None:
            outcomes[n] = _same(known, new[n])
            continue
        found = examine(uploads[n].content, uploads[n].file_name, asked.asked)
        if isinstance(found, Examined):
            kept.append((n, found, present))
        else:
            outcomes[n] = FileRefused(found)
    contents = keep([found for _n, found, _present in kept])
    for n, found, _present in kept:
        _holds(new[n], contents[digest_of(found.content)])
    saved = _save(actor, [(new[n], present) for n, _found, present in kept])
    outcomes |= {n: document for (n, _found, _present), document in zip(kept, saved, strict=True)}
    return [outcomes[n] for n in range(len(uploads))]


@transaction.atomic
def replace(*, actor: Actor, document: Document, content: bytes, file_name: str, client_id: UUID) -> Document:
    """Hand a better file in for a document; the one before stays, with its verdict, as history."""
    old = Document.objects.select_for_update().get(pk=document_of(actor, document.uid).pk)
    require(owns(actor, old), _("You cannot hand documents in here."))
    asked = kind_of(old.kind)
    new = _new(actor, asked, Upload(old.holder, content, file_name, client_id, old.expires_on))
    known = Document.objects.filter(client_id=client_id).first()
    if known is not None:
        return _taken(_same(known, new))
    if old.ended_at is not None:
        raise DocumentEnded
    found = examine(content, file_name, asked.asked)
    if not isinstance(found, Examined):
        raise FileRefused(found)
    _holds(new, *keep([found]).values())
    return _taken(_save(actor, [(new, old)])[0])


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
    new = _new(actor, asked, Upload(holder, b"", "", client_id, old.expires_on))
    known, present = _there([new])[0]
    new.sent_sha256 = old.sent_sha256
    if known is not None:
        return _taken(_same(known, new))
    same_person = new.person is not None and new.person == old.person
    if not same_person or not is_valid(old) or old.content is None or old.kind not in same_purpose(kind):
        raise NotReusable
    new.reuses, new.verdict, new.reason = old, old.verdict, old.reason
    new.verified_at, new.verified_by_uid = old.verified_at, old.verified_by_uid
    _holds(new, Content.objects.select_for_update().get(sha256=old.sha256))
    return _taken(_save(actor, [(new, present)])[0])


def _new(actor: Actor, asked: DocumentKind, upload: Upload) -> Document:
    return _made(actor, asked, upload, *holding_of(actor, upload.holder))


def _made(actor: Actor, asked: DocumentKind, upload: Upload, told: Holding, uid: UUID) -> Document:
    require(told.open, _("You cannot hand documents in here."))
    now = clock.now()
    return Document(
        kind=asked.key,
        holder_kind=upload.holder.kind,
        holder_uid=uid,
        person=told.person,
        owner_kind=actor.scope.kind if actor.scope and actor.scope.key else "",
        owner_key=actor.scope.key if actor.scope else "",
        single=not asked.several,
        client_id=upload.client_id,
        sent_sha256=digest_of(upload.content),
        sent_at=now,
        sent_by_uid=actor.user_uid,
        expires_on=upload.expires_on,
        keep_until=clock.today() + timedelta(days=asked.keep_days) if asked.keep_days is not None else None,
    )


def _holds(new: Document, content: Content) -> None:
    new.content, new.sha256 = content, content.sha256


def _taken(outcome: Document | DomainError) -> Document:
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def _same(known: Document, new: Document) -> Document | DomainError:
    """What the client already sent, if it is the same; else it was told something wrong."""
    for name in ("kind", "holder_kind", "holder_uid", "owner_kind", "owner_key", "sent_sha256"):
        if getattr(known, name) != getattr(new, name):
            return ClientIdTaken()
    return known


def _there(new: Sequence[Document]) -> list[tuple[Document | None, Document | None]]:
    """For each what the client already sent under its id, and the document whose place a single one takes; locked.

    new: of one kind and one owner.
    """
    wanted = Q(client_id__in=[one.client_id for one in new])
    if new and new[0].single:
        wanted |= Q(
            kind=new[0].kind,
            holder_kind__in={one.holder_kind for one in new},
            holder_uid__in=[one.holder_uid for one in new],
            owner_kind=new[0].owner_kind,
            owner_key=new[0].owner_key,
            ended_at=None,
            single=True,
        )
    found = list(Document.objects.select_for_update().filter(wanted).order_by("pk"))
    sent = {one.client_id: one for one in found}
    places = {(one.kind, one.holder_kind, one.holder_uid): one for one in found if one.single and one.ended_at is None}
    return [(sent.get(one.client_id), _present(places, one)) for one in new]


def _present(places: Mapping[tuple[str, str, UUID], Document], new: Document) -> Document | None:
    return places.get((new.kind, new.holder_kind, new.holder_uid)) if new.single else None


def _save(actor: Actor, pairs: Sequence[tuple[Document, Document | None]]) -> list[Document | DomainError]:
    """New documents, each with the one whose place it takes; where somebody was quicker, one after the other."""
    try:
        with transaction.atomic():
            return _written(actor, pairs)
    except IntegrityError:  # the same upload sent twice, or another file for the same place
        if len(pairs) > 1:
            return [outcome for pair in pairs for outcome in _save(actor, [pair])]
        new = pairs[0][0]
        known = Document.objects.filter(client_id=new.client_id).first()
        return [DocumentEnded() if known is None else _same(known, new)]


def _written(actor: Actor, pairs: Sequence[tuple[Document, Document | None]]) -> list[Document | DomainError]:
    for new, present in pairs:
        if present is not None:
            _end(present)
            new.replaces = present
    made = Document.objects.bulk_create([new for new, _present in pairs])
    facts = (
        (new.ref, {"holder": str(new.holder), "replaces": str(present.uid) if present else ""})
        for new, present in pairs
    )
    reused = any(new.reuses_id for new in made)
    record_many(actor=actor, action="document.reuse" if reused else "document.attach", facts=facts)
    return list(made)


def _end(old: Document) -> None:
    old.ended_at = clock.now()
    fields = ["ended_at"]
    if settings.DOCUMENT_REPLACED_KEEP_DAYS:
        until = clock.today() + timedelta(days=settings.DOCUMENT_REPLACED_KEEP_DAYS)
        old.keep_until = min(old.keep_until or until, until)
        fields.append("keep_until")
    old.save(update_fields=fields)
