"""A minor's guardian agrees by the contestant's link; an event that asks for it takes no minor without."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.utils.translation import override

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.enums import CONSENT_TEXT, CONSENT_VERSION
from competitions.registration.errors import LinkUsedUp, PapersMissing
from competitions.registration.models import Entry, GuardianConsent, Invitation, ReviewPlan
from competitions.registration.selectors.workspace import workspace_of
from tests.factories import organisation, signed_in
from tests.registration.links import (
    MOTHER,
    WORDS,
    entry,
    event,
    fresh_counts,
    handed,
    refusal,
    school,
)
from tests.registration.world import team

__all__ = ["fresh_counts", "event", "school", "entry"]

pytestmark = pytest.mark.django_db


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
