"""A contestant completes their own data by a link that works once; a minor's guardian agrees there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import DomainError, Invalid, NotAllowed
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.enums import CONSENT_TEXT, CONSENT_VERSION
from competitions.registration.errors import DeadlineOver, EntryFixed, LinkUsedUp, PapersMissing
from competitions.registration.models import Entry, GuardianConsent, Invitation, Member, ReviewPlan
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.selectors.workspace import workspace_of
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, id_number, team

pytestmark = pytest.mark.django_db
WORDS = services.OwnWords(phone="13800138000", study_number="S1", major_name="大数据技术")
MOTHER = services.Agreement("王芳", "mother", "13900139000")
CHILD = "20120501"


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules={"team": RULES["team"]})


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


@pytest.fixture
def coordinator(school: Organisation) -> Actor:
    return signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))


@pytest.fixture
def entry(event: Event, school: Organisation, coordinator: Actor) -> Entry:
    """Two grown-ups and a child of 14."""
    people = [MemberDraft("contestant", f"人{n}", id_number(n)) for n in (100, 101)]
    child = MemberDraft("contestant", "小人", id_number(102, CHILD))
    draft = EntryDraft(str(school.uid), 1, "平台甲", (*people, child))
    return services.enter_many(actor=coordinator, event=event, drafts=[draft])[0]


def handed(actor: Actor, entry: Entry) -> list[str]:
    return [one.token for one in services.invite(actor=actor, entry=entry)]


def refusal(call: Callable[..., object], **arguments: object) -> type[DomainError] | None:
    try:
        call(**arguments)
    except DomainError as error:
        return type(error)
    return None


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


def test_a_minor_is_taken_only_with_a_guardians_consent(coordinator: Actor, entry: Entry) -> None:
    token = handed(coordinator, entry)[2]

    with pytest.raises(Invalid) as refused:
        services.complete_own(token=token, words=WORDS)
    with override("zh-hans"):
        member = services.complete_own(token=token, words=WORDS, agreement=MOTHER)
        text = str(CONSENT_TEXT)

    consent = GuardianConsent.objects.get(member=member)
    assert list(refused.value.problems) == ["guardian"]
    assert (consent.reveal("guardian"), consent.relation, consent.reveal("phone")) == ("王芳", "mother", "13900139000")
    assert (consent.text_version, consent.text_language) == (CONSENT_VERSION, "zh-hans")
    assert consent.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert "王芳" not in consent.guardian_sealed


def test_a_changed_consent_text_gets_a_new_version() -> None:
    with override("zh-hans"):
        chinese = hashlib.sha256(str(CONSENT_TEXT).encode()).hexdigest()

    assert (CONSENT_VERSION, chinese[:12]) == ("1", "af82ff39e086")


def test_a_grown_up_needs_no_guardian_and_none_is_recorded(coordinator: Actor, entry: Entry) -> None:
    services.complete_own(token=handed(coordinator, entry)[0], words=WORDS, agreement=MOTHER)

    assert GuardianConsent.objects.count() == 0


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


@pytest.fixture
def asking(event: Event) -> Event:
    """The event takes no minor without a guardian's consent."""
    ReviewPlan.objects.create(event=event, steps=["organiser"], papers=["entry.guardian"])
    return event


def test_an_event_that_asks_takes_no_minor_without_a_consent(
    asking: Event, coordinator: Actor, entry: Entry, client: Client
) -> None:
    client.force_login(User.objects.get(pk=coordinator.user_id))
    early = refusal(services.submit_entry, actor=coordinator, entry=entry)
    told = client.post(f"/entries/{entry.uid}/submit/").content.decode()
    of_all = services.submit_complete(actor=coordinator, event=asking)
    services.complete_own(token=handed(coordinator, entry)[2], words=WORDS, agreement=MOTHER)

    submitted = services.submit_entry(actor=coordinator, entry=entry)

    assert (early, of_all, submitted.state) == (PapersMissing, 0, "submitted")
    assert "监护人同意" in told and f"/entries/{entry.uid}/papers/" in told


def test_an_event_that_does_not_ask_takes_the_team_and_still_counts_the_consent(
    event: Event, school: Organisation, coordinator: Actor, entry: Entry
) -> None:
    (work,) = workspace_of(coordinator, school)
    submitted = services.submit_entry(actor=coordinator, entry=entry)

    assert [[m.reveal("name") for m in young] for _entry, young in work.consents] == [["小人"]]
    assert submitted.state == "submitted"


def test_the_documents_page_asks_minors_only_and_makes_one_link(
    asking: Event, coordinator: Actor, entry: Entry, client: Client
) -> None:
    client.force_login(User.objects.get(pk=coordinator.user_id))
    older = handed(coordinator, entry)
    grown, _other, child = entry.members.order_by("position")

    people = client.get(f"/entries/{entry.uid}/papers/").context["people"]
    links = client.post(f"/entries/{entry.uid}/links/", {"member": str(child.uid)}).context["links"]

    assert [(p["member"] == child, len(p["slots"]), p["guardian"]) for p in people] == [
        (False, 0, ""),
        (False, 0, ""),
        (True, 1, "open"),
    ]
    assert [link["name"] for link in links] == ["小人"]
    assert refusal(services.complete_own, token=older[2], words=WORDS, agreement=MOTHER) is LinkUsedUp
    assert services.complete_own(token=older[0], words=WORDS) == grown


def test_a_link_is_made_for_nobody_of_another_team_and_not_at_all_by_a_stranger(
    event: Event, school: Organisation, coordinator: Actor, entry: Entry, client: Client
) -> None:
    (own,) = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 400, 2)])
    child = entry.members.get(position=3)
    client.force_login(User.objects.get(pk=coordinator.user_id))
    of_another = client.post(f"/entries/{own.uid}/links/", {"member": str(child.uid)}).context["links"]
    nonsense = client.post(f"/entries/{own.uid}/links/", {"member": "x"}).status_code
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(organisation("新乡学院").uid))
    client.force_login(User.objects.get(pk=stranger.user_id))

    answers = [client.post(f"/entries/{entry.uid}/links/").status_code, client.get(f"/entries/{entry.uid}/papers/")]

    assert (of_another, nonsense) == ([], 404)
    assert (answers[0], answers[1].status_code) == (404, 404)  # type: ignore[union-attr]
    assert Invitation.objects.count() == 0


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
