"""A contestant opens an account of their own right after completing the own data, once, in the same browser."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Organisation, OwnAccount, Person
from backend.people.selectors import actor_for
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import LinkUsedUp, OwnDataFirst
from competitions.registration.models import Entry, GuardianConsent, Invitation, Member, ReviewPlan
from tests.registration.links import completed, entry, event, fresh_counts, person_at, refusal, school, tokens
from tests.registration.world import team

__all__ = ["entry", "event", "fresh_counts", "school", "tokens"]
pytestmark = pytest.mark.django_db
PASSWORD = "green-ladder-42"
WORDS = services.OwnWords(phone="13800138000")


def test_the_account_is_opened_on_the_phone_and_shows_the_contestant_their_own_entry(
    event: Event, school: Organisation, coordinator: Actor, entry: Entry, tokens: list[str]
) -> None:
    (other,) = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 400, 2)])
    phone = completed(tokens[0])
    page = phone.get(f"/my-data/{tokens[0]}/account/")
    done = phone.post(f"/my-data/{tokens[0]}/account/", {"password": PASSWORD})
    name = page.context["name"]

    browser = Client()
    entered = browser.post("/sign-in/", {"name": name, "password": PASSWORD})
    own = browser.get("/entries/").content.decode()
    pages = [browser.get(f"/entries/{uid}/").status_code for uid in (entry.uid, other.uid)]

    actor = actor_for(User.objects.get(account_name=name))
    assert (done.status_code, name in done.content.decode(), entered.status_code) == (200, True, 302)
    assert (actor.role, actor.person_id) == ("contestant", person_at(entry, 1).pk)
    assert ("网站技术" in own, pages) == (True, [200, 404])


def test_neither_name_nor_password_is_kept_in_the_open(
    entry: Entry, tokens: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    phone = completed(tokens[0])
    phone.get(f"/my-data/{tokens[0]}/account/")

    with caplog.at_level(logging.DEBUG):
        phone.post(f"/my-data/{tokens[0]}/account/", {"password": PASSWORD})

    user = OwnAccount.objects.get().user
    kept = f"{list(User.objects.values())} {list(AuditEntry.objects.values())}"
    logged = " ".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert [word for word in ("人100", PASSWORD) if word in kept + logged] == []
    assert (user.display_name, user.email, user.phone_index) == ("", "", "")


def test_the_link_alone_is_not_enough_another_browser_is_refused(entry: Entry, tokens: list[str]) -> None:
    completed(tokens[0])

    answers = [
        Client().get(f"/my-data/{tokens[0]}/account/").status_code,
        Client().post(f"/my-data/{tokens[0]}/account/", {"password": PASSWORD}).status_code,
        completed(tokens[1]).post(f"/my-data/{tokens[0]}/account/", {"password": PASSWORD}).status_code,
    ]

    assert (answers, OwnAccount.objects.count()) == ([410, 410, 410], 0)


def test_unknown_unused_replaced_and_old_links_open_no_account_and_look_the_same(
    coordinator: Actor, entry: Entry, tokens: list[str]
) -> None:
    for token in tokens[:2]:
        services.complete_own(token=token, words=WORDS)
    Invitation.objects.filter(member__position=1).update(used_at=clock.now() - timedelta(minutes=61))
    Member.objects.filter(entry=entry, position=2).update(ended_at=clock.now())
    wish = {"account_name": "234567890", "password": PASSWORD}

    refused = [refusal(services.open_account, token=token, **wish) for token in [*tokens, "guess"]]

    assert (refused, User.objects.filter(account_name="234567890").exists()) == ([LinkUsedUp] * 4, False)


def test_a_minor_hands_in_with_the_guardian_first_and_the_consent_stays(entry: Entry, tokens: list[str]) -> None:
    phone = Client()
    early = phone.get(f"/my-data/{tokens[2]}/account/").status_code
    guardian = {"guardian": "王芳", "relation": "mother", "guardian_phone": "13900139000", "agreed": "on"}
    phone.post(f"/my-data/{tokens[2]}/", {"phone": "13800138000", **guardian})
    phone.get(f"/my-data/{tokens[2]}/account/")
    done = phone.post(f"/my-data/{tokens[2]}/account/", {"password": PASSWORD})

    consent = GuardianConsent.objects.get()
    assert (early, done.status_code, consent.ended_at, consent.member.position) == (410, 200, None, 3)


def test_weak_passwords_are_told_at_the_field_and_not_without_end(entry: Entry, tokens: list[str]) -> None:
    phone = completed(tokens[0])
    page = f"/my-data/{tokens[0]}/account/"
    number = phone.get(page).context["name"]

    answers = [phone.post(page, {"password": "short"}) for _try in range(11)]
    waits = phone.post(page, {"password": PASSWORD})

    assert [answer.status_code for answer in answers] == [422] * 11
    assert (list(answers[0].context["form"].errors), answers[0].context["name"]) == (["password"], number)
    assert "密码太短，至少需要 10 个字符。" in str(answers[0].context["form"].errors)
    assert "次数过多" in str(waits.context["form"].errors)
    assert not OwnAccount.objects.exists()


def test_an_offered_number_that_is_taken_meanwhile_is_replaced_by_another(entry: Entry, tokens: list[str]) -> None:
    phone = completed(tokens[0])
    page = f"/my-data/{tokens[0]}/account/"
    first = phone.get(page).context["name"]
    User.objects.create_user(first)

    back = phone.post(page, {"password": PASSWORD}, follow=True)

    assert (back.status_code, back.context["name"] != first, OwnAccount.objects.count()) == (200, True, 0)


@pytest.fixture
def handed_in(coordinator: Actor, entry: Entry) -> Entry:
    ReviewPlan.objects.create(event=entry.event, steps=["organiser"])
    return services.submit_entry(actor=coordinator, entry=entry)


def test_of_a_team_that_is_handed_in_a_link_opens_the_account_and_changes_nothing(
    coordinator: Actor, handed_in: Entry
) -> None:
    first = services.invite(actor=coordinator, entry=handed_in, accounts=True)[0]
    page, phone = f"/my-data/{first.token}/", Client()

    offered = phone.get(page).context["offers_account"]
    onward = phone.post(page, {"account": "1", "phone": "13900139000"})
    done = phone.post(f"{page}account/", {"password": PASSWORD})

    member = Member.objects.get(entry=handed_in, position=1)
    assert (offered, onward.headers["Location"], done.status_code) == (True, f"{page}account/", 200)
    assert (member.reveal("phone"), OwnAccount.objects.get().person) == ("", member.person)
    assert phone.post(page, {"account": "1"}).status_code == 410


def test_links_after_handing_in_are_made_for_those_who_lack_an_account_or_a_consent(
    coordinator: Actor, handed_in: Entry, client: Client
) -> None:
    Person.objects.filter(members__entry=handed_in, members__position=1).update(user=User.objects.create_user("given"))
    client.force_login(User.objects.get(pk=coordinator.user_id))

    consents = client.post(f"/entries/{handed_in.uid}/links/").context["links"]
    accounts = client.post(f"/entries/{handed_in.uid}/links/", {"accounts": "on"}).context["links"]

    assert ([link["name"] for link in consents], [link["name"] for link in accounts]) == (["小人"], ["人101", "小人"])


def test_no_account_before_the_own_data_or_a_minors_consent(
    coordinator: Actor, entry: Entry, tokens: list[str]
) -> None:
    early = refusal(services.go_on_to_account, token=tokens[0])
    ReviewPlan.objects.create(event=entry.event, steps=["organiser"])
    services.submit_entry(actor=coordinator, entry=entry)
    minor = refusal(services.go_on_to_account, token=tokens[2])
    offered = [Client().get(f"/my-data/{token}/").context["offers_account"] for token in tokens]

    assert (early, minor, offered) == (OwnDataFirst, OwnDataFirst, [True, True, False])
