"""Who has completed their own data, and whose guardian agreed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from competitions.registration.models import Member
from competitions.registration.selectors.inviting import asks_guardian, consented, invited


@dataclass(frozen=True, slots=True)
class OwnLine:
    """waits: the contestant or a guardian still has something to do there."""

    member: Member
    name: str
    state: str
    tone: str
    consent: str = ""
    consent_tone: str = ""

    @property
    def waits(self) -> bool:
        return self.tone != "good" or self.consent_tone == "warning"


def own_lines(members: Sequence[Member]) -> list[OwnLine]:
    """One line for each contestant that was invited or needs a guardian's consent."""
    contestants = [m for m in members if m.role == "contestant" and m.ended_at is None]
    links, agreed = invited(contestants), consented(contestants)
    lines = []
    for member in contestants:
        link, young = links.get(member.pk), asks_guardian(member)
        if link is None and not young:
            continue
        state, tone = (_("not invited"), "muted") if link is None else (_("link sent"), "wait")
        if link is not None and link.used_at is not None:
            state, tone = _("completed"), "good"
        consent = _("guardian agreed") if member.pk in agreed else _("guardian's consent missing")
        told = (consent, "good" if member.pk in agreed else "warning") if young else ("", "")
        lines.append(OwnLine(member, member.reveal("name"), state, tone, *told))
    return lines
