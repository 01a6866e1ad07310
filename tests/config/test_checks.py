"""A wrong set-up does not start: one clear line for each fault, exit code 2."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.processes import KEYS, ROOT, embedded_state, environment, production_state

NOWHERE = {**KEYS, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}


def start(env: dict[str, str], command: str = "checks_start") -> tuple[int, list[str]]:
    """Exit code and the lines on stderr of one start."""
    done = subprocess.run(
        [sys.executable, "manage.py", command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    return done.returncode, [line for line in done.stderr.splitlines() if line.startswith("Cannot start: ")]


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is empty"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 40}, "SECRET_KEY is a placeholder"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is a placeholder or shorter"),
        ({"FIELD_KEYS": ""}, "FIELD_KEYS is empty"),
        ({"FIELD_KEYS": "a:c2hvcnQ="}, "FIELD_KEYS holds a key that is not 32 bytes"),
        ({"INDEX_KEY": ""}, "INDEX_KEY is empty"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is empty or *"),
        ({"PROCESSES": "2", "REDIS_URL": ""}, "PROCESSES=2 without REDIS_URL"),
    ],
)
def test_a_production_start_names_its_fault(fault: dict[str, str], word: str) -> None:
    code, lines = start(environment(**{**NOWHERE, **fault}))

    assert code == 2
    assert [line.removeprefix("Cannot start: ").startswith(word) for line in lines] == [True]


def test_all_faults_are_named_at_once() -> None:
    code, lines = start(environment(**{**NOWHERE, "DEBUG": "1", "INDEX_KEY": "", "ALLOWED_HOSTS": ""}), "serve")

    assert (code, len(lines)) == (2, 3)


def test_the_asgi_entry_refuses_as_the_commands_do() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import backend.config.asgi"],
        cwd=ROOT,
        env=environment(**{**NOWHERE, "SECRET_KEY": ""}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr.count("Cannot start: ")) == (2, 1)


def test_a_database_that_does_not_answer_is_named() -> None:
    code, lines = start(environment(**NOWHERE))

    assert code == 2
    assert lines[0].startswith("Cannot start: The database does not answer: ")


def test_an_embedded_start_needs_nothing_but_its_own_keys() -> None:
    with embedded_state() as env:
        first = start(env)
        keys = f"{env['STATE_DIR']}/keys"
        subprocess.run(["rm", keys], check=True)
        with_other_keys = start(env)

    assert first == (0, [])
    assert with_other_keys[0] == 2
    assert with_other_keys[1][0].startswith(
        "Cannot start: This database was filled with other keys: the keys in STATE_DIR"
    )


@pytest.mark.parametrize("command", ["checks_start", "demo", "serve"])
def test_a_state_folder_without_fonts_is_named_before_anything_is_held_back(command: str) -> None:
    with embedded_state() as env:
        (Path(env["STATE_DIR"]) / "vendor").unlink()
        code, lines = start(env, command)

    assert code == 2
    assert [line.startswith("Cannot start: Fonts and front-end assets are not in ") for line in lines] == [True]


def test_embedded_mode_is_one_process() -> None:
    code, lines = start(environment(PROCESSES="2", STATE_DIR="var"))

    assert (code, len(lines)) == (2, 1)


@pytest.fixture(scope="module")
def production() -> Iterator[dict[str, str]]:
    if "PostgreSQL" in services.missing():
        pytest.skip("needs PostgreSQL")
    with production_state() as env:
        yield env


@pytest.mark.postgres
def test_a_right_start_is_silent_and_repeatable(production: dict[str, str]) -> None:
    assert [start(production), start(production)] == [(0, []), (0, [])]


@pytest.mark.postgres
def test_keys_that_are_not_the_databases_are_refused(production: dict[str, str]) -> None:
    assert start(production) == (0, [])
    other = "x:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="

    replaced = start({**production, "FIELD_KEYS": other})
    added = start({**production, "FIELD_KEYS": f"{other},{KEYS['FIELD_KEYS']}"})
    other_index = start({**production, "INDEX_KEY": other.partition(":")[2]})

    word = "Cannot start: This database was filled with other keys: FIELD_KEYS and INDEX_KEY"
    assert [(code, line.startswith(word)) for code, (line,) in (replaced, other_index)] == [(2, True)] * 2
    assert added == (0, [])


@pytest.mark.postgres
def test_a_database_that_is_not_migrated_is_refused(production: dict[str, str]) -> None:
    import psycopg

    with psycopg.connect(production["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'scoring'")
    try:
        assert start(production) == (
            2,
            ["Cannot start: The database is not up to date; run: python manage.py migrate"],
        )
    finally:
        with psycopg.connect(production["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('scoring', '0001_initial', now())"
            )
