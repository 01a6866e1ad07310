"""What teams are about, held against rules that let each topic or class of majors be named once."""

from __future__ import annotations

from collections.abc import Sequence

from competitions.contests.models import Event
from competitions.contests.rulebook import read_rules
from competitions.contests.rulebook.quota import Distinct
from competitions.contests.selectors import rules_of
from competitions.registration.models import FIXED, Entry
from competitions.registration.rulebook import EntryDraft, Finding
from competitions.registration.rulebook.quotas import repeated
from competitions.registration.rulebook.topics import TOPICS, TopicClaim, judge_topics, topics_by_team
from competitions.registration.selectors.topics import topic_fields
from competitions.registration.services.judging import Field, Line


def judge_teams_topics(
    event: Event, drafts: Sequence[EntryDraft], lines: Sequence[Line], standing: Field
) -> list[Finding]:
    """Topics that are missing, that the rows of a team disagree about, or that were named before.

    A team that was handed in is not asked again: what it named then stands.
    """
    asked = topic_fields(event)
    if not asked:
        return []
    stands = {place: {key: getattr(entry, key) for key in TOPICS} for place, entry in standing.entries.items()}
    fixed = {place for place, entry in standing.entries.items() if entry.state in FIXED}
    claims = [TopicClaim(line.member.row, line.place, line.topics) for line in lines if line.place not in fixed]
    return judge_topics(claims, stands, asked) + _named_before(event, drafts, lines, standing)


def _named_before(event: Event, drafts: Sequence[EntryDraft], lines: Sequence[Line], standing: Field) -> list[Finding]:
    quota = rules_of(event).quota
    rows: dict[tuple[str, int], int] = {}
    for line in lines:
        rows.setdefault(line.place, line.member.row)
    named = topics_by_team(TopicClaim(line.member.row, line.place, line.topics) for line in lines)
    found = []
    for rule in quota.distinct if quota else ():
        values, at = [], []
        for draft in drafts:
            place = (draft.school, draft.team_number)
            entry = standing.entries.get(place)
            values.append((draft.school, getattr(draft, rule.field) or (getattr(entry, rule.field) if entry else "")))
            at.append(named.get(place, {}).get(rule.field, ("", rows.get(place, 1)))[1])
        code = "TOPIC_TWICE" if rule.field == "topic" else "TOPIC_CLASS_TWICE"
        for position in repeated(values, _elsewhere(event, rule, drafts)):
            found.append(Finding(code, rule.field, at[position], {"source": quota.source if quota else ""}))
    return found


def _elsewhere(event: Event, rule: Distinct, drafts: Sequence[EntryDraft]) -> list[tuple[str, str]]:
    """(school, word) of the other standing teams of these schools, in every event that is looked at together."""
    sisters = _together(event, rule.field, rule.together) if rule.together else [event.pk]
    mine = {(draft.school, draft.team_number) for draft in drafts}
    teams = Entry.objects.filter(event__in=sisters, school__uid__in={draft.school for draft in drafts})
    rows = teams.exclude(state="withdrawn").values_list("event_id", "school__uid", "team_number", rule.field)
    return [
        (str(school), word)
        for event_id, school, number, word in rows
        if event_id != event.pk or (str(school), number) not in mine
    ]


def _together(event: Event, field: str, name: str) -> list[int]:
    """Events of the edition whose rules look at that field together under that name."""
    sisters = Event.objects.filter(edition=event.edition_id).select_related("rule_set")
    return [
        sister.pk
        for sister in sisters
        if (quota := read_rules(sister.rule_set.rules).quota) is not None
        and any(d.field == field and d.together == name for d in quota.distinct)
    ]
