"""An event under review: teams approved with cards, returned, or waiting for the bureau or the organisers."""

from __future__ import annotations

from backend.config.demo.people import team
from backend.core.actor import SYSTEM, Actor
from backend.people import services as people
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services as registration
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import MemberDraft
from competitions.registration.services import RemarkDraft

BUREAU = "开封市教育体育局（演示）"
OVERSEEN = "开封市职业学校（演示）"
FIELDS = ("name", "id_number", "study_number", "major_name", "grade")


def load(organiser: Actor, coordinator_school: Organisation, event: Event) -> Organisation:
    """Returns the bureau, for its account."""
    bureau = people.record_organisation(actor=SYSTEM, name=BUREAU, kind="bureau")
    overseen = people.record_organisation(actor=SYSTEM, name=OVERSEEN)
    people.set_oversight(actor=SYSTEM, organisation=overseen, bureau=bureau)
    registration.set_review_plan(
        actor=organiser,
        event=event,
        steps=["bureau", "organiser"],
        reviewed_fields=FIELDS,
        roster_confirmed=True,
    )
    others = list(Organisation.objects.filter(kind="school").exclude(pk__in=(overseen.pk, coordinator_school.pk))[:4])
    schools = [coordinator_school, overseen, *others]
    drafts = [team(str(school.uid), 3000 + n * 10, event.tech_platforms[n % 2]) for n, school in enumerate(schools)]
    entries = registration.enter_many(actor=organiser, event=event, drafts=drafts)
    for entry in entries:
        registration.submit_entry(actor=organiser, entry=entry)
    _decide(organiser, entries)
    registration.issue_cards(actor=organiser, event=event)
    return bureau


def _decide(organiser: Actor, entries: list[Entry]) -> None:
    own, _overseen, _waiting, *approved = entries
    first = _first(own)
    registration.return_entry(
        actor=organiser,
        entry=own,
        reason="请对照学生证核对后重新提交。",
        remarks=[RemarkDraft("study_number", "学号与学籍系统不一致", first.uid)],
    )
    registration.approve_entries(actor=organiser, entries=approved)
    registration.confirm_roster(actor=organiser, entry=approved[0], on_paper=True)
    registration.ask_substitution(
        actor=organiser,
        entry=approved[1],
        leaving=_first(approved[1]),
        arriving=_newcomer(approved[1]),
        reason="该生骨折，已附诊断证明。",
    )


def _first(entry: Entry) -> Member:
    found: Member = entry.members.filter(role="contestant").order_by("position", "pk")[0]
    return found


def _newcomer(entry: Entry) -> MemberDraft:
    return team(str(entry.school.uid), 3900, "").members[0]
