"""Database triggers, installed after every migrate on both engines, so that a rebuilt table never loses one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: `{name}` and `{table}` are filled in; `postgres` is the body of a plpgsql function."""

    name: str
    table: str
    when: str  # for example "BEFORE UPDATE"
    sqlite: str  # statements between BEGIN and END; empty where SQLite has no such event (TRUNCATE)
    postgres: str  # statements between BEGIN and END of the function
    per_row: bool = True
    condition: str = ""  # SQLite WHEN clause


_registry: dict[str, Trigger] = {}


def register(trigger: Trigger) -> None:
    """Have a trigger installed after migrate."""
    _registry[trigger.name] = trigger


def append_only(table: str, *, deletable: bool = False) -> None:
    """Forbid UPDATE (and DELETE, TRUNCATE) on a table without exception."""
    events = ["UPDATE"] if deletable else ["UPDATE", "DELETE", "TRUNCATE"]
    for event in events:
        text = f"{table} is append-only"
        register(
            Trigger(
                name=f"{table}_no_{event.lower()}",
                table=table,
                when=f"BEFORE {event}",
                sqlite="" if event == "TRUNCATE" else f"SELECT RAISE(ABORT, '{text}');",
                postgres=f"RAISE EXCEPTION '{text}';",
                per_row=event != "TRUNCATE",
            )
        )


def expected(vendor: str) -> list[str]:
    """Names of the triggers that must stand on that engine (for the count in tests and start-up)."""
    return sorted(t.name for t in _registry.values() if vendor == "postgresql" or t.sqlite)


def standing(using: str = "default") -> list[str]:
    """Names of the registered triggers that do stand."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(name for (name,) in cursor.fetchall() if name in _registry)


def install(using: str = "default", **_: Any) -> None:
    """Create every registered trigger whose table exists; safe to repeat."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in _registry.values():
            if trigger.table in tables:
                for statement in _statements(trigger, connection.vendor):
                    cursor.execute(statement)


def _statements(t: Trigger, vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        scope = "ROW" if t.per_row else "STATEMENT"
        yield (
            f"CREATE OR REPLACE FUNCTION {t.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$body$ BEGIN {t.postgres} RETURN NEW; END $body$"
        )
        yield f"CREATE OR REPLACE TRIGGER {t.name} {t.when} ON {t.table} FOR EACH {scope} EXECUTE FUNCTION {t.name}()"
    elif t.sqlite:
        condition = f" WHEN {t.condition}" if t.condition else ""
        yield f"DROP TRIGGER IF EXISTS {t.name}"
        yield f"CREATE TRIGGER {t.name} {t.when} ON {t.table} FOR EACH ROW{condition} BEGIN {t.sqlite} END"


def drop(using: str = "default") -> None:
    """Without triggers until the next migrate or flush: what tests need to empty tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in standing(using):
            on = f" ON {_registry[name].table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Without triggers for a while; they stand again afterwards."""
    drop(using)
    try:
        yield
    finally:
        install(using)
