"""The limit that P13 stands beside: the same rows, pictures and files without any program around them.

`python -m tests.bench.bare_submissions NUMBER TIMES`: one process writes so many submissions into plain tables of the
database of DATABASE_URL, each in three transactions as ours, and prints their seconds. Nothing is asked or judged.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from PIL import Image

TABLES = ("school", "entry", "person", "member", "content", "document", "submission", "audit")
ROW = "x" * 200  # about what one of our rows holds
TEAM = 3


def prepare(database: psycopg.Connection[Any]) -> None:
    for table in TABLES:
        database.execute(
            f"CREATE TABLE IF NOT EXISTS bare_{table} (id bigserial PRIMARY KEY, of bigint, key text UNIQUE, row text)"
        )


def picture(n: int) -> bytes:
    """As heavy as those of `tests.bench.deadline`."""
    out = io.BytesIO()
    Image.effect_noise((413, 579), 20 + n % 60).convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


def packed_again(sent: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(sent)) as opened:
        opened.save(out, "JPEG", quality="keep")
    return out.getvalue()


def insert(database: psycopg.Connection[Any], table: str, of: int, *keys: str) -> int:
    values = ", ".join(["(%s, %s, %s)"] * len(keys))
    given = [value for key in keys for value in (of, key, ROW)]
    found = database.execute(f"INSERT INTO bare_{table} (of, key, row) VALUES {values} RETURNING id", given).fetchone()
    assert found
    return int(found[0])


def submit(database: psycopg.Connection[Any], name: str, school: int, pictures: list[bytes], folder: Path) -> None:
    people = [f"{name}-{k}" for k in range(TEAM)]
    with database.transaction():
        database.execute("SELECT * FROM bare_school WHERE id = %s FOR UPDATE", [school])
        entry = insert(database, "entry", school, name)
        insert(database, "member", insert(database, "person", entry, *people), *people)
        insert(database, "audit", entry, f"{name}-entered")
    with database.transaction():
        for person, sent in zip(people, pictures, strict=True):
            (folder / person).write_bytes(packed_again(sent))
        insert(database, "content", entry, *people)
        insert(database, "document", entry, *people)
        insert(database, "audit", entry, *(f"{person}-handed" for person in people))
    with database.transaction():
        database.execute("SELECT * FROM bare_school WHERE id = %s FOR UPDATE", [school])
        database.execute("UPDATE bare_entry SET row = %s WHERE id = %s", ["submitted", entry])
        insert(database, "submission", entry, name)
        insert(database, "audit", entry, f"{name}-submitted")


def main(number: int, times: int) -> None:
    pictures = [picture(number * 1000 + n) for n in range(20)]
    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database,
        tempfile.TemporaryDirectory() as folder,
    ):
        with database.transaction():
            database.execute("SELECT pg_advisory_xact_lock(1)")  # the first of them makes the tables
            prepare(database)
        schools = [insert(database, "school", 0, f"{number}-{n}") for n in range(times)]
        print("ready", flush=True)
        sys.stdin.readline()
        started = time.perf_counter()
        for n, school in enumerate(schools):
            sent = [pictures[(n + k) % len(pictures)] for k in range(TEAM)]
            submit(database, f"{number}-{n}", school, sent, Path(folder))
        print(json.dumps({"submitted": times, "seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
