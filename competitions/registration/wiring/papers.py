"""The documents that an event may ask of its contestants, and who holds them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from backend.core.actor import Actor
from backend.documents.enums import MediaType
from backend.documents.models import DocumentKind, HolderKind, Holding, document_kind, holder_kind
from backend.documents.rulebook.asking import Asked
from competitions.registration.enums import PAPERS, PHOTO
from competitions.registration.models import Entry, Member
from competitions.registration.permissions import may_hand_in_for, may_verify_papers
from competitions.registration.selectors.papers import person_behind


def plug_papers() -> None:
    """What an event may ask of its contestants; an accepted document serves the next event too."""
    most = settings.ENTRY_PAPER_MAX_MIB * 1024 * 1024
    pictures = (MediaType.JPEG, MediaType.PNG)
    scan = Asked(media_types=(MediaType.PDF, *pictures), max_bytes=most)
    photo = Asked(media_types=pictures, max_bytes=most, min_pixels=settings.ENTRY_PHOTO_MIN_PIXELS, photo=True)
    for key, label in PAPERS.items():
        document_kind(DocumentKind(key, label, photo if key == PHOTO else scan, purpose=key))
    holder_kind(
        HolderKind(
            "member",
            seen=lambda actor: Member.objects.visible_to(actor),
            may_attach=lambda actor, uid: may_hand_in_for(actor, _entry_behind(uid)),
            may_verify=lambda actor, uid: may_verify_papers(actor, _entry_behind(uid)),
            person_of=person_behind,
            holdings=_holdings,
            words=_called,
        )
    )


def _holdings(actor: Actor, uids: Collection[UUID]) -> dict[UUID, Holding]:
    """On deadline night every school hands photos in at once: seen, whose and allowed are one question for all."""
    seen = Member.objects.all() if actor.role == "system" else Member.objects.visible_to(actor)
    found = seen.filter(uid__in=uids).select_related("person", "entry__school")
    return {member.uid: Holding(member.person, may_hand_in_for(actor, member.entry)) for member in found}


def _called(uids: Collection[UUID]) -> dict[UUID, str]:
    """The member with team and event, for the school that handed in the papers."""
    found = Member.objects.filter(uid__in=uids).select_related("entry__event")
    return {m.uid: f"{m.reveal('name')} · {m.entry.event.code} {_team(m.entry)}" for m in found}


def _team(entry: Entry) -> str:
    return _("Team %(n)s") % {"n": entry.team_number}


def _entry_behind(uid: UUID) -> Entry:
    return Entry.objects.select_related("event__edition", "school__overseen_by").get(members__uid=uid)
