"""Before publishing, its effects stand in numbers; the signatures go out as a workbook."""

from __future__ import annotations

import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.notify.models import Note
from backend.ui import registry
from certificates.credentials.models import Credential
from competitions.registration.models import Entry
from competitions.results import services
from competitions.results.selectors import effects_of
from tests.factories import signed_in
from tests.results.test_publishing import PASSWORD, done, score_all, signed

__all__ = ["done"]
pytestmark = pytest.mark.django_db


@pytest.mark.postgres
def test_the_numbers_foretold_are_what_publishing_does(done: SimpleNamespace, organiser: Actor) -> None:
    for entry in Entry.objects.filter(event=done.event).select_related("school"):
        signed_in(f"coordinator-{entry.pk}", "school_coordinator", "organisation", str(entry.school.uid))
    tally = signed(done, organiser)
    effects = effects_of(tally)

    published = services.publish(actor=organiser, round=done.round)
    services.issue_certificates(publication_uid=str(published.uid))

    issued = Credential.objects.count()
    assert (effects["ranked"], effects["awards"], effects["told"]) == (2, 1, 2)
    assert effects["fewest"] <= issued <= effects["most"]
    assert Note.objects.filter(kind="results.published").count() == 2


def test_signatures_go_out_as_a_workbook(done: SimpleNamespace, organiser: Actor, client: Client) -> None:
    tally = signed(done, organiser)
    client.force_login(User.objects.get(pk=organiser.user_id))

    file = client.get(f"/events/{done.event.code}/sign-off/?format=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    assert [row[2] for row in list(sheet.values)[1:]] == [tally.results_sha256] * 2


@pytest.mark.postgres
def test_a_missing_signature_and_a_signed_result_wait_for_the_right_person(
    done: SimpleNamespace, organiser: Actor, other_organiser: Actor
) -> None:
    score_all(done)
    tally = services.make_tally(actor=done.chief, round=done.round)
    sign = {"tally": tally, "password": PASSWORD, "sha256": tally.results_sha256}
    page = f"/events/{done.event.code}/sign-off/"
    people = (done.chief, done.supervisor, organiser, other_organiser)

    def waiting() -> list[int]:
        return [sum(t.link == page for t in registry.todos_of(actor)) for actor in people]

    nobody_signed = waiting()
    services.sign_tally(actor=done.chief, **sign)
    one_signed = waiting()
    services.sign_tally(actor=done.supervisor, **sign)

    assert (nobody_signed, one_signed, waiting()) == ([1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])
