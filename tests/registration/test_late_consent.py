"""Of a team that is handed in the data is locked; a guardian may still agree until the event begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import DomainError, Invalid, NotAllowed
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import ConsentOver, EntryFixed, LinkUsedUp
from competitions.registration.models import Entry, GuardianConsent, Invitation, Member, ReviewPlan
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.selectors.workspace import workspace_of
from tests.factories import browser, organisation, signed_in
from tests.registration.world import RULES, id_number

pytestmark = pytest.mark.django_db
MOTHER = services.Agreement("王芳", "mother", "13900139000")
TOLD = {"guardian": "王芳", "relation": "mother", "guardian_phone": "13900139000", "agreed": "on"}


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    made = make_event(rules={"team": RULES["team"]})
    ReviewPlan.objects.create(event=made, steps=["organiser"])
    return made


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


@pytest.fixture
def entry(event: Event, school: Organisation, coordinator: Actor) -> Entry:
    """Two grown-ups and a child of 14, handed in without the guardian's consent."""
    people = [MemberDraft("contestant", f"人{n}", id_number(n)) for n in (100, 101)]
    child = MemberDraft("contestant", "小人", id_number(102, "20120501"))
    draft = EntryDraft(str(school.uid), 1, "平台甲", (*people, child))
    (made,) = services.enter_many(actor=coordinator, event=event, drafts=[draft])
    return services.submit_entry(actor=coordinator, entry=made)


def child_of(entry: Entry) -> Member:
    return Member.objects.get(entry=entry, position=3)


def link(actor: Actor, entry: Entry) -> str:
    (handed,) = services.invite(actor=actor, entry=entry)
    return handed.token


def refusal(call: Callable[..., object], **arguments: object) -> type[DomainError] | None:
    try:
        call(**arguments)
    except DomainError as error:
        return type(error)
    return None


def waiting(actor: Actor, school: Organisation) -> list[list[str]]:
    return [[m.reveal("name") for m in young] for work in workspace_of(actor, school) for _e, young in work.consents]


def test_a_guardian_agrees_while_the_team_is_reviewed_and_once_it_is_approved(
    organiser: Actor, coordinator: Actor, school: Organisation, entry: Entry
) -> None:
    before, grown = waiting(coordinator, school), entry.members.get(position=1)
    services.approve_entries(actor=organiser, entries=[entry])
    token = link(coordinator, entry)

    member = services.agree_late(token=token, agreement=MOTHER)

    consent = GuardianConsent.objects.get()
    acts = AuditEntry.objects.filter(action="consent.give").values_list("details", flat=True)
    assert (before, waiting(coordinator, school)) == ([["小人"]], [])
    assert (consent.member, consent.reveal("guardian"), member) == (child_of(entry), "王芳", child_of(entry))
    assert [details["member"] for details in acts] == [str(member.uid)]
    assert refusal(services.agree_late, token=token, agreement=MOTHER) is LinkUsedUp
    assert not Invitation.objects.filter(member=grown).exists()


def test_the_data_itself_stays_locked(coordinator: Actor, entry: Entry) -> None:
    token = link(coordinator, entry)
    phone = Client()

    shown = phone.get(f"/my-data/{token}/")
    changed = refusal(services.complete_own, token=token, words=services.OwnWords(phone="13800138000"))
    done = phone.post(f"/my-data/{token}/", {**TOLD, "phone": "13800138000", "major_name": "别的专业"})

    child = child_of(entry)
    assert sorted(shown.context["form"].fields) == ["agreed", "guardian", "guardian_phone", "relation"]
    assert (changed, done.status_code, child.reveal("phone"), child.major_name) == (EntryFixed, 200, "", "")
    assert GuardianConsent.objects.filter(member=child).count() == 1


def test_everything_wrong_is_told_at_once_and_the_link_stays(coordinator: Actor, entry: Entry) -> None:
    token = link(coordinator, entry)

    with pytest.raises(Invalid) as refused:
        services.agree_late(token=token, agreement=services.Agreement(" ", "aunt", "12"))

    assert sorted(refused.value.problems) == ["guardian", "guardian_phone", "relation"]
    assert services.agree_late(token=token, agreement=MOTHER) == child_of(entry)


@pytest.mark.parametrize("over", ["begun", "scoring", "withdrawn"])
def test_nobody_agrees_once_the_event_has_begun_or_the_team_is_out(
    over: str, event: Event, coordinator: Actor, school: Organisation, entry: Entry
) -> None:
    token = link(coordinator, entry)
    if over == "begun":
        Event.objects.filter(pk=event.pk).update(starts_on=clock.today())
    elif over == "scoring":
        Event.objects.filter(pk=event.pk).update(state="scoring")
    else:
        Entry.objects.filter(pk=entry.pk).update(state="withdrawn")
    page = Client().post(f"/my-data/{token}/", TOLD)

    refused = [
        refusal(services.agree_late, token=token, agreement=MOTHER),
        refusal(services.invite, actor=coordinator, entry=entry),
    ]

    assert refused == [ConsentOver, EntryFixed]
    assert (GuardianConsent.objects.count(), waiting(coordinator, school)) == (0, [])
    assert page.status_code != 500


def test_on_the_day_before_the_event_a_guardian_still_agrees(event: Event, coordinator: Actor, entry: Entry) -> None:
    Event.objects.filter(pk=event.pk).update(state="drawn", starts_on=clock.today() + timedelta(days=1))

    assert services.agree_late(token=link(coordinator, entry), agreement=MOTHER) == child_of(entry)


def test_the_page_of_the_team_offers_the_link_for_the_child_only_and_the_workspace_leads_there(
    coordinator: Actor, entry: Entry
) -> None:
    client = browser(coordinator)

    page = client.get(f"/entries/{entry.uid}/").content.decode()
    work = client.get("/school/?show=consents").content.decode()
    links = client.post(f"/entries/{entry.uid}/links/").context["links"]

    assert (page.count("生成此人的链接"), "生成全部选手的链接" in page) == (1, False)
    assert f"/entries/{entry.uid}/#own-data" in work
    assert [one["name"] for one in links] == ["小人"]


def test_a_link_in_wrong_hands_is_ended_and_no_new_one_is_made(coordinator: Actor, entry: Entry) -> None:
    token = link(coordinator, entry)
    client = browser(coordinator)
    offered = client.get(f"/entries/{entry.uid}/").content.decode()

    answer = client.post(f"/entries/{entry.uid}/links/end/", {"member": str(child_of(entry).uid)}, follow=True)
    again = services.end_links(actor=coordinator, entry=entry)

    acts = AuditEntry.objects.filter(action="invitation.end").values_list("details", flat=True)
    assert ("作废此链接" in offered, "1 个链接已作废" in answer.content.decode()) == (True, True)
    assert Client().get(f"/my-data/{token}/").status_code == 410
    assert (again, [details["links"] for details in acts], Invitation.objects.count()) == (0, [1], 1)


def test_links_are_ended_by_the_school_and_the_organisers_only(
    organiser: Actor, other_organiser: Actor, coordinator: Actor, entry: Entry
) -> None:
    token = link(coordinator, entry)
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(organisation("新乡学院").uid))

    refused = [refusal(services.end_links, actor=actor, entry=entry) for actor in (stranger, other_organiser)]
    address = f"/entries/{entry.uid}/links/end/"

    assert (refused, browser(stranger).post(address).status_code) == ([NotAllowed, NotAllowed], 404)
    assert Client().get(f"/my-data/{token}/").status_code == 200
    assert services.end_links(actor=organiser, entry=entry) == 1
