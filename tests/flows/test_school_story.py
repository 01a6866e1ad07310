"""A school registers twelve teams with three mistakes: workbook, marked cells, one form, review, cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration.models import Entry, EntryCard, Member
from tests.factories import signed_in
from tests.registration.world import id_number

pytestmark = pytest.mark.django_db
TEAMS, SIZE = 12, 2
RULES = {"team": {"contestants": SIZE, "contestants_min": SIZE, "teams_per_school_max": TEAMS}}
SCHOOL = "郑州铁路职业技术学院"
FIRST = 4  # the first row below the header


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def browser(event: Event, client: Client) -> Client:
    school = Organisation.objects.get(name=SCHOOL)
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def filled_in(template: bytes, event: Event) -> bytes:
    """The template as the school filled it in, with three mistakes in three teams."""
    book = load_workbook(BytesIO(template))
    page = book["报名表"]
    titles = {page.cell(3, n).value: n for n in range(1, page.max_column + 1)}
    for n in range(TEAMS * SIZE):
        number = id_number(100 + n)
        told = {"参赛学校": SCHOOL, "参赛队序号": str(n // SIZE + 1), "角色": "选手", "姓名": f"人{n}"}
        told |= {"证件类型": "居民身份证", "证件号码": number, "技术平台": "平台甲", "手机号": f"138{n:08d}"}
        for title, value in told.items():
            page.cell(FIRST + n, titles[title]).value = value
    page.cell(FIRST, titles["证件号码"]).value = id_number(100)[:-1] + ("0" if id_number(100)[-1] != "0" else "1")
    page.cell(FIRST + 2, titles["参赛学校"]).value = "开封大学校"  # no such school
    page.cell(FIRST + 4, titles["手机号"]).value = "12345"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def posted(page: Any) -> dict[str, Any]:
    """Everything a browser would send of the form for several teams."""
    fields: dict[str, Any] = {}
    for part in page.context["parts"]:
        forms = [part.team, part.people.management_form, *part.people.forms]
        for bound in (field for form in forms for field in form):
            value = bound.value()
            if value not in (None, False):
                fields[bound.html_name] = value
    return fields


def states() -> Counter[str]:
    return Counter(Entry.objects.values_list("state", flat=True))


def test_twelve_teams_with_three_mistakes_come_to_their_cards(
    event: Event, browser: Client, organiser: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    office = Client()
    office.force_login(User.objects.get(pk=organiser.user_id))
    plan = {
        "first": "organiser",
        "changes_decided_by": "last",
        "reviewed_fields": ["name", "id_number"],
        "roster_confirmed": "on",
    }
    office.post(f"/events/{event.code}/review-plan/", plan)
    template = browser.get(f"/events/{event.code}/import/filled/").content
    book = SimpleUploadedFile("名单.xlsx", filled_in(template, event))
    with django_capture_on_commit_callbacks(execute=True):
        there = browser.post(f"/events/{event.code}/import/", {"file": book}).headers["Location"]

    checked = browser.get(there)
    problems = {p["cell"] for p in checked.context["problems"]}
    browser.post(f"{there}confirm/")
    after_import = states()

    form_page = f"/events/{event.code}/entries/teams/"
    shown = browser.get(form_page)
    open_teams = [part for part in shown.context["parts"] if part.entry.state == "incomplete"]
    data = posted(shown)
    for n, part in enumerate(open_teams):
        data |= newcomer(part, n, "110101199001011234" if n == 1 else id_number(900 + n))
    wrong = browser.post(form_page, data)
    kept = states()
    marked = [
        part.entry.team_number for part in wrong.context["parts"] if any(form.errors for form in part.people.forms)
    ]
    mended = data | newcomer(open_teams[1], 1, id_number(901))
    browser.post(form_page, mended)
    complete = states()

    browser.post(f"/events/{event.code}/entries/submit/")

    submitted = states()
    lacking = {kind: n for kind, _name, n in browser.get("/school/").context["figures"]}["lacking"]

    returned = review_all(office)
    back = Entry.objects.get(uid=returned)
    told = browser.get(f"/entries/{back.uid}/").content.decode()
    browser.post(f"/entries/{back.uid}/submit/")
    waiting = [str(line.entry.uid) for line in office.get("/entry-reviews/").context["rows"]]
    office.post("/entry-reviews/approve/", {"entry": waiting})
    approved = states()
    for entry in Entry.objects.all():
        browser.post(f"/entries/{entry.uid}/roster/")
    office.post(f"/events/{event.code}/cards/")
    cards = browser.get(f"/events/{event.code}/cards/print/")

    assert problems == {f"K{FIRST}", f"E{FIRST + 2}", f"P{FIRST + 4}"}
    assert after_import == {"draft": TEAMS - 3, "incomplete": 3}
    assert (kept, marked) == (after_import, [open_teams[1].entry.team_number])
    assert complete == {"draft": TEAMS}
    assert submitted == {"submitted": TEAMS}
    assert Member.objects.filter(ended_at=None).count() == TEAMS * SIZE
    assert lacking == 0
    assert "学籍存疑" in told
    assert waiting == [returned]
    assert approved == {"approved": TEAMS}
    assert states() == {"confirmed": TEAMS}
    assert EntryCard.objects.count() == TEAMS * SIZE
    assert len(pypdfium2.PdfDocument(cards.content)) == TEAMS * SIZE // 8


def review_all(office: Client) -> str:
    """Eleven teams approved at once, one returned for a field; the uid of that one."""
    rows = [str(line.entry.uid) for line in office.get("/entry-reviews/").context["rows"]]
    office.post("/entry-reviews/approve/", {"entry": rows[1:]})
    first = Entry.objects.get(uid=rows[0]).members.filter(ended_at=None)[0]
    said = {"verdict": "return", f"field-{first.uid}": "name", f"text-{first.uid}": "学籍存疑"}
    office.post(f"/entries/{rows[0]}/review/", said)
    return rows[0]


def newcomer(part: Any, n: int, number: str) -> dict[str, str]:
    """The last, empty part of a team filled in."""
    form = part.people.forms[-1]
    told = {"role": "contestant", "name": f"新人{n}", "id_number": number, "id_type": "resident"}
    return {f"{form.prefix}-{key}": value for key, value in told.items()}
