"""A higher vocational event under review by its organisers: teams approved with cards, returned, or waiting."""

from __future__ import annotations

from backend.config.demo.people import team
from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services as registration
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import MemberDraft
from competitions.registration.services import RemarkDraft

FIELDS = ("name", "id_number", "study_number", "major_name", "grade")


def load(organiser: Actor, coordinator_school: Organisation, event: Event) -> None:
    """Six schools; nobody reviews between them and the organisers."""
    registration.set_review_plan(
        actor=organiser,
        event=event,
        steps=["organiser"],
        reviewed_fields=FIELDS,
        roster_confirmed=True,
    )
    others = list(Organisation.objects.filter(kind="school").exclude(pk=coordinator_school.pk).order_by("pk")[:5])
    schools = [coordinator_school, *others]
    drafts = [team(str(school.uid), 3000 + n * 10, event.tech_platforms[n % 2]) for n, school in enumerate(schools)]
    entries = registration.enter_many(actor=organiser, event=event, drafts=drafts)
    for entry in entries:
        registration.submit_entry(actor=organiser, entry=entry)
    _decide(organiser, entries)
    registration.issue_cards(actor=organiser, event=event)


def _decide(organiser: Actor, entries: list[Entry]) -> None:
    own, _waiting, _too, *approved = entries
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
