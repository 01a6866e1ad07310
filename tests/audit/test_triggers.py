"""The database itself forbids changing the audit, on both engines."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from backend.audit import services
from backend.audit.models import AuditEntry, AuditSeal
from backend.core import triggers
from backend.core.actor import SYSTEM
from backend.core.refs import Ref

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TABLES = ["audit_auditentry", "audit_auditseal"]


@pytest.fixture(autouse=True)
def one_sealed_entry() -> None:
    services.record(actor=SYSTEM, action="test.act", subject=Ref("thing", "1"))
    services.seal_entries()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_no_row_is_changed_or_deleted(table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))

    assert (AuditEntry.objects.count(), AuditSeal.objects.count()) == (1, 1)


def test_no_table_is_truncated() -> None:
    if connection.vendor != "postgresql":
        assert "audit_auditentry_no_truncate" not in triggers.expected(connection.vendor)  # SQLite has no TRUNCATE
        return
    connection.check_constraints()  # nothing deferred is left that PostgreSQL would name first
    for tables in ("audit_auditseal", "audit_auditentry, audit_auditseal"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables}")


def test_recording_only_inserts(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1) as asked:
        services.record(actor=SYSTEM, action="test.act", subject=Ref("thing", "1"), entries=3)

    assert asked[0]["sql"].startswith("INSERT INTO")


def test_what_was_lifted_stands_again() -> None:
    with triggers.lifted():
        assert triggers.standing() == []

    assert triggers.standing() == triggers.expected(connection.vendor)
