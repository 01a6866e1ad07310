"""Many certificates end behind the request: all or none may be decided, each ends once, a repeat changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import Invalid, NotAllowed
from backend.core.later import run
from backend.core.models import Job
from certificates.credentials import services
from certificates.credentials.errors import ReasonMissing
from certificates.credentials.models import Credential
from tests.credentials.test_issuing import claim
from tests.factories import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
REASON = "王某某的姓名用字更正"


@pytest.fixture(autouse=True)
def _password_alone(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def three() -> list[Credential]:
    return services.record(actor=SYSTEM, claims=[claim(key=key) for key in "abc"])


def states() -> list[str]:
    return list(Credential.objects.order_by("pk").values_list("state", flat=True))


def test_nothing_ends_before_the_job_runs_and_the_job_shows_no_words(three: list[Credential], organiser: Actor) -> None:
    count = services.end_many(actor=organiser, credentials=three[:2], verb="revoke", reason=REASON)
    job = Job.objects.get(name="credentials.end_many")

    before = states()
    run(job.uid)

    assert (count, before, states()) == (2, ["valid"] * 3, ["revoked", "revoked", "valid"])
    assert REASON not in str(job.arguments)
    assert {c.ended_reason for c in Credential.objects.filter(state="revoked")} == {REASON}
    told = AuditEntry.objects.filter(action="credential.revoke")
    assert {entry.user_uid for entry in told} == {organiser.user_uid}


def test_a_reissue_that_runs_twice_makes_one_new_certificate_each(three: list[Credential], organiser: Actor) -> None:
    services.end_many(actor=organiser, credentials=three, verb="reissue", reason=REASON)
    job = Job.objects.get(name="credentials.end_many")

    run(job.uid)
    again = services.carry_out(**job.arguments)

    assert again == 0
    assert states() == ["replaced"] * 3 + ["valid"] * 3


def test_one_foreign_certificate_stops_all(three: list[Credential], organiser: Actor, other_organiser: Actor) -> None:
    colleague = signed_in("colleague", "organiser", "group", "12")
    school = signed_in("school", "school_coordinator", "organisation", "x")

    for stranger in (other_organiser, school):
        with pytest.raises(NotAllowed):
            services.end_many(actor=stranger, credentials=three, verb="revoke", reason=REASON)
    assert services.end_many(actor=colleague, credentials=three, verb="revoke", reason=REASON) == 3


def test_a_reason_and_a_valid_certificate_are_needed(three: list[Credential], organiser: Actor) -> None:
    with pytest.raises(ReasonMissing):
        services.end_many(actor=organiser, credentials=three, verb="revoke", reason=" ")
    services.revoke(actor=organiser, credential=three[0], reason=REASON)
    three[0].refresh_from_db()

    with pytest.raises(Invalid):
        services.end_many(actor=organiser, credentials=three[:1], verb="revoke", reason=REASON)
    assert Job.objects.filter(name="credentials.end_many").count() == 0


@pytest.mark.parametrize(
    ("sent", "ended"), [("ticked", 1), ("all", 3), ("all of no event", 0), ("nonsense", 0), ("nothing", 0)]
)
def test_the_page_ends_what_is_ticked_or_all_of_the_event(
    three: list[Credential],
    organiser: Actor,
    client: Client,
    django_capture_on_commit_callbacks: Any,
    sent: str,
    ended: int,
) -> None:
    client.force_login(User.objects.get(pk=organiser.user_id))
    given = {
        "ticked": {"credential": [str(three[1].uid)]},
        "all": {"all": "1", "event": "GZ-2026-046"},
        "all of no event": {"all": "1"},
        "nonsense": {"credential": ["x", "-" * 36, "0" * 36]},
        "nothing": {},
    }[sent]

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/certificates/end/", {**given, "verb": "revoke", "reason": REASON})

    assert answer.status_code == (302 if ended else 422)
    assert states().count("revoked") == ended


def test_the_list_offers_it_to_officers_only(three: list[Credential], organiser: Actor, client: Client) -> None:
    client.force_login(User.objects.get(pk=organiser.user_id))

    page = client.get("/certificates/?event=GZ-2026-046").content.decode()

    assert page.count('form="ticked"') == 3
    assert 'name="all"' in page
    assert client.get("/certificates/end/").status_code == 405
