"""A published result is corrected by a new tally, two signatures and the next number, never in place."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotAllowed
from certificates.credentials.models import Credential
from competitions.draw.models import Work
from competitions.results import services
from competitions.results.errors import SecondPersonNeeded, StaleTally
from competitions.results.models import Publication, Signature, Tally
from tests.results.test_publishing import PASSWORD, done, fresh_limits, signed

__all__ = ["done", "fresh_limits"]
pytestmark = pytest.mark.django_db
APPEAL = {"status": "disqualified", "reason": "申诉成立"}


def best_of(done: SimpleNamespace) -> Work:
    work = Work.objects.filter(round=done.round).first()
    assert work is not None
    return work


def published(done: SimpleNamespace, organiser: Actor) -> Publication:
    signed(done, organiser)
    publication = services.publish(actor=organiser, round=done.round)
    services.issue_certificates(publication_uid=str(publication.uid))
    return publication


def test_the_organiser_corrects_and_the_published_number_stands_until_the_next(
    done: SimpleNamespace, organiser: Actor
) -> None:
    first = published(done, organiser)

    tally = services.prepare_correction(actor=organiser, work=best_of(done), **APPEAL)

    done.event.refresh_from_db()
    assert done.event.state == "published"
    assert list(Publication.objects.all()) == [first]
    assert [c.state for c in Credential.objects.all()] == ["valid"]
    assert (tally.number, tally.signatures.count()) == (2, 0)
    assert {r["entry"]: r["rank"] for r in tally.results["results"]}[best_of(done).code] is None
    assert AuditEntry.objects.filter(action="work.status").count() == 1


def test_nobody_else_corrects(done: SimpleNamespace, organiser: Actor, other_organiser: Actor) -> None:
    published(done, organiser)

    for actor in (other_organiser, done.chief, done.supervisor, done.judge):
        with pytest.raises(NotAllowed):
            services.prepare_correction(actor=actor, work=best_of(done), **APPEAL)

    assert Tally.objects.count() == 1
    assert best_of(done).status == "competed"


def test_a_correction_that_cannot_stand_changes_nothing(done: SimpleNamespace, organiser: Actor) -> None:
    signed(done, organiser)
    with pytest.raises(IllegalMove):
        services.prepare_correction(actor=organiser, work=best_of(done), **APPEAL)
    services.publish(actor=organiser, round=done.round)

    for status, reason in [("disqualified", "  "), ("late", "申诉成立"), ("competed", "申诉成立")]:
        with pytest.raises(Invalid):
            services.prepare_correction(actor=organiser, work=best_of(done), status=status, reason=reason)

    assert Tally.objects.count() == 1
    assert best_of(done).status == "competed"


def test_the_page_corrects_and_the_certificate_says_that_it_ended(
    done: SimpleNamespace, organiser: Actor, client: Client
) -> None:
    published(done, organiser)
    address = f"/events/{done.event.code}/sign-off/"
    client.post("/sign-in/", {"name": "organiser", "password": PASSWORD})

    client.post(address, {"verb": "correct", "work": best_of(done).code, **APPEAL})
    strange = client.post(address, {"verb": "correct", "work": "Z99", **APPEAL})
    tally = Tally.objects.get(ended_at=None)
    for actor in (done.chief, done.supervisor):
        services.sign_tally(actor=actor, tally=tally, password=PASSWORD, sha256=tally.results_sha256)
    client.post(address, {"verb": "publish", "reason": "申诉成立"})
    services.issue_certificates(publication_uid=str(Publication.objects.get(number=2).uid))

    assert strange.status_code == 404
    page = client.get(f"/verify/{Credential.objects.get().token}").content.decode()
    assert "申诉成立" in page
    assert "verdict-revoked" in page
    assert "申诉成立" in client.get(f"/events/{done.event.code}/results/").content.decode()


def test_signatures_of_the_former_document_do_not_carry_the_new_one(done: SimpleNamespace, organiser: Actor) -> None:
    published(done, organiser)
    former = Tally.objects.get()

    tally = services.prepare_correction(actor=organiser, work=best_of(done), **APPEAL)

    with pytest.raises(StaleTally):
        services.sign_tally(actor=done.chief, tally=former, password=PASSWORD, sha256=former.results_sha256)
    with pytest.raises(StaleTally):
        services.sign_tally(actor=done.chief, tally=tally, password=PASSWORD, sha256=former.results_sha256)
    assert Signature.objects.filter(tally=tally).count() == 0


def test_a_repeated_signature_is_one_and_no_third_person_signs(done: SimpleNamespace, organiser: Actor) -> None:
    from tests.factories import signed_in

    published(done, organiser)
    tally = services.prepare_correction(actor=organiser, work=best_of(done), **APPEAL)
    given = {"tally": tally, "password": PASSWORD, "sha256": tally.results_sha256}
    services.sign_tally(actor=done.chief, **given)
    services.sign_tally(actor=done.chief, **given)
    deputy = signed_in("deputy", "chief_judge", "event", done.event.code)

    with pytest.raises(SecondPersonNeeded):
        services.sign_tally(actor=deputy, **given)

    assert list(Signature.objects.filter(tally=tally).values_list("duty", flat=True)) == ["chief"]
