"""From bytes to a JSON value, refusing what two readers could understand differently."""

import json
from typing import NoReturn

from backend.tabulation.errors import Refused


def parsed(text: bytes) -> object:
    """The JSON value; raises Refused at `$` for text that is not UTF-8 JSON or repeats a key."""
    try:
        return json.loads(text.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise Refused([("$", f"is not UTF-8 text (byte {error.start})")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refused([("$", f"is not JSON ({where}: {error.msg})")]) from error
    except RecursionError as error:
        raise Refused([("$", "is nested too deeply")]) from error
    except Refused:
        raise
    except ValueError as error:
        raise Refused([("$", "has an integer of thousands of digits")]) from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused([("$", f"has the key {json.dumps(twice)} twice in one object")])
    return found


def _constant(name: str) -> NoReturn:
    raise Refused([("$", f"is not JSON ({name} is no JSON number)")])
