"""Whoever runs a call writes to its experts, and nobody else does."""

from __future__ import annotations

from uuid import uuid4

import pytest

from backend.notify import services as notify
from backend.notify.errors import NoticeRefused
from backend.notify.models import Note
from backend.notify.rulebook import Text
from backend.notify.selectors import addressees, body_of, keys_of
from backend.people.models import Group
from backend.selection import services
from tests.factories import browser, signed_in
from tests.selection.world import Selection, in_scoring, open_call, secretary_of

pytestmark = pytest.mark.django_db


def written(found: Selection) -> notify.Draft:
    return notify.Draft("call.experts", str(found.call.uid), Text("评审会：{call}", "{name}，请于周五前评完。"))


def test_each_expert_of_the_call_is_reached_once_and_recused_ones_are_not(group: Group) -> None:
    found = in_scoring(group)
    kind, key = "call.experts", str(found.call.uid)
    before = [one.user_id for one in addressees(kind, key)]
    gone = found.experts[0].user

    for expert in (one for one in found.experts if one.user == gone):
        services.recuse(actor=found.secretary, expert=expert, reason="亲属任教")

    assert before == sorted({expert.user_id for expert in found.experts})
    assert [one.user_id for one in addressees(kind, key)] == [pk for pk in before if pk != gone.pk]


def test_the_secretary_and_a_colleague_write_and_a_stranger_does_not(group: Group) -> None:
    found = in_scoring(group)
    colleague = secretary_of(group, "colleague")
    stranger = signed_in("stranger", "group_secretary", "group", "01")

    for actor in (found.secretary, colleague):
        notice = notify.draft_notice(actor=actor, client_id=uuid4(), draft=written(found))
        notify.send_notice(actor=actor, notice=notice)
    with pytest.raises(NoticeRefused):
        notify.draft_notice(actor=stranger, client_id=uuid4(), draft=written(found))

    first = Note.objects.filter(kind="notice").select_related("notice", "recipient__person", "person").earliest("pk")
    assert Note.objects.filter(kind="notice").count() == 2 * len({expert.user_id for expert in found.experts})
    assert body_of(first) == f"{first.reader}，请于周五前评完。"
    assert keys_of(stranger, "call.experts") == {}
    assert keys_of(found.coordinators["甲"], "call.experts") == {}


def test_a_call_that_is_still_a_draft_is_not_offered(group: Group) -> None:
    secretary = secretary_of(group)
    call = open_call(secretary, group)
    services.create_call(actor=secretary, group=group, item_kind="test_thing", title="草稿", closes_at=call.closes_at)

    assert list(keys_of(secretary, "call.experts").values()) == [call.title]
    assert "call.experts" in browser(secretary).get("/notices/").content.decode()
