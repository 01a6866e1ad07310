"""Kept bytes: encrypted, once each, named by a keyed digest that tells nobody what is inside."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotFound
from backend.core.vault import blind_index, seal_bytes, unseal_bytes
from backend.documents.errors import ContentDropped
from backend.documents.models import Content, Document
from backend.documents.rulebook import Examined

A_DAY = 86_400


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(examined: Iterable[Examined]) -> dict[str, Content]:
    """The rows and files of these bytes by digest, made where they are new; locked until the transaction ends."""
    by_digest = {digest_of(one.content): one for one in examined}
    digests = sorted(by_digest)  # in one order, so that two never wait for each other in a circle
    Content.objects.bulk_create((_row(digest, by_digest[digest]) for digest in digests), ignore_conflicts=True)
    kept = list(Content.objects.select_for_update().filter(sha256__in=digests).order_by("sha256"))
    for digest in digests:
        path = _path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{time.time_ns()}.part")
            part.write_bytes(seal_bytes(by_digest[digest].content, bound_to=_bound(digest)))
            part.replace(path)
    return {content.sha256: content for content in kept}


def _row(digest: str, examined: Examined) -> Content:
    return Content(
        sha256=digest,
        size=len(examined.content),
        media_type=examined.media_type,
        extension=examined.extension,
        width=examined.pixels[0],
        height=examined.pixels[1],
    )


def content_of(*, actor: Actor, document: Document) -> bytes:
    """The bytes, for whoever may see the document; ContentDropped once their time was over."""
    found = Document.objects.visible_to(actor).filter(pk=document.pk).first()
    if found is None:
        raise NotFound
    path = _path(found.sha256)
    if found.content_id is None or not path.exists():
        raise ContentDropped
    return unseal_bytes(path.read_bytes(), bound_to=_bound(found.sha256))


def purge() -> int:
    """Delete the bytes of documents whose time is over, and files that no row names; returns how many documents."""
    over = Document.objects.filter(keep_until__lt=clock.today(), content__isnull=False)
    count = 0
    for document in list(over.select_related("content")[:1000]):
        count += _purge_one(document)
    _sweep()
    return count


@transaction.atomic
def _purge_one(document: Document) -> int:
    content = Content.objects.select_for_update().get(sha256=document.sha256)
    document.content = None
    document.save(update_fields=["content"])
    record(actor=SYSTEM, action="document.purge", subject=document.ref)
    if not content.documents.exists():
        content.delete()
        transaction.on_commit(lambda: _unlink(content.sha256))
    return 1


def _unlink(digest: str) -> None:
    """Under the row's lock of whoever keeps the same bytes anew: theirs stay."""
    with transaction.atomic():
        if not Content.objects.select_for_update().filter(sha256=digest).exists():
            _path(digest).unlink(missing_ok=True)


def _sweep() -> None:
    """Files of uploads that were rolled back: older than a day and named by no row."""
    root, old = Path(settings.MEDIA_ROOT) / "documents", time.time() - A_DAY
    files = [path for path in root.glob("*/*") if path.stat().st_mtime < old] if root.exists() else []
    if files:
        named = {_name(digest) for digest in Content.objects.values_list("sha256", flat=True)}
        for path in files:
            if path.name not in named:
                path.unlink(missing_ok=True)


def _name(digest: str) -> str:
    return blind_index(digest, purpose="document-file")


def _path(digest: str) -> Path:
    name = _name(digest)
    return Path(settings.MEDIA_ROOT) / "documents" / name[:2] / name


def _bound(digest: str) -> str:
    return f"document|{digest}"
