"""The command that speaks both formats: a tabulation in, results out."""

from collections.abc import Sequence
from typing import BinaryIO

from backend.tabulation.canonical import canonical
from backend.tabulation.errors import Refused
from backend.tabulation.results import tabulate

COMPLETE, REFUSED, INCOMPLETE = 0, 2, 3
USAGE = "usage: tabulate [--recount] FILE|-"


def main(argv: Sequence[str], stdin: BinaryIO, stdout: BinaryIO, stderr: BinaryIO) -> int:
    """Reads the file named in argv (`-` is stdin) and returns the exit code.

    argv: without the program's name. Standard output gets the results and a newline, or nothing; standard
    error one line a problem.
    """
    if "--recount" in argv:
        return _refuse(stderr, ["--recount: there is no second implementation to recount with"])
    if len(argv) != 1 or (argv[0].startswith("-") and argv[0] != "-"):
        return _refuse(stderr, [USAGE])
    try:
        text = _read(argv[0], stdin)
        results = tabulate(text)
    except OSError as error:
        return _refuse(stderr, [f"{argv[0]}: cannot be read: {error.strerror or error}"])
    except Refused as refused:
        return _refuse(stderr, [f"{path}: {message}" for path, message in refused.problems])
    stdout.write(canonical(results) + b"\n")
    stdout.flush()
    return COMPLETE if results["complete"] else INCOMPLETE


def _read(name: str, stdin: BinaryIO) -> bytes:
    if name == "-":
        return stdin.read()
    with open(name, "rb") as file:
        return file.read()


def _refuse(stderr: BinaryIO, lines: Sequence[str]) -> int:
    stderr.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    stderr.flush()
    return REFUSED
