"""Calls and applications: by the applicant, a colleague, another school and the officers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import IllegalMove, Invalid, NotAllowed, NotFound
from backend.notify.models import Note
from backend.people.models import Group
from backend.selection import services
from backend.selection.errors import (
    ApplicationFixed,
    ApplicationIncomplete,
    CallClosed,
    CallIncomplete,
    ChoicesFixed,
    NotForYou,
    ReasonMissing,
)
from backend.selection.models import Application, Call, Review, Version
from backend.selection.selectors import application_of, call_of
from tests.factories import organisation
from tests.selection.world import (
    apply_for,
    close,
    coordinator_of,
    fill_in,
    in_scoring,
    open_call,
    register,
    score_all,
    secretary_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(group: Group) -> Actor:
    return secretary_of(group)


@pytest.fixture
def school(db: None) -> Actor:
    return coordinator_of(organisation("新乡职业技术学院"), "school")


@pytest.fixture
def stranger(db: None) -> Actor:
    return coordinator_of(organisation("开封大学"), "stranger")


@pytest.fixture
def call(secretary: Actor, group: Group) -> Call:
    return open_call(secretary, group, applies_max=1)


def test_only_the_groups_secretary_calls(group: Group, organiser: Actor, school: Actor, other_group: Group) -> None:
    register()

    for actor in (organiser, school, PUBLIC, secretary_of(other_group)):
        with pytest.raises(NotAllowed):
            services.create_call(actor=actor, group=group, item_kind="test_thing", title="遴选", closes_at=clock.now())


def test_a_call_brings_what_its_kind_of_thing_asks(call: Call) -> None:
    assert [(c.name, str(c.points)) for c in call.criteria.all()] == [("基地条件", "60.00"), ("承办经验", "40.00")]
    assert [q["label"] for q in call.questions] == ["工位数", "安全预案"]
    assert call.publicity_days == 5


def test_an_incomplete_call_names_everything_that_is_missing(secretary: Actor, group: Group) -> None:
    register()
    call = services.create_call(
        actor=secretary, group=group, item_kind="test_thing", title="遴选", closes_at=clock.now() - timedelta(days=1)
    )
    services.set_criteria(actor=secretary, call=call, criteria=[])

    with pytest.raises(CallIncomplete) as refused:
        services.announce(actor=secretary, call=call)

    assert set(refused.value.problems) == {"closes_at", "offers", "criteria"}


def test_a_draft_call_is_seen_by_its_group_alone(
    secretary: Actor, group: Group, school: Actor, other_group: Group
) -> None:
    register()
    draft = services.create_call(
        actor=secretary, group=group, item_kind="test_thing", title="遴选", closes_at=clock.now()
    )

    assert call_of(secretary, draft.uid) == draft
    for actor in (school, PUBLIC, secretary_of(other_group, "other")):
        with pytest.raises(NotFound):
            call_of(actor, draft.uid)


def test_an_announced_call_does_not_change(secretary: Actor, call: Call) -> None:
    with pytest.raises(IllegalMove):
        services.edit_call(actor=secretary, call=call, title="另一个")
    with pytest.raises(IllegalMove):
        services.set_offers(actor=secretary, call=call, keys=["a"])


def test_a_school_sends_one_application_and_a_colleague_goes_on_with_it(call: Call, school: Actor) -> None:
    sent = apply_for(school, call, "a")

    assert services.start(actor=school, call=call) == sent
    assert (sent.state, sent.versions.count()) == ("submitted", 1)
    assert sent.contact_phone_sealed != "13800000000"


def test_everything_missing_is_named_at_once(call: Call, school: Actor) -> None:
    application = services.start(actor=school, call=call)
    services.save_draft(actor=school, application=application, answers={"stations": "许多"}, wishes=[])

    with pytest.raises(ApplicationIncomplete) as refused:
        services.submit(actor=school, application=application)

    assert set(refused.value.problems) == {"stations", "plan", "wishes", "contact", "document-test.application"}
    assert Version.objects.count() == 0


def test_no_more_is_wanted_than_the_call_allows(call: Call, school: Actor) -> None:
    application = services.start(actor=school, call=call)
    both = [offer.uid for offer in call.offers.all()]

    with pytest.raises(Invalid):
        services.save_draft(actor=school, application=application, answers={}, wishes=both)


def test_another_school_and_the_public_see_no_application(call: Call, school: Actor, stranger: Actor) -> None:
    sent = apply_for(school, call, "a")

    for actor in (stranger, PUBLIC):
        with pytest.raises(NotFound):
            application_of(actor, sent.uid)
    with pytest.raises(NotAllowed):
        services.withdraw(actor=stranger, application=sent, reason="x")


def test_officers_see_no_draft(call: Call, school: Actor, secretary: Actor) -> None:
    draft = services.start(actor=school, call=call)

    with pytest.raises(NotFound):
        application_of(secretary, draft.uid)


def test_only_the_kinds_of_organisation_that_are_called_apply(call: Call, group: Group) -> None:
    firm = coordinator_of(organisation("某企业", kind="enterprise"), "firm")

    with pytest.raises(NotForYou):
        services.start(actor=firm, call=call)


def test_after_the_last_minute_nothing_new_is_sent(call: Call, school: Actor) -> None:
    application = services.start(actor=school, call=call)
    fill_in(school, application, [call.offers.all()[0].uid])
    Call.objects.update(closes_at=clock.now() - timedelta(seconds=61))

    with pytest.raises(CallClosed):
        services.submit(actor=school, application=application)


def test_a_call_is_not_closed_before_its_time(call: Call, secretary: Actor) -> None:
    with pytest.raises(Invalid):
        services.close(actor=secretary, call=call)


def test_what_was_sent_changes_only_after_it_was_taken_back(call: Call, school: Actor) -> None:
    sent = apply_for(school, call, "a")
    with pytest.raises(ApplicationFixed):
        services.save_draft(actor=school, application=sent, answers={}, wishes=[])

    services.take_back(actor=school, application=sent)
    fill_in(school, sent, [call.offers.all()[0].uid], stations="24")
    services.submit(actor=school, application=sent)

    assert [(v.number, v.answers["stations"]) for v in sent.versions.all()] == [(1, "20"), (2, "24")]


def test_a_return_needs_a_reason_and_tells_the_school(call: Call, school: Actor, secretary: Actor) -> None:
    sent = apply_for(school, call, "a")
    with pytest.raises(ReasonMissing):
        services.return_application(actor=secretary, application=sent, reasons={"plan": "  "})

    services.return_application(actor=secretary, application=sent, reasons={"plan": "请补充备案文号", "stations": ""})

    sent.refresh_from_db()
    assert (sent.state, sent.returns.get().reasons) == ("returned", {"plan": "请补充备案文号"})
    assert Note.objects.filter(recipient_id=school.user_id, kind="selection.returned").count() == 1


def test_only_the_calls_officers_return(call: Call, school: Actor, stranger: Actor, other_group: Group) -> None:
    sent = apply_for(school, call, "a")

    for actor in (school, stranger, secretary_of(other_group, "other")):
        with pytest.raises(NotAllowed):
            services.return_application(actor=actor, application=sent, reasons={"plan": "x"})


def test_a_returned_application_is_mended_after_the_deadline_but_wants_the_same(
    call: Call, school: Actor, secretary: Actor
) -> None:
    sent = apply_for(school, call, "a")
    other = call.offers.get(item_key="b")
    close(secretary, call)
    services.return_application(actor=secretary, application=sent, reasons={"plan": "x"})

    with pytest.raises(ChoicesFixed):
        services.save_draft(actor=school, application=sent, answers={}, wishes=[other.uid])
    fill_in(school, sent, [call.offers.get(item_key="a").uid], plan="豫备〔2026〕3号")
    services.submit(actor=school, application=sent)

    sent.refresh_from_db()
    assert (sent.state, sent.versions.count(), sent.returns.get().mended_at is not None) == ("submitted", 2, True)


def test_points_for_an_earlier_version_become_void(group: Group) -> None:
    found = in_scoring(group)
    application = found.applications["甲"]
    score_all(found.experts[0], {application.organisation.name: ("50", "30")})
    services.return_application(actor=found.secretary, application=application, reasons={"plan": "x"})

    services.submit(actor=found.coordinators["甲"], application=Application.objects.get(pk=application.pk))

    review = Review.objects.get()
    assert (review.version, review.voided_at is not None) == (1, True)
    entry = AuditEntry.objects.filter(action="application.submit").order_by("-pk")[0]
    assert entry.details == {"version": 2, "voided": 1}


def test_a_cancelled_call_says_why_and_tells_its_applicants(call: Call, school: Actor, secretary: Actor) -> None:
    apply_for(school, call, "a")
    with pytest.raises(ReasonMissing):
        services.cancel(actor=secretary, call=call, reason="")

    services.cancel(actor=secretary, call=call, reason="赛项调整")

    assert Note.objects.filter(recipient_id=school.user_id, kind="selection.cancelled").count() == 1
    with pytest.raises(CallClosed):
        services.withdraw(actor=school, application=Application.objects.get(), reason="x")
