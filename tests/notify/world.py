"""People to write to, without any trade: an audience of the tests' own."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.notify import services
from backend.notify.models import Notice
from backend.notify.rulebook import Text
from backend.notify.selectors import Addressee, Audience, register_audience

GROUP = Ref("group", "12", "河南电子与信息职业教育集团")
TEXT = Text("报名即将截止：{event}", "{name}老师，您好：\n{event}的报名将于 {deadline} 截止。")


def acting(user: User, role: str = "group_secretary", scope: Ref | None = GROUP) -> Actor:
    return Actor(role=role, user_id=user.pk, user_uid=user.uid, scope=scope)


def keys(actor: Actor) -> Iterable[tuple[str, str]]:
    return [("A01", "A01 网络系统管理")] if actor.scope_key("group") == "12" else []


def people(key: str) -> Iterable[Addressee]:
    facts = {"event": "网络系统管理", "deadline": "2026-11-30 18:00"}
    return [Addressee(u.pk, facts) for u in User.objects.filter(account_name__startswith="teacher").order_by("-pk")]


register_audience(Audience("test.teachers", "Teachers", keys, people, {"event": "event", "deadline": "end"}))


def teachers(n: int) -> list[User]:
    """teacher1 … with an e-mail address each."""
    names = [f"teacher{i}" for i in range(1, n + 1)]
    return [User.objects.create_user(a, display_name=f"{a}号", email=f"{a}@example.cn") for a in names]


def drafted(actor: Actor, text: Text = TEXT, **wishes: object) -> Notice:
    draft = services.Draft("test.teachers", "A01", text, **wishes)  # type: ignore[arg-type]
    return services.draft_notice(actor=actor, client_id=uuid4(), draft=draft)
