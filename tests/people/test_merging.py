"""One human under two numbers: a redirect that every room follows, confirmed by a second officer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import IllegalMove, NotAllowed
from backend.core.refs import Ref
from backend.people import services
from backend.people.errors import AlreadyMerged, MergeClash, MergeOpen, ReasonMissing, SamePerson, SecondOfficerNeeded
from backend.people.models import Person, PersonMerge
from backend.people.selectors import actor_for, holdings_of, objections_to, person_by_number
from certificates.credentials import services as credentials
from certificates.credentials.models import Credential
from competitions.contests.models import Event
from competitions.registration.errors import EntriesRefused
from competitions.registration.models import Entry, Member
from competitions.registration.selectors import members_in
from competitions.registration.services import enter_many
from tests.factories import organisation, person, signed_in
from tests.people.officers import asking, confirming, duplicate, right
from tests.registration.world import RULES, id_number, team

__all__ = ["asking", "confirming", "duplicate", "right"]

pytestmark = pytest.mark.django_db


def merged(asking: Actor, confirming: Actor, duplicate: Person, into: Person) -> Person:
    wish = services.ask_merge(actor=asking, duplicate=duplicate, into=into, reason="号码登记错误，已核对原件")
    return services.merge_persons(actor=confirming, merge=wish)


def test_a_merge_changes_nothing_before_the_second_officer(
    asking: Actor, confirming: Actor, duplicate: Person, right: Person
) -> None:
    wish = services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason="已核对原件")
    duplicate.refresh_from_db()
    before = duplicate.canonical

    services.merge_persons(actor=confirming, merge=wish)

    duplicate.refresh_from_db()
    assert (before, duplicate.canonical, Person.objects.count()) == (duplicate, right, 2)


def test_whoever_asked_cannot_confirm_but_take_it_back(asking: Actor, duplicate: Person, right: Person) -> None:
    wish = services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason="已核对原件")

    with pytest.raises(SecondOfficerNeeded):
        services.merge_persons(actor=asking, merge=wish)

    assert services.refuse_merge(actor=asking, merge=wish).state == "refused"
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonMerge.objects.update(state="merged", decided_by_id=asking.user_id)


def test_only_system_officers_ask_and_confirm(
    asking: Actor, organiser: Actor, duplicate: Person, right: Person
) -> None:
    wish = services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason="已核对原件")

    for actor in (organiser, signed_in("s", "group_secretary", "group", "12"), SYSTEM):
        with pytest.raises(NotAllowed):
            services.ask_merge(actor=actor, duplicate=right, into=duplicate, reason="x")
        with pytest.raises(NotAllowed):
            services.merge_persons(actor=actor, merge=wish)


def test_what_cannot_be_merged_says_why(asking: Actor, confirming: Actor, duplicate: Person, right: Person) -> None:
    third = person(id_number(901), "人100")
    with pytest.raises(SamePerson):
        services.ask_merge(actor=asking, duplicate=right, into=right, reason="x")
    with pytest.raises(ReasonMissing):
        services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason=" ")
    services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason="x")
    with pytest.raises(MergeOpen):
        services.ask_merge(actor=asking, duplicate=duplicate, into=third, reason="x")
    services.merge_persons(actor=confirming, merge=PersonMerge.objects.get())

    with pytest.raises(SamePerson):
        services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason="x")
    with pytest.raises(AlreadyMerged):
        services.ask_merge(actor=asking, duplicate=duplicate, into=third, reason="x")
    with pytest.raises(IllegalMove):
        services.merge_persons(actor=confirming, merge=PersonMerge.objects.get())


def test_a_redirect_is_never_a_chain(asking: Actor, confirming: Actor, duplicate: Person, right: Person) -> None:
    last = person(id_number(901), "人100")
    merged(asking, confirming, duplicate, right)

    merged(asking, confirming, right, last)

    assert set(Person.objects.exclude(merged_into=None).values_list("merged_into", flat=True)) == {last.pk}
    assert person_by_number("resident", id_number(100)) == last


def test_two_wishes_in_opposite_directions_end_with_one(
    asking: Actor, confirming: Actor, duplicate: Person, right: Person
) -> None:
    there = services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason="x")
    back = services.ask_merge(actor=asking, duplicate=right, into=duplicate, reason="x")
    services.merge_persons(actor=confirming, merge=there)

    with pytest.raises(AlreadyMerged):
        services.merge_persons(actor=confirming, merge=back)


def test_an_import_with_the_old_number_finds_the_person_that_counts(
    asking: Actor, confirming: Actor, duplicate: Person, right: Person
) -> None:
    merged(asking, confirming, duplicate, right)
    draft = services.PersonDraft("resident", id_number(100), "人100")

    assert services.ensure_persons([draft])[draft.key] == right


def test_both_accounts_act_as_the_person_that_counts(
    asking: Actor, confirming: Actor, duplicate: Person, right: Person
) -> None:
    users = [User.objects.create_user(name) for name in ("one", "two")]
    for who, user in zip((duplicate, right), users, strict=True):
        services.link_account(actor=SYSTEM, person=who, user=user)

    merged(asking, confirming, Person.objects.get(pk=duplicate.pk), Person.objects.get(pk=right.pk))

    assert [actor_for(User.objects.get(pk=user.pk)).person_id for user in users] == [right.pk, right.pk]


def test_a_lone_account_moves_to_the_person_that_counts(
    asking: Actor, confirming: Actor, duplicate: Person, right: Person
) -> None:
    user = User.objects.create_user("one")
    services.link_account(actor=SYSTEM, person=duplicate, user=user)

    merged(asking, confirming, Person.objects.get(pk=duplicate.pk), right)

    assert User.objects.get(pk=user.pk).person == right


def contestant(who: Person) -> Actor:
    actor = signed_in(f"c{who.pk}", "contestant", "person", str(who.uid))
    Person.objects.filter(pk=who.pk).update(user_id=actor.user_id)
    return actor_for(User.objects.get(pk=actor.user_id))


def test_entries_and_certificates_of_the_duplicate_are_seen_by_the_person_that_counts(
    asking: Actor, confirming: Actor, organiser: Actor, right: Person, make_event: Any
) -> None:
    event, school = make_event(rules=RULES), organisation("开封大学")
    enter_many(actor=organiser, event=event, drafts=[team(school)])
    duplicate = Member.objects.get(position=1).person
    credentials.record(actor=SYSTEM, claims=[_certificate(event.code, duplicate)])
    me = contestant(right)
    before = [q.visible_to(me).count() for q in (Entry.objects, Credential.objects)]

    merged(asking, confirming, duplicate, Person.objects.get(pk=right.pk))

    after = [q.visible_to(me).count() for q in (Entry.objects, Credential.objects)]
    assert (before, after) == ([0, 0], [1, 1])
    assert {(h.kind, h.count) for h in holdings_of(duplicate) if h.count} == {
        ("registration.member", 1),
        ("credentials.credential", 1),
    }


def test_notices_reach_the_account_of_the_person_that_counts(
    asking: Actor, confirming: Actor, organiser: Actor, right: Person, make_event: Any
) -> None:
    event, school = make_event(rules=RULES), organisation("开封大学")
    enter_many(actor=organiser, event=event, drafts=[team(school)])
    duplicate = Member.objects.get(position=1).person
    me = contestant(right)
    before = members_in([event.code], ("contestant",))

    merged(asking, confirming, duplicate, Person.objects.get(pk=right.pk))

    told = [each.user_id for each in members_in([event.code], ("contestant",))]
    assert ([each.user_id for each in before], told) == ([None] * 3, [me.user_id, None, None])


def _certificate(event_code: str, holder: Person) -> credentials.Claim:
    return credentials.Claim(
        claim_key=f"{event_code}:1",
        issuer_key="12",
        issuer_name="集团",
        holder=holder,
        holder_name="人100",
        facts={},
        public_facts={"title": "获奖证书", "award": "一等奖"},
        rests_on=Ref("publication", "1"),
        issued_on=clock.today(),
        event_code=event_code,
    )


def test_one_human_is_in_an_event_once_under_either_number(
    asking: Actor, confirming: Actor, organiser: Actor, right: Person, make_event: Any
) -> None:
    event, school = make_event(rules=RULES), organisation("开封大学")
    enter_many(actor=organiser, event=event, drafts=[team(school)])
    duplicate = Member.objects.get(position=1).person
    merged(asking, confirming, duplicate, right)

    for serial, places in ((100, ["1", "2", "3"]), (900, ["1"])):  # of 900 to 902 only the first is known
        with pytest.raises(EntriesRefused) as refused:
            enter_many(actor=organiser, event=event, drafts=[team(organisation(f"第{serial}校"), serial=serial)])
        assert sorted(refused.value.problems) == [f"{place}.id_number" for place in places]


def test_a_clash_in_an_event_is_told_before_the_merge(organiser: Actor, make_event: Any) -> None:
    event = make_event(rules=RULES)
    for serial, name in ((100, "开封大学"), (200, "郑州大学")):
        enter_many(actor=organiser, event=event, drafts=[team(organisation(name), serial=serial)])
    one, other, outside = (person_by_number("resident", id_number(n)) for n in (100, 200, 101))
    assert one is not None
    assert other is not None
    assert outside is not None
    Member.objects.filter(person=outside).delete()

    assert len(objections_to(one, other)) == 1
    assert objections_to(one, outside) == []


def test_two_contestants_of_a_running_event_are_merged_only_when_one_is_out(
    asking: Actor, confirming: Actor, organiser: Actor, make_event: Any
) -> None:
    event = make_event(rules=RULES)
    for serial, name in ((100, "开封大学"), (200, "郑州大学")):
        enter_many(actor=organiser, event=event, drafts=[team(organisation(name), serial=serial)])
    one, other = (person_by_number("resident", id_number(n)) for n in (100, 200))
    assert one is not None and other is not None
    merge = services.ask_merge(actor=asking, duplicate=one, into=other, reason="证件号码登记错误")

    with pytest.raises(MergeClash) as refused:
        services.merge_persons(actor=confirming, merge=merge)
    Event.objects.filter(pk=event.pk).update(state="published")
    services.merge_persons(actor=confirming, merge=merge)

    assert event.code in str(refused.value)
    one.refresh_from_db()
    assert one.merged_into == other  # what is published stays, and keeps nobody from being one person


def test_the_audit_names_no_number(asking: Actor, confirming: Actor, duplicate: Person, right: Person) -> None:
    merged(asking, confirming, duplicate, right)

    told = [f"{e.action} {e.subject_label} {e.details}" for e in AuditEntry.objects.filter(action__startswith="person")]

    assert [line.split()[0] for line in told] == ["person.ask_merge", "person.merge"]
    assert not any(id_number(n) in line for n in (100, 900) for line in told)
