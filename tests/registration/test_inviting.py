"""A contestant completes their own data by a link that works once; a minor's guardian agrees there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import DeadlineOver, EntryFixed, LinkUsedUp
from competitions.registration.models import Entry, GuardianConsent, Invitation, Member
from tests.factories import organisation, signed_in
from tests.registration.links import (
    CHILD,
    WORDS,
    entry,
    event,
    fresh_counts,
    handed,
    refusal,
    school,
)
from tests.registration.world import id_number, team

__all__ = ["fresh_counts", "event", "school", "entry"]

pytestmark = pytest.mark.django_db


def test_what_the_contestant_writes_joins_what_the_school_wrote(coordinator: Actor, entry: Entry) -> None:
    token = handed(coordinator, entry)[0]

    services.complete_own(token=token, words=WORDS)

    member = Member.objects.get(entry=entry, position=1)
    told = (member.reveal("name"), member.reveal("phone"), member.reveal("study_number"), member.major_name)
    assert told == ("人100", "13800138000", "S1", "大数据技术")


def test_a_link_works_once_and_no_secret_is_kept(coordinator: Actor, entry: Entry) -> None:
    token = handed(coordinator, entry)[0]
    services.complete_own(token=token, words=WORDS)

    again = refusal(services.complete_own, token=token, words=WORDS)

    assert again is LinkUsedUp
    assert token not in str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values()))


def test_a_new_link_ends_the_old_one_and_time_ends_every_link(coordinator: Actor, entry: Entry) -> None:
    old = handed(coordinator, entry)[0]
    new = handed(coordinator, entry)[0]
    replaced = refusal(services.complete_own, token=old, words=WORDS)
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))

    expired = refusal(services.complete_own, token=new, words=WORDS)

    assert (replaced, expired, refusal(services.complete_own, token="x", words=WORDS)) == (LinkUsedUp,) * 3


def test_everything_wrong_is_told_at_once_and_the_link_stays(coordinator: Actor, entry: Entry) -> None:
    token = handed(coordinator, entry)[2]
    nobody = services.Agreement(" ", "aunt", "12")

    with pytest.raises(Invalid) as refused:
        services.complete_own(token=token, words=services.OwnWords(phone="1"), agreement=nobody)

    assert sorted(refused.value.problems) == ["guardian", "guardian_phone", "phone", "relation"]
    assert Invitation.objects.filter(used_at=None).count() == 3


def test_links_open_nothing_after_the_deadline_or_once_submitted(
    event: Event, school: Organisation, coordinator: Actor
) -> None:
    (whole,) = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    token = handed(coordinator, whole)[0]
    services.submit_entry(actor=coordinator, entry=whole)
    submitted = refusal(services.complete_own, token=token, words=WORDS)
    shown = Client().get(f"/my-data/{token}/").content.decode()
    services.reopen_entry(actor=coordinator, entry=whole)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=clock.now() - timedelta(minutes=2))

    late = refusal(services.complete_own, token=token, words=WORDS)

    assert (submitted, late) == (EntryFixed, DeadlineOver)
    assert ("数据已锁定" in shown, '<button class="btn btn-primary"' in shown) == (True, False)


def test_links_are_made_by_the_school_and_the_organisers_only(
    coordinator: Actor, organiser: Actor, other_organiser: Actor, entry: Entry
) -> None:
    other = signed_in("other", "school_coordinator", "organisation", str(organisation("新乡学院").uid))

    refused = [refusal(services.invite, actor=actor, entry=entry) for actor in (other, other_organiser)]

    assert refused == [NotAllowed, NotAllowed]
    assert len(handed(organiser, entry)) == 3


def test_the_contestant_hands_in_on_a_page_without_signing_in(coordinator: Actor, entry: Entry) -> None:
    token = handed(coordinator, entry)[2]
    phone = Client()

    shown = phone.get(f"/my-data/{token}/")
    wrong = phone.post(f"/my-data/{token}/", {"phone": "12", "guardian": "王芳", "relation": "mother"})
    told = {"phone": "138 0013 8000", "guardian": "王 芳", "relation": "mother", "guardian_phone": "13900139000"}
    done = phone.post(f"/my-data/{token}/", {**told, "agreed": "on"})
    over = phone.get(f"/my-data/{token}/")

    page = shown.content.decode()
    assert ("小人" in page, id_number(102, CHILD) in page) == (True, False)
    assert sorted(wrong.context["form"].errors) == ["agreed", "guardian_phone", "phone"]
    assert (done.status_code, over.status_code) == (200, 410)
    assert GuardianConsent.objects.get().reveal("guardian") == "王芳"


def test_unknown_links_from_one_address_are_throttled() -> None:
    stranger = Client()

    answers = [stranger.get("/my-data/guess/").status_code for _try in range(61)]

    assert (set(answers[:60]), answers[60]) == ({410}, 429)


def test_the_school_sees_who_has_completed_and_whose_consent_is_missing(
    coordinator: Actor, entry: Entry, client: Client
) -> None:
    client.force_login(User.objects.get(pk=coordinator.user_id))
    links = client.post(f"/entries/{entry.uid}/links/").context["links"]
    Client().post(links[0]["url"].removeprefix("http://127.0.0.1:8000"), {"phone": "13800138000"})

    lines = client.get(f"/entries/{entry.uid}/").context["own_lines"]

    assert [(line.name, line.tone, line.consent_tone) for line in lines] == [
        ("人100", "good", ""),
        ("人101", "wait", ""),
        ("小人", "wait", "warning"),
    ]


def test_a_link_is_the_contestants_whoever_is_signed_in(coordinator: Actor, entry: Entry, client: Client) -> None:
    """A teacher opens the link on their own phone: it still fills in the contestant it was made for."""
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(organisation("新乡学院").uid))
    client.force_login(User.objects.get(pk=stranger.user_id))
    token = handed(coordinator, entry)[0]

    done = client.post(f"/my-data/{token}/", {"phone": "13800138000"})

    assert (done.status_code, Member.objects.get(entry=entry, position=1).reveal("phone")) == (200, "13800138000")


def test_a_link_of_somebody_who_left_the_team_opens_nothing(coordinator: Actor, entry: Entry) -> None:
    token = handed(coordinator, entry)[0]
    Member.objects.filter(entry=entry, position=1).update(ended_at=clock.now())

    assert Client().get(f"/my-data/{token}/").status_code == 410


def test_a_double_tap_is_told_that_the_first_one_was_kept(coordinator: Actor, entry: Entry) -> None:
    token = handed(coordinator, entry)[0]
    phone = Client()
    phone.post(f"/my-data/{token}/", {"phone": "13800138000"})

    again = phone.post(f"/my-data/{token}/", {"phone": "13800138000"})

    assert (again.status_code, "已使用" in again.content.decode()) == (410, True)
