"""People to write to, without any trade: an audience of the tests' own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from uuid import uuid4

import pytest

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.notify import services
from backend.notify.models import Notice
from backend.notify.rulebook import Text
from backend.notify.selectors import Addressee, Audience, Mailbox, News, register_audience, register_text
from backend.people.models import Person
from backend.people.services import PersonDraft, ensure_persons
from tests.registration.world import id_number

GROUP = Ref("group", "12", "河南电子与信息职业教育集团")
TEXT = Text("报名即将截止：{event}", "{name}老师，您好：\n{event}的报名将于 {deadline} 截止。")
GUEST_TEXT = Text("请回复：{event}", "{name}，您好：请确认能否参加{event}。")


def acting(user: User, role: str = "group_secretary", scope: Ref | None = GROUP) -> Actor:
    return Actor(role=role, user_id=user.pk, user_uid=user.uid, scope=scope)


def keys(actor: Actor) -> Iterable[tuple[str, str]]:
    return [("A01", "A01 网络系统管理")] if actor.scope_key("group") == "12" else []


def people(_keys: Sequence[str]) -> Iterable[Addressee]:
    facts = {"event": "网络系统管理", "deadline": "2026-11-30 18:00"}
    return [Addressee(u.pk, facts) for u in User.objects.filter(account_name__startswith="teacher").order_by("-pk")]


register_audience(Audience("test.teachers", "Teachers", keys, people, {"event": "event", "deadline": "end"}))
register_text("test.moved", "%(event)s is moved to %(day)s", duty=True)
register_text("test.hint", "%(event)s has a hint")


def teachers(n: int) -> list[User]:
    """teacher1 … with an e-mail address each."""
    names = [f"teacher{i}" for i in range(1, n + 1)]
    return [User.objects.create_user(a, display_name=f"{a}号", email=f"{a}@example.cn") for a in names]


def told_now() -> None:
    """What the job does after the commit: news that waits is told."""
    for uid in Notice.objects.filter(state="queued").order_by("pk").values_list("uid", flat=True):
        services.tell_news(notice_uid=uid)


def drafted(actor: Actor, text: Text = TEXT, **wishes: object) -> Notice:
    draft = services.Draft("test.teachers", "A01", text, **wishes)  # type: ignore[arg-type]
    return services.draft_notice(actor=actor, client_id=uuid4(), draft=draft)


BOXES: dict[int, Mailbox] = {}


def guest_people(keys: Sequence[str]) -> Iterable[Addressee]:
    """Teachers with an account, and everybody in BOXES without one."""
    return [*people(keys), *(Addressee(None, {"event": "网络系统管理"}, pk) for pk in sorted(BOXES, reverse=True))]


def boxes(_keys: Sequence[str], persons: Collection[int]) -> dict[int, Mailbox]:
    return {pk: BOXES[pk] for pk in persons if pk in BOXES}


register_audience(
    Audience(
        "test.guests",
        "Guests",
        keys,
        guest_people,
        {"event": "event"},
        boxes,
        "Ask them for an address.",
        ("test.news",),
    )
)


def news(kind: str = "test.moved") -> News:
    """What teachers and guests hear of."""
    told = {"event": "A01", "day": "2027-03-01"}
    return News(kind, uuid4(), {"test.news": {}}, ["A01"], "A01 网络系统管理", told, "/events/A01/")


@pytest.fixture
def guests() -> Iterator[Callable[..., list[Person]]]:
    """Makes persons without account from their mailboxes."""

    def made(*found: Mailbox) -> list[Person]:
        drafts = [PersonDraft("resident", id_number(700 + n), f"来宾{n}") for n in range(1, len(found) + 1)]
        persons = [ensure_persons([draft])[draft.key] for draft in drafts]
        BOXES.update(zip((p.pk for p in persons), found, strict=True))
        return persons

    yield made
    BOXES.clear()


def written_to_guests(actor: Actor, text: Text = GUEST_TEXT, **wishes: object) -> Notice:
    draft = services.Draft("test.guests", "A01", text, **wishes)  # type: ignore[arg-type]
    return services.draft_notice(actor=actor, client_id=uuid4(), draft=draft)
