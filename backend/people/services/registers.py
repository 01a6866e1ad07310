"""A group's paper list of members taken into its register, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.enums import MemberKind
from backend.people.imports import MemberDraft, read_members
from backend.people.models import Group, Membership, Organisation
from backend.people.permissions import may_keep_group
from backend.people.rulebook import KIND_OF
from backend.people.selectors import match_organisations, name_key, propose_for
from backend.people.services.organisations import record_organisation
from backend.people.services.sheets import marked_copy
from backend.spreadsheets.columns import CellError

BATCH = 500


@dataclass(frozen=True, slots=True)
class MembersTaken:
    """What an import did; with errors nothing was written. marked: the workbook with its bad cells marked, or b"".

    Counts are of members; recorded: organisations that were not known before.
    """

    errors: Sequence[CellError] = ()
    marked: bytes = b""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    recorded: int = 0


@transaction.atomic
def import_members(*, actor: Actor, group: Group, content: bytes) -> MembersTaken:
    """Enter the members of a workbook; those that stand already are brought up to date.

    Empty cells change nothing, and nobody leaves by not being in the sheet. Raises SheetRefused without a list to read.
    """
    locked = Group.objects.select_for_update().get(pk=group.pk)
    require(may_keep_group(actor, locked))
    name, drafts, errors = read_members(content, today=clock.today())
    register = _Register(locked, drafts)
    errors = sorted([*errors, *register.errors()], key=lambda error: _place(error.cell))
    if errors:
        return MembersTaken(errors, marked_copy(content, sheet=name, errors=errors))
    return register.take(actor)


def _place(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


class _Register:
    """The drafts beside what is recorded."""

    def __init__(self, group: Group, drafts: Sequence[MemberDraft]) -> None:
        self.group, self.drafts = group, drafts
        self.known = match_organisations(draft.name for draft in drafts if draft.name)
        found = Membership.objects.filter(group=group).select_related("organisation")
        self.live = {m.organisation_id: m for m in found if m.ended_on is None}
        self.left = {m.organisation_id: m.ended_on for m in found.order_by("ended_on") if m.ended_on is not None}
        codes = {draft.uscc for draft in drafts if draft.uscc}
        self.by_code = {o.uscc: o for o in Organisation.objects.filter(uscc__in=codes)} if codes else {}

    def errors(self) -> list[CellError]:
        """What the sheet alone could not tell, by row."""
        strange = [d.name for d in self.drafts if d.name and d.name not in self.known and not d.fresh]
        near = propose_for(strange)
        first: dict[str, str] = {}
        found = []
        for draft in self.drafts:
            if draft.name and draft.name not in self.known and not draft.fresh:
                found.append(draft.row.error("name", "ORGANISATION_UNKNOWN", _unknown(near[draft.name])))
            found += self._twice(draft, first) + self._days(draft) + self._codes(draft, first)
        return found

    def _twice(self, draft: MemberDraft, first: dict[str, str]) -> list[CellError]:
        organisation = self.known.get(draft.name)
        key = str(organisation.pk) if organisation else name_key(draft.name)
        at = first.setdefault(key, draft.row.cell("name"))
        if not draft.name or at == draft.row.cell("name"):
            return []
        told = _("This organisation stands in %(cell)s already. Keep one of the two rows.") % {"cell": at}
        return [draft.row.error("name", "TWICE", told)]

    def _days(self, draft: MemberDraft) -> list[CellError]:
        organisation = self.known.get(draft.name)
        if organisation is None or draft.joined_on is None:
            return []
        live, left = self.live.get(organisation.pk), self.left.get(organisation.pk)
        if live is not None:
            if live.joined_on in (None, draft.joined_on):
                return []
            told = _("The register says that it joined on %(day)s.") % {"day": live.joined_on}
            return [draft.row.error("joined_on", "OTHER_DAY", told)]
        if left is not None and draft.joined_on < left:
            told = _("It was a member before, until %(day)s; this day lies before that.") % {"day": left}
            return [draft.row.error("joined_on", "BEFORE_LEAVING", told)]
        return []

    def _codes(self, draft: MemberDraft, first: dict[str, str]) -> list[CellError]:
        at = first.setdefault(f"code {draft.uscc}", draft.row.cell("uscc"))
        if draft.uscc and at != draft.row.cell("uscc"):
            told = _("This code stands in %(cell)s already. Keep one of the two rows.") % {"cell": at}
            return [draft.row.error("uscc", "USCC_TWICE", told)]
        owner, organisation = self.by_code.get(draft.uscc), self.known.get(draft.name)
        if owner is not None and owner != organisation:
            told = _("This code is recorded for %(name)s.") % {"name": owner.name}
            return [draft.row.error("uscc", "USCC_OF_ANOTHER", told)]
        if organisation is not None and draft.uscc and organisation.uscc not in ("", draft.uscc):
            return [draft.row.error("uscc", "USCC_OTHER", _("Another code is recorded for this organisation."))]
        return []

    def take(self, actor: Actor) -> MembersTaken:
        """Write it all. Drafts without errors only."""
        made, changed, unchanged, recorded = [], [], 0, 0
        for draft in self.drafts:
            organisation = self.known.get(draft.name)
            if organisation is None:
                told = {"kind": KIND_OF[MemberKind(draft.kind)], "uscc": draft.uscc}
                organisation = record_organisation(actor=actor, name=draft.name, **told)
                recorded += 1
            live = self.live.get(organisation.pk)
            member = live or Membership(group=self.group, organisation=organisation)
            moved = _fill(member, draft)
            if live is None:
                made.append(member)
            elif moved:
                changed.append(member)
            else:
                unchanged += 1
        Membership.objects.bulk_create(made, batch_size=BATCH)
        fields = ["kind", "joined_on", "council_role", "contact_sealed", "phone_sealed"]
        Membership.objects.bulk_update(changed, fields, batch_size=BATCH)
        taken = MembersTaken((), b"", len(made), len(changed), unchanged, recorded)
        audit.record(
            actor=actor,
            action="member.import",
            subject=self.group.ref,
            added=taken.added,
            changed=taken.changed,
            recorded=taken.recorded,
        )
        return taken


def _fill(member: Membership, draft: MemberDraft) -> bool:
    """What the draft says goes into the member; whether anything is other than before."""
    moved = False
    for name in ("kind", "joined_on", "council_role"):
        value = getattr(draft, name)
        if value and value != getattr(member, name):
            setattr(member, name, value)
            moved = True
    for name in ("contact", "phone"):
        value = getattr(draft, name)
        if value and value != member.told(name):
            member.put(name, value)
            moved = True
    return moved


def _unknown(near: Sequence[str]) -> str:
    asked = _("No organisation is recorded under this name.")
    meant = _(" Was one of these meant: %(names)s?") % {"names": "、".join(near)} if near else ""
    return asked + meant + _(" If it is a new one, write 是 in the column 新登记单位.")
