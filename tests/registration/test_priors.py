"""Earlier awards and entries are looked up in what the system itself issued and kept: by identity, never by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.refs import Ref
from backend.people.models import Person
from certificates.credentials import services as office
from competitions.contests.models import Contest, Edition, Event
from competitions.contests.rulebook.eligibility import PARAMS, read_eligibility
from competitions.registration import services
from competitions.registration.errors import EntriesRefused, RulesBroken
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook.eligibility import BROKEN, MET, UNKNOWN, Verdict
from competitions.registration.selectors.eligibility import PersonLine, doubts_of, refusal_text, verdicts_of
from tests.factories import organisation
from tests.registration.world import RULES, team

AWARD = {
    "code": "R-AWARD",
    "kind": "NOT_PRIOR_AWARD",
    "of": ["contestant"],
    "params": {"tiers": ["一等奖"]},
    "source": "《赛项规程》第五条",
}
ENTRY = {**AWARD, "code": "R-ENTRY", "kind": "NOT_PRIOR_ENTRY", "params": {"years": 1}}


def past(make_event: Callable[..., Event], year: int = 2025, contest: str = "PROV_HIGHER_VOC") -> Event:
    """An event of an earlier edition, of this contest or of another one."""
    event = make_event(f"GZ-{year}-{contest[:4]}", rules=RULES)
    of, _made = Contest.objects.get_or_create(code=contest, defaults={"name": "行业职业技能竞赛"})
    edition, _made = Edition.objects.get_or_create(contest=of, year=year, defaults={"name": f"{year}年{of.name}"})
    Event.objects.filter(pk=event.pk).update(edition=edition)
    return Event.objects.select_related("edition__contest", "rule_set", "leading_group").get(pk=event.pk)


def award(event: Event, holder: Person, tier: str = "一等奖") -> str:
    claim = office.Claim(
        claim_key=f"{event.code}:{tier}:{holder.uid}",
        issuer_key="12",
        issuer_name="集团",
        holder=holder,
        holder_name="甲",
        public_facts={"contest": event.edition.name, "event": event.name, "award": tier},
        rests_on=Ref("publication", "1"),
        issued_on=date(2025, 6, 1),
        event_code=event.code,
    )
    return office.record(actor=SYSTEM, claims=[claim])[0].number


def draft(make_event: Callable[..., Event], organiser: Actor, *rules: dict[str, Any]) -> Entry:
    event = make_event(rules={**RULES, "eligibility": list(rules)})
    return services.enter_many(actor=organiser, event=event, drafts=[team(organisation("第一学院"), 100)])[0]


def first(entry: Entry) -> Member:
    return Member.objects.filter(entry=entry).select_related("person").order_by("position", "pk")[0]


def state(organiser: Actor, entry: Entry, key: str, value: bool = True) -> None:
    people = Member.objects.filter(entry=entry)
    services.state_facts(actor=organiser, entry=entry, facts={(str(m.uid), key): (value, "承诺书") for m in people})


def test_a_certificate_of_the_same_contest_contradicts_the_school_and_is_named(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    entry = draft(make_event, organiser, AWARD)
    number = award(past(make_event), first(entry).person)
    state(organiser, entry, "not_prior_award:R-AWARD")

    with pytest.raises(RulesBroken) as refused:
        services.submit_entry(actor=organiser, entry=entry)

    ((text,),) = refused.value.problems.values()
    assert (number in text, "2025" in text, "《赛项规程》第五条" in text) == (True, True, True)


def test_who_is_on_record_is_refused_when_entered(make_event: Callable[..., Event], organiser: Actor) -> None:
    earlier = past(make_event)
    school = organisation("第二学院")
    before = services.enter_many(actor=organiser, event=earlier, drafts=[team(school, 100)])[0]
    number = award(earlier, first(before).person)
    event = make_event(rules={**RULES, "eligibility": [AWARD]})

    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(actor=organiser, event=event, drafts=[team(school, 100)])

    assert number in str(refused.value.problems)
    assert services.enter_many(actor=organiser, event=event, drafts=[team(school, 200)])


def test_another_tier_and_an_ended_certificate_do_not_count(make_event: Callable[..., Event], organiser: Actor) -> None:
    entry = draft(make_event, organiser, AWARD)
    award(past(make_event), first(entry).person, tier="二等奖")
    state(organiser, entry, "not_prior_award:R-AWARD")

    assert services.submit_entry(actor=organiser, entry=entry).state == "submitted"


def test_a_namesake_is_nobody_and_a_merged_person_is_the_same(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    entry = draft(make_event, organiser, AWARD)
    earlier = past(make_event)
    twin = services.enter_many(actor=organiser, event=earlier, drafts=[team(organisation("第二学院"), 700)])[0]
    award(earlier, first(twin).person)  # every certificate here is made out to 甲
    state(organiser, entry, "not_prior_award:R-AWARD")
    assert {v.outcome for line in verdicts_of(entry) for v in line.verdicts} == {MET}

    Person.objects.filter(pk=first(twin).person_id).update(merged_into=first(entry).person)

    found = [line.member.pk for line in verdicts_of(entry) for v in line.verdicts if v.outcome == BROKEN]
    assert found == [first(entry).pk]


def test_an_award_of_another_contest_is_shown_to_the_reviewer_and_decides_nothing(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    rule = {**AWARD, "params": {"levels": ["行业"], "tiers": ["一等奖"]}}
    entry = draft(make_event, organiser, rule)
    number = award(past(make_event, contest="INDUSTRY"), first(entry).person)
    state(organiser, entry, "not_prior_award:R-AWARD")

    services.submit_entry(actor=organiser, entry=entry)

    ((_name, outcome, text),) = doubts_of(entry)
    assert (outcome, number in text) == (MET, True)
    client = Client()
    client.force_login(User.objects.get(pk=organiser.user_id))
    assert number in client.get(f"/entries/{entry.uid}/eligibility/").content.decode()


def test_an_entry_of_the_last_years_is_found_and_an_older_one_is_not(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    entry = draft(make_event, organiser, ENTRY)
    school = organisation("第二学院")
    for year, state_of in ((2024, "approved"), (2025, "withdrawn")):
        old = services.enter_many(actor=organiser, event=past(make_event, year), drafts=[team(school, 100)])[0]
        Entry.objects.filter(pk=old.pk).update(state=state_of)
    state(organiser, entry, "not_prior_entry:R-ENTRY")
    assert {v.outcome for line in verdicts_of(entry) for v in line.verdicts} == {MET}

    Entry.objects.filter(event__edition__year=2025).update(state="approved")

    lines = verdicts_of(entry)
    assert {v.outcome for line in lines for v in line.verdicts} == {BROKEN}
    assert "2025" in lines[0].record_of(lines[0].verdicts[0])


def test_one_event_each_counts_a_merged_person_once(make_event: Callable[..., Event], organiser: Actor) -> None:
    once = {**AWARD, "code": "R-ONCE", "kind": "EVENTS_MAX", "params": {"max": 1}}
    event = make_event(rules={**RULES, "eligibility": [once]})
    other = make_event("GZ-2026-047", rules=RULES)
    twin = services.enter_many(actor=organiser, event=other, drafts=[team(organisation("第二学院"), 700)])[0]
    entry = services.enter_many(actor=organiser, event=event, drafts=[team(organisation("第一学院"), 100)])[0]
    Person.objects.filter(pk=first(twin).person_id).update(merged_into=first(entry).person)

    assert [v.outcome for line in verdicts_of(entry) for v in line.verdicts].count(BROKEN) == 1


SAMPLES: dict[str, Any] = {"number": 2, "day": "2026-05-01", "words": ["国赛"], "sex": "F"}


@pytest.mark.parametrize("kind", sorted(PARAMS))
@pytest.mark.parametrize("outcome", [MET, BROKEN, UNKNOWN])
def test_every_kind_of_rule_says_in_chinese_what_it_rests_on(kind: str, outcome: str) -> None:
    params = {name: SAMPLES[wanted] for name, wanted in PARAMS[kind][0].items()}
    rule = {"code": "R", "kind": kind, "params": params, "source": "《2026年赛项规程》第三条", "evidence": "学籍证明"}
    (read,) = read_eligibility([rule])
    with override("zh-hans"):
        text = PersonLine(Member(), [], {}, {}).text_of(Verdict(read, outcome))
        refusal = refusal_text(read)

    assert "《2026年赛项规程》第三条" in text
    assert not any(letter.isascii() and letter.isalpha() for letter in text + refusal)
    assert "%(" not in text + refusal
