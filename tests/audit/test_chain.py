"""Whoever changes, deletes, swaps or cuts the audit is found, and the first bad entry is named."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from backend.audit import selectors, services
from backend.audit.models import AuditEntry, AuditSeal
from backend.audit.rulebook import GENESIS, canonical_entry, seal_hash
from backend.core import triggers
from backend.core.actor import SYSTEM
from backend.core.refs import Ref

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def chain(settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> list[AuditEntry]:
    """Five sealed entries, the head kept outside."""
    settings.STATE_DIR = tmp_path
    for n in range(5):
        services.record(actor=SYSTEM, action="marks.take", subject=Ref("sheet", f"s{n}"), marks=n)
    with django_capture_on_commit_callbacks(execute=True):
        services.seal_entries()
    return list(AuditEntry.objects.order_by("pk"))


def problem() -> str:
    return selectors.verify(SYSTEM).problem


def test_an_untouched_chain_holds(chain: list[AuditEntry]) -> None:
    services.record(actor=SYSTEM, action="marks.take", subject=Ref("sheet", "s9"))

    assert selectors.verify(SYSTEM) == selectors.Verdict(sealed=5, unsealed=1, problem="")


@pytest.mark.parametrize(
    "change",
    [
        {"details": {"marks": 99}},
        {"action": "marks.drop"},
        {"subject_key": "s9"},
        {"role": "judge"},
        {"device": "other"},
        {"event_code": "E9"},
    ],
)
def test_a_changed_entry_is_named(chain: list[AuditEntry], change: dict[str, Any]) -> None:
    with triggers.lifted():
        AuditEntry.objects.filter(pk=chain[2].pk).update(**change)

    assert problem() == "entry 3 was altered"


def test_a_deleted_entry_is_named(chain: list[AuditEntry]) -> None:
    with triggers.lifted():
        AuditSeal.objects.filter(entry=chain[1]).delete()
        AuditEntry.objects.filter(pk=chain[1].pk).delete()

    assert problem() == "seal 2 is missing"


def test_swapped_entries_are_named(chain: list[AuditEntry]) -> None:
    with triggers.lifted():
        second, third = AuditSeal.objects.filter(sequence__in=(2, 3)).order_by("sequence")
        AuditEntry.objects.filter(pk=second.entry_id).update(details={"marks": 2}, subject_key="s2")
        AuditEntry.objects.filter(pk=third.entry_id).update(details={"marks": 1}, subject_key="s1")

    assert problem() == "entry 2 was altered"


def test_a_cut_tail_shows_by_the_head_kept_outside(chain: list[AuditEntry]) -> None:
    with triggers.lifted():
        AuditSeal.objects.filter(sequence__gte=4).delete()
        AuditEntry.objects.filter(pk__in=[chain[3].pk, chain[4].pk]).delete()

    assert problem() == "the tail is cut: 3 of 5 seals are left"


def test_a_chain_computed_anew_differs_from_the_head_kept_outside(chain: list[AuditEntry]) -> None:
    with triggers.lifted():
        AuditEntry.objects.filter(pk=chain[0].pk).update(details={"marks": 99})
        previous = GENESIS
        for seal in AuditSeal.objects.select_related("entry").order_by("sequence"):
            digest = seal_hash(previous, seal.sequence, canonical_entry(seal.entry))
            AuditSeal.objects.filter(pk=seal.pk).update(previous=previous, hash=digest)
            previous = digest

    assert problem() == "entry 5 differs from the head kept outside"


def test_the_command_names_the_first_bad_entry(chain: list[AuditEntry], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    with triggers.lifted():
        AuditEntry.objects.filter(pk=chain[4].pk).update(action="x")

    with pytest.raises(CommandError, match="entry 5 was altered"):
        call_command("verify_audit")
    assert capsys.readouterr().out == "5 entries sealed and in order, 0 not yet sealed\n"


def test_sealing_again_seals_nothing(chain: list[AuditEntry]) -> None:
    assert services.seal_entries() == 0


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_a_late_commit_is_sealed_later_and_nobody_waits(settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path
    started, go_on = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            services.record(actor=SYSTEM, action="late", subject=Ref("thing", "1"))
            started.set()
            go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=late)
    writer.start()
    started.wait(10)
    services.record(actor=SYSTEM, action="early", subject=Ref("thing", "2"))
    first = services.seal_entries()
    go_on.set()
    writer.join(10)
    second = services.seal_entries()

    actions = AuditSeal.objects.order_by("sequence").values_list("entry__action", flat=True)
    assert (first, second, list(actions), problem()) == (1, 1, ["early", "late"], "")
