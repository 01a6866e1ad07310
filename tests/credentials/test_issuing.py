"""Certificates: numbered without gaps, issued once, frozen, verifiable by their code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.db import DatabaseError, connections, transaction
from django.test import Client

from backend.core.actor import SYSTEM, Actor
from backend.core.errors import IllegalMove, NotAllowed
from backend.core.refs import Ref
from backend.people.models import Group
from certificates.credentials import services
from certificates.credentials.errors import GlyphMissing, ReasonMissing
from certificates.credentials.models import Credential
from certificates.credentials.render import pdf_of, verify_url
from certificates.credentials.selectors import credentials_of
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _password_alone(settings: Any) -> None:
    settings.MFA_REQUIRED = False  # the second factor has its own tests


def claim(name: str = "欧阳娜娜", key: str = "a") -> services.Claim:
    return services.Claim(
        claim_key=f"E1:{key}",
        issuer_key="12",
        issuer_name="河南电子与信息职业教育集团",
        holder=None,
        holder_name=name,
        facts={"instructors": ["李老师"]},
        public_facts={
            "title": "获奖证书",
            "award": "一等奖",
            "event": "网站技术",
            "school": "河南职院",
        },
        rests_on=Ref("publication", "p1"),
        issued_on=date(2026, 6, 3),
        event_code="GZ-2026-046",
    )


def issued(**fields: str) -> Credential:
    return services.record(actor=SYSTEM, claims=[claim(**fields)])[0]


def test_numbers_run_without_gaps_and_a_claim_is_issued_once() -> None:
    first = services.record(actor=SYSTEM, claims=[claim(key="a"), claim(key="b")])
    again = services.record(actor=SYSTEM, claims=[claim(key="b"), claim(key="c")])

    assert [c.number for c in first] == ["12-2026-000001", "12-2026-000002"]
    assert [c.number for c in again] == ["12-2026-000002", "12-2026-000003"]


def test_a_missing_glyph_stops_the_whole_batch() -> None:
    with pytest.raises(GlyphMissing) as refused:
        services.record(actor=SYSTEM, claims=[claim(key="a"), claim("张𠀀", "b")])

    assert refused.value.problems == {"b": "U+20000"}
    assert Credential.objects.count() == 0


def test_the_pdf_shows_the_name_and_its_code_leads_to_the_page() -> None:
    credential = issued()

    page = pypdfium2.PdfDocument(pdf_of(credential))[0]
    text = page.get_textpage().get_text_bounded()
    code = zxingcpp.read_barcode(page.render(scale=2).to_pil())

    assert "欧阳娜娜" in text.replace(" ", "")
    assert code is not None
    assert code.text == verify_url(credential)
    assert pdf_of(credential) == pdf_of(credential)


def test_the_page_masks_the_name_and_answers_yes_or_no(client: Client) -> None:
    address = f"/verify/{issued().token}"

    page = client.get(address)
    same = client.post(address, {"name": "欧阳 娜娜"})
    other = client.post(address, {"name": "欧阳"})

    assert page.status_code == 200
    assert "欧阳娜娜" not in page.content.decode()
    assert (same.context["answer"], other.context["answer"]) == ("same", "different")


def test_an_unknown_token_is_a_friendly_404(client: Client) -> None:
    assert client.get("/verify/" + "x" * 22).status_code == 404
    assert client.get("/api/v1/verify/" + "9" * 5000).json()["code"] == "no_such_certificate"


def test_a_reissue_leads_from_the_old_page_to_the_new(client: Client, organiser: Actor, group: Group) -> None:
    old = issued()

    new = services.reissue(actor=organiser, credential=old, reason="姓名用字更正")
    same = services.reissue(actor=organiser, credential=old, reason="again")

    assert (new.number, same) == ("12-2026-000002", new)
    assert client.get(f"/api/v1/verify/{old.token}").json()["replaced_by"] == f"/verify/{new.token}"


def test_revoking_needs_a_reason_and_happens_once(organiser: Actor) -> None:
    credential = issued()
    with pytest.raises(ReasonMissing):
        services.revoke(actor=organiser, credential=credential, reason=" ")
    services.revoke(actor=organiser, credential=credential, reason="成绩更正")

    with pytest.raises(IllegalMove):
        services.revoke(actor=organiser, credential=credential, reason="again")


def test_another_group_neither_lists_nor_ends(other_organiser: Actor, organiser: Actor) -> None:
    credential = issued()

    assert list(credentials_of(organiser)) == [credential]
    assert list(credentials_of(other_organiser)) == []
    with pytest.raises(NotAllowed):
        services.revoke(actor=other_organiser, credential=credential, reason="x")


@pytest.mark.parametrize("change", [{"number": "12-2026-999999"}, {"public_facts": {}}, {"event_code": "X"}])
def test_issued_facts_are_frozen_in_the_database(change: dict[str, Any]) -> None:
    issued()

    with pytest.raises(DatabaseError), transaction.atomic():
        Credential.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Credential.objects.all().delete()


def test_a_retry_does_not_undo_a_revocation_but_a_new_basis_issues_anew(organiser: Actor) -> None:
    old = issued()
    services.revoke(actor=organiser, credential=old, reason="成绩更正")

    retried = services.record(actor=SYSTEM, claims=[claim()])[0]
    renewed = services.record(actor=SYSTEM, claims=[replace(claim(), rests_on=Ref("publication", "p2"))])[0]

    assert retried == old
    assert renewed.number == "12-2026-000002"


def test_a_correction_ends_what_is_no_longer_claimed_and_links_what_changed(organiser: Actor) -> None:
    holder = person("P1", "欧阳娜娜")
    first, lost = services.record(actor=SYSTEM, claims=[replace(claim(key="first:1"), holder=holder), claim(key="b")])
    second = services.record(actor=SYSTEM, claims=[replace(claim(key="second:1"), holder=holder)])

    ended = services.end_unclaimed(actor=SYSTEM, event_code="GZ-2026-046", kept=second, reason="成绩更正")
    again = services.end_unclaimed(actor=SYSTEM, event_code="GZ-2026-046", kept=second, reason="成绩更正")

    for credential in (first, lost):
        credential.refresh_from_db()
    assert (ended, again) == (2, 0)
    assert (first.state, first.replaced_by, lost.state) == ("replaced", second[0], "revoked")


def test_tokens_are_random_and_long_enough() -> None:
    made = services.record(actor=SYSTEM, claims=[claim(key=str(n)) for n in range(30)])

    tokens = {c.token for c in made}
    assert len(tokens) == 30
    assert {len(t) for t in tokens} == {22}  # 128 bits in base64url


def test_only_who_may_know_of_it_downloads_the_pdf(client: Client, organiser: Actor, other_organiser: Actor) -> None:
    credential = issued()
    statuses = {}
    for name in ("organiser", "other-organiser"):
        client.post("/sign-in/", {"name": name, "password": "correct-horse-9"})
        statuses[name] = client.get(f"/certificates/{credential.uid}.pdf").status_code
        client.post("/sign-out/")

    assert statuses == {"organiser": 200, "other-organiser": 404}
    assert client.get(f"/certificates/{credential.uid}.pdf").status_code == 404


def test_the_list_is_filtered_and_exported(client: Client, organiser: Actor) -> None:
    services.revoke(actor=organiser, credential=issued(), reason="成绩更正")
    issued(key="b")
    client.post("/sign-in/", {"name": "organiser", "password": "correct-horse-9"})

    listed = client.get("/certificates/?state=valid&event=GZ-2026-046")
    exported = client.get("/certificates/?state=valid&format=xlsx")

    assert [row["credential"].number for row in listed.context["rows"]] == ["12-2026-000002"]
    assert exported["Content-Disposition"] == 'attachment; filename="certificates.xlsx"'


def test_reissuing_on_the_page_twice_makes_one(client: Client, organiser: Actor) -> None:
    address = f"/certificates/{issued().uid}/reissue/"
    client.post("/sign-in/", {"name": "organiser", "password": "correct-horse-9"})

    statuses = [client.post(address, {"reason": "姓名用字更正"}).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert Credential.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_only
def test_ten_writers_of_the_same_claims_issue_them_once_without_gaps() -> None:
    claims = [claim(key=str(n)) for n in range(5)]

    def write(_: int) -> list[str]:
        try:
            return [c.number for c in services.record(actor=SYSTEM, claims=claims)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        seen = list(pool.map(write, range(10)))

    assert seen == [[f"12-2026-{n:06d}" for n in range(1, 6)]] * 10
    assert Credential.objects.count() == 5
