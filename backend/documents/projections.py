"""What a page shows of documents: the places to hand something in, with what is there and what can be used again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.documents.models import HOLDERS, Document, DocumentKind
from backend.documents.permissions import may_attach, owns
from backend.documents.rulebook.examining import asked_names
from backend.documents.selectors import kind_of, reusable, same_purpose
from backend.ui.registry import url_of

VERDICTS = {  # verdict: (word, tone of its pill)
    "none": (gettext_lazy("Waiting to be checked"), "wait"),
    "accepted": (gettext_lazy("Passed"), "good"),
    "refused": (gettext_lazy("Refused"), "bad"),
}


@dataclass(frozen=True)
class Slot:
    """One place of a holder for documents of one kind.

    present: what is there; former: what was replaced or taken away; offered: what can be used again; accept: for the
    browser's file dialog, in which a phone then offers its camera too.
    """

    kind: DocumentKind
    holder: Ref
    present: list[Document]
    former: list[Document]
    offered: list[Document]
    may_attach: bool
    may_verify: bool
    asked: str
    accept: str
    client_id: UUID
    required: bool = False

    @property
    def empty(self) -> bool:
        return not self.present

    @property
    def open(self) -> bool:
        """Whether one more can be handed in."""
        return self.may_attach and (self.kind.several or not self.present)


def slots(actor: Actor, holder: Ref, kinds: Iterable[str], *, required: Iterable[str] = ()) -> list[Slot]:
    """The places of a holder, in this order; costs the same few queries whatever their number."""
    asked, needed = [kind_of(key) for key in kinds], set(required)
    found = list(
        Document.objects.visible_to(actor)
        .filter(holder_kind=holder.kind, holder_uid=holder.key, kind__in=[k.key for k in asked])
        .select_related("content")
    )
    attached = HOLDERS[holder.kind]
    person = attached.person_of(UUID(holder.key))
    offered = list(reusable(actor, person)) if person is not None else []
    trial = Document(holder_kind=holder.kind, holder_uid=UUID(holder.key))
    trial.owner_kind, trial.owner_key = (actor.scope.kind, actor.scope.key) if actor.scope else ("", "")
    attaches, verifies = may_attach(actor, trial), attached.may_verify(actor, UUID(holder.key))
    return [
        Slot(
            kind=kind,
            holder=holder,
            present=[d for d in found if d.kind == kind.key and d.ended_at is None],
            former=[d for d in found if d.kind == kind.key and d.ended_at is not None],
            offered=[d for d in offered if d.kind in same_purpose(kind.key) and str(d.holder_uid) != holder.key],
            may_attach=attaches,
            may_verify=verifies,
            asked=asked_words(kind),
            accept=",".join(kind.asked.media_types),
            client_id=uuid4(),
            required=kind.key in needed,
        )
        for kind in asked
    ]


def to_verify(shown: Iterable[Slot]) -> list[Document]:
    """What waits in these places for the actor's decision."""
    return [d for slot in shown if slot.may_verify for d in slot.present if d.verdict == "none"]


def is_picture(document: Document) -> bool:
    """Whether it can be looked at in the page."""
    return document.content is not None and document.content.media_type.startswith("image/")


def asked_words(kind: DocumentKind) -> str:
    """What is asked of a file, in one line."""
    words = [asked_names(kind.asked), _("at most %(size)s") % {"size": size_words(kind.asked.max_bytes)}]
    if kind.asked.min_pixels != (0, 0):
        words.append(_("at least %(width)s × %(height)s pixels") % _wide(kind.asked.min_pixels))
    return " · ".join(words)


def _wide(pixels: tuple[int, int]) -> dict[str, int]:
    return {"width": pixels[0], "height": pixels[1]}


def size_words(octets: int) -> str:
    if octets >= 1024 * 1024:
        return f"{octets / 1024 / 1024:.1f}".removesuffix(".0") + " MB"
    return f"{max(octets // 1024, 1)} KB"


def file_name(document: Document) -> str:
    """Under which name a document is saved: its kind and the day, never a personal value."""
    extension = document.content.extension if document.content else "bin"
    return f"{document.label}-{document.sent_at:%Y%m%d}.{extension}"


def rows(actor: Actor, found: Iterable[Document]) -> list[dict[str, Any]]:
    """Lines of a list of documents, each with what it belongs to."""
    listed = list(found)
    called = _holders_called(listed)
    return [
        {
            "document": d,
            "of": called.get(d.holder_uid, ""),
            "where": url_of(d.holder),
            "mine": owns(actor, d),
            "size": _size(d),
        }
        for d in listed
    ]


def _holders_called(found: Iterable[Document]) -> dict[UUID, str]:
    """What the documents' holders are called, asked once for each kind of holder."""
    asked: dict[str, set[UUID]] = {}
    for each in found:
        asked.setdefault(each.holder_kind, set()).add(each.holder_uid)
    known = [HOLDERS[kind].words(uids) for kind, uids in asked.items() if kind in HOLDERS]
    return {uid: words for called in known for uid, words in called.items()}


def _size(document: Document) -> str:
    return size_words(document.content.size) if document.content else ""
