"""The command through a real process: exit codes and which stream says what."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.tabulation import canonical, tabulate
from tests.tabulation.documents import changed, of_totals

DOCUMENT = of_totals({"E1": "9", "E2": "8"})
ROOT = Path(__file__).parents[2]


def run(*argv: str, given: bytes = b"", module: bool = True) -> tuple[int, bytes, list[str]]:
    command = [sys.executable, "-m", "backend.tabulation"] if module else [sys.executable, "manage.py", "tabulate"]
    done = subprocess.run([*command, *argv], input=given, capture_output=True, cwd=ROOT, env=os.environ, check=False)
    return done.returncode, done.stdout, done.stderr.decode().splitlines()


def test_a_complete_result_is_canonical_json_and_one_newline(tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(json.dumps(DOCUMENT, indent=2).encode())

    assert run(str(file)) == (0, canonical(tabulate(DOCUMENT)) + b"\n", [])


def test_a_hyphen_reads_standard_input() -> None:
    assert run("-", given=canonical(DOCUMENT)) == (0, canonical(tabulate(DOCUMENT)) + b"\n", [])


def test_incomplete_results_are_written_with_their_own_exit_code() -> None:
    document = changed(DOCUMENT, "marks", to=[])

    assert run("-", given=canonical(document)) == (3, canonical(tabulate(document)) + b"\n", [])


def test_a_refusal_is_a_line_for_each_problem_and_nothing_else() -> None:
    document = changed(changed(DOCUMENT, "format", to=1), "entries", 0, "名称", to="x")

    code, out, lines = run("-", given=canonical(document))

    assert (code, out) == (2, b"")
    assert [line.partition(": ")[0] for line in lines] == ["$.format", "$.entries[0].名称"]


@pytest.mark.parametrize("text", [b"", b"\xff", b"{}x", b'{"a":1,"a":2}', b"[" * 99999])
def test_text_that_is_no_json_is_refused_at_the_root(text: bytes) -> None:
    code, out, lines = run("-", given=text)

    assert (code, out, len(lines)) == (2, b"", 1)
    assert lines[0].startswith("$: ")


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("a", "b"),
        ("--what",),
        ("-x",),
        ("nowhere/at/all.json",),
        (".",),
        ("--recount", "-"),
        ("-", "--recount"),
    ],
)
def test_wrong_usage_and_unreadable_files_are_refused(argv: tuple[str, ...]) -> None:
    code, out, lines = run(*argv, given=canonical(DOCUMENT))

    assert (code, out, len(lines)) == (2, b"", 1)


def test_importing_the_engine_does_not_import_django() -> None:
    program = "import sys, backend.tabulation.command; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_the_management_command_is_the_same_command() -> None:
    broken = changed(DOCUMENT, "format", to=1)
    incomplete = canonical(changed(DOCUMENT, "marks", to=[]))

    assert run("-", given=canonical(DOCUMENT), module=False) == run("-", given=canonical(DOCUMENT))
    assert run("-", given=canonical(broken), module=False) == run("-", given=canonical(broken))
    assert run("-", given=incomplete, module=False) == run("-", given=incomplete)
    assert run("--recount", "-", module=False) == run("--recount", "-")
    assert run(module=False) == run()
