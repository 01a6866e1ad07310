"""The pages of registration as a browser without scripts uses them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry, EntryImport, Member
from tests.factories import organisation, signed_in
from tests.registration.world import SAMPLE, id_number, sample_schools, team


def browser(account: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(account_name=account))
    return client


def posted(serials: list[int], **fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"t-tech_platform": "平台甲", "m-TOTAL_FORMS": len(serials), "m-INITIAL_FORMS": 0}
    for index, serial in enumerate(serials):
        data |= {
            f"m-{index}-role": "contestant",
            f"m-{index}-name": f"人{serial}",
            f"m-{index}-id_type": "resident",
            f"m-{index}-id_number": id_number(serial),
        }
    return data | fields


def test_coordinator_enters_a_team_and_submits_it(event: Event, coordinator: Actor) -> None:
    client = browser("coordinator")

    saved = client.post(f"/events/{event.code}/entries/new/", posted([100, 101, 102]))
    entry = Entry.objects.get()
    client.post(f"/entries/{entry.uid}/submit/")
    shown = client.get(saved.headers["Location"]).content.decode()

    entry.refresh_from_db()
    assert (entry.state, entry.team_number, entry.members.count()) == ("submitted", 1, 3)
    assert id_number(100) not in shown
    assert f"{id_number(100)[:6]}**********{id_number(100)[-2:]}" in shown


def test_wrong_number_is_shown_at_its_field_and_nothing_saved(event: Event, coordinator: Actor) -> None:
    data = posted([100, 101, 102], **{"m-1-id_number": id_number(101)[:-1] + "?"})

    page = browser("coordinator").post(f"/events/{event.code}/entries/new/", data)

    assert (page.status_code, Entry.objects.count()) == (200, 0)
    assert 'id="id_m-1-id_number_error"' in page.content.decode()


def test_one_more_person_is_added_without_scripts(event: Event, coordinator: Actor) -> None:
    page = (
        browser("coordinator")
        .post(f"/events/{event.code}/entries/new/", posted([100], add="instructor"))
        .content.decode()
    )

    assert ("m-1-role" in page, "m-2-role" in page, Entry.objects.count()) == (True, False, 0)
    assert id_number(100) in page


def test_replacing_a_member_keeps_the_others_without_their_numbers(
    event: Event, school: Organisation, coordinator: Actor
) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]
    kept = list(entry.members.order_by("pk"))
    data = posted([0, 0, 300])
    for index in (0, 1):
        data |= {f"m-{index}-kept": str(kept[index].uid), f"m-{index}-id_number": "", f"m-{index}-name": f"新{index}"}

    browser("coordinator").post(f"/entries/{entry.uid}/edit/", data)

    names = sorted(m.reveal("name") for m in Member.objects.filter(entry=entry, ended_at=None))
    assert names == sorted(["新0", "新1", "人300"])


def test_stranger_finds_no_entry(event: Event, school: Organisation, coordinator: Actor) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]
    other = organisation("别的学院")
    signed_in("other", "school_coordinator", "organisation", str(other.uid))
    client = browser("other")

    answers = [
        client.get(f"/entries/{entry.uid}/"),
        client.get(f"/entries/{entry.uid}/edit/"),
        client.post(f"/entries/{entry.uid}/submit/"),
        client.post(f"/entries/{entry.uid}/delete/"),
        Client().get(f"/entries/{entry.uid}/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert "河南测试职业学院" not in client.get(f"/events/{event.code}/entries/").content.decode()


def test_contestant_sees_their_own_entry(event: Event, school: Organisation, coordinator: Actor) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]
    member = entry.members.first()
    assert member is not None
    signed_in("pupil", "contestant", "person", str(member.person.uid))
    member.person.user = User.objects.get(account_name="pupil")
    member.person.save()
    client = browser("pupil")

    own = client.get("/entries/").content.decode()

    assert event.name in own
    assert client.get(f"/entries/{entry.uid}/").status_code == 200
    assert client.get(f"/entries/{entry.uid}/edit/").status_code == 403


def test_list_costs_the_same_for_one_and_for_thirty_teams(event: Event, organiser: Actor) -> None:
    client = browser("organiser")
    services.enter_many(actor=organiser, event=event, drafts=[team(organisation("学院0"), 100)])
    client.get(f"/events/{event.code}/entries/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/events/{event.code}/entries/")
    drafts = [team(organisation(f"学院{n}"), 100 + 3 * n) for n in range(1, 30)]
    services.enter_many(actor=organiser, event=event, drafts=drafts)

    with CaptureQueriesContext(connection) as thirty:
        page = client.get(f"/events/{event.code}/entries/").content.decode()

    assert (len(thirty), page.count("学院29")) == (len(one), 1)


def test_the_workbench_counts_the_teams_by_state(event: Event, school: Organisation, organiser: Actor) -> None:
    drafts = [team(school, 100, 1), team(school, 200, 2)]
    entries = services.enter_many(actor=organiser, event=event, drafts=drafts)
    Entry.objects.filter(pk=entries[0].pk).update(state="submitted")

    bench = browser("organiser").get(f"/events/{event.code}/workbench/").content.decode()

    figures = dict(re.findall(r'<div class="stat"><dt>([^<]+)</dt><dd>(\d+)</dd>', bench))
    assert figures.get("已提交") == "1"


def test_list_exports_with_masked_numbers(event: Event, school: Organisation, coordinator: Actor) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school)])

    answer = browser("coordinator").get(f"/events/{event.code}/entries/?format=xlsx")

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_workbook_is_uploaded_checked_and_taken_on_the_pages(
    event: Event, organiser: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    sample_schools()
    client = browser("organiser")
    file = SimpleUploadedFile("报名表.xlsx", SAMPLE.read_bytes())

    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(f"/events/{event.code}/import/", {"file": file})
    address = sent.headers["Location"]
    page = client.get(address).content.decode()
    marked = client.get(f"{address}marked/")
    taken = client.post(f"{address}confirm/")

    assert [cell in page for cell in ("K11", "I18", "E126", "G137", 'id="K61"')] == [True] * 5
    assert "410105200601140931" not in page
    assert (marked.content[:2], taken.status_code) == (b"PK", 302)
    assert Member.objects.count() == 121


def test_file_that_is_no_workbook_gets_a_clear_page(event: Event, organiser: Actor) -> None:
    answer = browser("organiser").post(
        f"/events/{event.code}/import/", {"file": SimpleUploadedFile("x.xlsx", b"no workbook")}
    )

    assert (answer.status_code, EntryImport.objects.count()) == (422, 0)


def test_import_pages_are_closed_to_strangers(
    event: Event, organiser: Actor, other_organiser: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        staged = services.stage_import(actor=organiser, event=event, content=SAMPLE.read_bytes())
    client = browser("other-organiser")

    answers = [client.get(f"/imports/{staged.uid}/"), client.get(f"/imports/{staged.uid}/marked/")]
    answers += [client.post(f"/imports/{staged.uid}/{verb}/") for verb in ("confirm", "discard", "recheck")]

    assert [a.status_code for a in answers] == [404] * 5
    assert client.get(f"/events/{event.code}/import/").status_code == 403
    assert Client().get(f"/events/{event.code}/entries/").status_code == 403


def test_other_pages_open(event: Event, school: Organisation, coordinator: Actor, organiser: Actor) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, size=2)])
    client = browser("coordinator")

    addresses = ["/", "/entries/", f"/events/{event.code}/entries/new/", f"/events/{event.code}/import/"]
    addresses += [f"/events/{event.code}/import/template/", f"/events/{event.code}/"]

    assert [client.get(a).status_code for a in addresses] == [200] * 6
    assert browser("organiser").get(f"/events/{event.code}/entries/new/").status_code == 200


@pytest.mark.django_db
def test_who_has_not_signed_in_is_led_to_sign_in_and_back_to_their_entries(client: Client) -> None:
    answer = client.get("/entries/?page=2")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/entries/%3Fpage%3D2")
