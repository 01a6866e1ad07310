"""Documents of many contestants at once: whose each file is, what is taken, what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.documents import services as documents
from backend.documents.models import Document
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry
from competitions.registration.rulebook.naming import Named, Unmatched, whose
from tests.factories import browser, organisation, signed_in
from tests.registration.test_papers import ask, people, photo
from tests.registration.world import RULES, id_number, member, team

PEOPLE = [
    Named(1, "张三", id_number(1), "2024010001"),
    Named(2, "张三丰", id_number(2), "2024010002"),
    Named(3, "买买提·艾力", id_number(3), "12"),
    Named(4, "李四", id_number(4), "2024010004"),
    Named(5, "李四", id_number(5), "2024010005"),
]


@pytest.mark.parametrize(
    ("file_name", "who"),
    [
        ("张三.jpg", 1),
        ("张三丰.JPG", 2),
        ("01-张三-照片(1).jpeg", 1),
        ("买买提艾力.png", 3),
        ("买买提•艾力 照片.png", 3),
        (f"{id_number(4)}.jpg", 4),
        (id_number(4).lower() + ".jpg", 4),
        ("２０２４０１０００５.jpg", 5),
        ("李四2024010005.jpg", 5),
        ("C:\\照片\\张三.jpg", 1),
        ("李四.jpg", Unmatched.SEVERAL),
        ("张三李四2024010004.jpg", 4),
        ("张三2024010004.jpg", Unmatched.SEVERAL),  # the number is another person's
        ("12.jpg", Unmatched.NOBODY),  # too short to be told from any number
        ("IMG_0012.jpg", Unmatched.NOBODY),
        ("", Unmatched.NOBODY),
    ],
)
def test_a_file_is_whose_name_or_number_it_bears(file_name: str, who: int | Unmatched) -> None:
    assert whose([file_name], PEOPLE) == [who]


def test_the_second_file_of_a_person_is_nobodys() -> None:
    assert whose(["张三.jpg", "张三丰.jpg", "张三 (2).jpg"], PEOPLE) == [1, 2, Unmatched.TWICE]


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    ask(organiser, made)
    return made


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def sent(actor: Actor, event: Event, *files: SimpleUploadedFile, token: UUID | None = None) -> list[str]:
    found = services.hand_in_many(actor=actor, event=event, kind="entry.photo", files=files, token=token or UUID(int=7))
    return [outcome.fate.value for outcome in found]


def test_what_fits_is_taken_whatever_the_others_are(entry: Entry, coordinator: Actor, event: Event) -> None:
    files = [file("人100.jpg", photo()), file("人101.jpg", photo(90, 90)), file("IMG_1.jpg", photo())]
    assert sent(coordinator, event, *files) == ["taken", "refused", "nobody"]

    kept = Document.objects.get(ended_at=None)
    assert kept.holder_uid == people(entry)[0].uid
    assert kept.owner_key == str(entry.school.uid)


def test_sent_again_nothing_is_taken_twice_and_nothing_is_replaced(
    entry: Entry, coordinator: Actor, event: Event
) -> None:
    first, again = file("人100.jpg", photo()), file("人100.jpg", photo())
    assert sent(coordinator, event, first) == ["taken"]
    assert sent(coordinator, event, again) == ["taken"]
    another = [file("人100.jpg", photo(colour="#113355")), file("人102.jpg", photo())]
    assert sent(coordinator, event, *another, token=UUID(int=8)) == ["there", "taken"]
    assert Document.objects.count() == 2


def test_a_refused_photo_is_replaced(entry: Entry, coordinator: Actor, organiser: Actor, event: Event) -> None:
    sent(coordinator, event, file("人100.jpg", photo()))
    bad = Document.objects.get()
    documents.refuse(actor=organiser, document=bad, reason="背景不是纯色")
    assert sent(coordinator, event, file("人100.jpg", photo(colour="#113355")), token=UUID(int=8)) == ["taken"]
    bad.refresh_from_db()
    assert bad.ended_at is not None


def test_people_of_one_name_are_told_apart_by_their_number_only(
    event: Event, school: Organisation, coordinator: Actor
) -> None:
    same = tuple(replace(member(n), name="李四", study_number=f"2024010{n}") for n in (100, 101, 102))
    entry = services.enter_many(actor=coordinator, event=event, drafts=[replace(team(school, 100, 0), members=same)])[0]
    files = [file("李四.jpg", photo()), file("李四-2024010101.jpg", photo())]
    assert sent(coordinator, event, *files) == ["several", "taken"]
    assert Document.objects.get().holder_uid == people(entry)[1].uid


def test_only_the_school_hands_in_and_only_for_its_own_people(
    entry: Entry, event: Event, organiser: Actor, coordinator: Actor
) -> None:
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(organisation("别校").uid))
    assert sent(stranger, event, file("人100.jpg", photo())) == ["nobody"]
    with pytest.raises(NotAllowed):
        sent(organiser, event, file("人100.jpg", photo()))
    with pytest.raises(NotFound):
        services.hand_in_many(actor=coordinator, event=event, kind="entry.insurance", files=[], token=uuid4())
    assert not Document.objects.exists()


def test_who_is_with_the_reviewers_gets_no_file(entry: Entry, coordinator: Actor, event: Event) -> None:
    files = [file(f"人{n}.jpg", photo()) for n in (100, 101, 102)]
    assert sent(coordinator, event, *files) == ["taken"] * 3
    services.submit_entry(actor=coordinator, entry=entry)
    assert sent(coordinator, event, file("人100.jpg", photo(colour="#113355")), token=UUID(int=8)) == ["nobody"]


def test_more_teams_or_files_cost_no_more_queries(
    entry: Entry,
    event: Event,
    school: Organisation,
    coordinator: Actor,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, 200, 0)])
    names = [*(f"人{n}.jpg" for n in (100, 101, 102)), *(f"人{n}.jpg" for n in (200, 201, 202))]
    files = [file(name, photo(colour=f"#1133{n:02d}")) for n, name in enumerate(names)]
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        assert sent(coordinator, event, *files) == ["taken"] * 6


def test_the_page_shows_who_lacks_it_and_what_became_of_each_file(
    entry: Entry, event: Event, coordinator: Actor
) -> None:
    client, address = browser(coordinator), f"/events/{event.code}/papers/"
    page = client.get(address)
    assert "缺这份材料的选手 3 人" in page.content.decode()
    answer = client.post(
        address,
        {
            "kind": "entry.photo",
            "token": page.context["token"],
            "chosen": [file("人100.jpg", photo()), file("人101.jpg", b"no picture"), file("IMG_1.jpg", photo())],
        },
    ).content.decode()
    first, folded = answer.split('<details class="outcomes-taken">')
    assert ("IMG_1.jpg" in first, "人100.jpg" in first, "人100.jpg" in folded) == (True, False, True)
    assert "3 个文件中已提交 1 个" in answer
    assert "缺这份材料的选手 2 人" in answer
    assert "IMG_1.jpg" in answer
    assert "文件名里没有本校选手的姓名或号码" in answer


def test_a_part_is_answered_with_its_lines_and_a_part_without_files_with_what_is_wrong(
    entry: Entry, event: Event, coordinator: Actor
) -> None:
    client, address = browser(coordinator), f"/events/{event.code}/papers/"
    given = {"kind": "entry.photo", "token": str(uuid4()), "chosen": [file("人100.jpg", photo())]}
    part = client.post(address, given, headers={"X-Part": "1"}).content.decode()
    assert part.count("<li") == 1
    assert "<html" not in part
    nothing = client.post(address, {"kind": "entry.photo", "token": str(uuid4())}, headers={"X-Part": "1"})
    assert nothing.status_code == 422
    empty = client.post(address, {"kind": "entry.photo", "token": str(uuid4())}).content.decode()
    assert "请先选择文件" in empty


def test_the_page_is_reached_and_is_empty_where_nothing_is_asked(
    entry: Entry, event: Event, coordinator: Actor, make_event: Callable[..., Event]
) -> None:
    client, address = browser(coordinator), f"/events/{event.code}/papers/"
    for place in (f"/events/{event.code}/entries/", f"/entries/{entry.uid}/papers/", "/school/"):
        assert address in client.get(place).content.decode(), place
    bare = make_event(code="BARE", rules=RULES)
    assert "本赛项不要求提交材料" in client.get(f"/events/{bare.code}/papers/").content.decode()
