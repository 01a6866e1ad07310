"""Who has completed their own data, and whose guardian agreed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backend.core import clock
from competitions.registration.models import Invitation, Member
from competitions.registration.selectors.inviting import asks_guardian, consented, invited


@dataclass(frozen=True, slots=True)
class OwnLine:
    """waits: the contestant or a guardian still has something to do there. live: their link can still be opened."""

    member: Member
    name: str
    state: str
    tone: str
    consent: str = ""
    consent_tone: str = ""
    live: bool = False

    @property
    def waits(self) -> bool:
        return self.tone != "good" or self.unagreed

    @property
    def unagreed(self) -> bool:
        return self.consent_tone == "warning"


def own_lines(members: Sequence[Member]) -> list[OwnLine]:
    """One line for each contestant that was invited or needs a guardian's consent."""
    contestants = [m for m in members if m.role == "contestant" and m.ended_at is None]
    links, agreed = invited(contestants), consented(contestants)
    lines = []
    for member in contestants:
        link, young = links.get(member.pk), asks_guardian(member)
        if link is None and not young:
            continue
        state, tone = _state_of(link)
        consent = _("guardian agreed") if member.pk in agreed else _("guardian's consent missing")
        told = (consent, "good" if member.pk in agreed else "warning") if young else ("", "")
        lines.append(OwnLine(member, member.reveal("name"), state, tone, *told, live=tone == "wait"))
    return lines


def _state_of(link: Invitation | None) -> tuple[str, str]:
    if link is None:
        return _("not invited"), "muted"
    if link.used_at is not None:
        return _("completed"), "good"
    return (_("link sent"), "wait") if link.expires_at > clock.now() else (_("link too old"), "warning")
