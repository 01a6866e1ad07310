"""Reading one JSON object field by field, collecting every complaint with its path."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from backend.tabulation.exact import LONGEST_DECIMAL, decimal_of

Choice = TypeVar("Choice", bound=StrEnum)


class _Required:
    """The type of the one value that says: this key has no default."""


REQUIRED: Final = _Required()
_MISSING: Final = object()
_CONTROLS = {number: f"\\u{number:04x}" for number in range(32)}


class Findings:
    """Everything wrong with a document so far, in reading order."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def add(self, path: str, message: str) -> None:
        self.problems.append((path.translate(_CONTROLS), message.translate(_CONTROLS)))


class Fields:
    """One JSON object: every question makes its key a known one, `close` refuses the keys nobody asked for.

    A question that finds something wrong notes it and answers with a harmless value.
    """

    def __init__(self, raw: object, path: str, findings: Findings) -> None:
        self.path = path
        self.findings = findings
        self._asked: set[str] = set()
        self.broken = type(raw) is not dict
        self._raw: dict[str, object] = raw if isinstance(raw, dict) and not self.broken else {}
        if self.broken:
            findings.add(path, "must be an object")

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def given_text(self, key: str) -> str:
        """The text that stands there, asked without complaint."""
        found = self._raw.get(key)
        return found if type(found) is str else ""

    def complain(self, key: str, message: str) -> None:
        self.findings.add(f"{self.path}.{key}", message)

    def close(self) -> None:
        for key in self._raw:
            if key not in self._asked:
                self.complain(key, "is not a key that belongs here")

    def raw(self, key: str, *, required: bool) -> object:
        """The value as it stands, or a marker when the key is missing; see `given`."""
        self._asked.add(key)
        found = self._raw.get(key, _MISSING)
        if found is _MISSING and required and not self.broken:
            self.complain(key, "is required")
        return found

    def text(self, key: str, default: str | _Required = REQUIRED) -> str:
        found = self.raw(key, required=default is REQUIRED)
        if found is _MISSING:
            return default if isinstance(default, str) else ""
        if type(found) is str:
            return found
        self.complain(key, "must be a string")
        return ""

    def code(self, key: str) -> str:
        """A required, non-empty string; "" when it is not, which no valid code is."""
        found = self.text(key)
        if found == "" and self._raw.get(key) == "":
            self.complain(key, "must not be empty")
        return found

    def choice(self, key: str, options: type[Choice], default: Choice | _Required = REQUIRED) -> Choice:
        found = self.raw(key, required=default is REQUIRED)
        fallback = next(iter(options)) if isinstance(default, _Required) else default
        if found is _MISSING:
            return fallback
        if type(found) is str and found in set(options):
            return options(found)
        self.complain(key, ("must be one of " if len(options) > 1 else "must be ") + ", ".join(options))
        return fallback

    def whole(
        self,
        key: str,
        *,
        least: int = 0,
        most: int | None = None,
        default: int | _Required = REQUIRED,
        otherwise: int | None = None,
    ) -> int:
        """otherwise: the answer for a wrong value, where the least would make right values look wrong."""
        found = self.raw(key, required=default is REQUIRED)
        instead = least if otherwise is None else otherwise
        if found is _MISSING:
            return instead if isinstance(default, _Required) else default
        if type(found) is int and least <= found and (most is None or found <= most):
            return found
        bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
        self.complain(key, f"must be an integer {bounds}")
        return instead

    def decimal(self, key: str, *, required: bool = False, negative: bool = False) -> Decimal | None:
        """The number, or None when the key is missing or wrong."""
        found = self.raw(key, required=required)
        if found is _MISSING:
            return None
        number = number_at(f"{self.path}.{key}", found, self.findings)
        if number is not None and number < 0 and not negative:
            self.complain(key, "must not be below 0")
            return None
        return number

    def fraction(self, key: str, *, required: bool = False, negative: bool = False) -> Fraction | None:
        number = self.decimal(key, required=required, negative=negative)
        return None if number is None else Fraction(number)

    def flag(self, key: str, *, default: bool) -> bool:
        found = self.raw(key, required=False)
        if found is _MISSING:
            return default
        if found is True or found is False:
            return found
        self.complain(key, "must be true or false")
        return default

    def items(self, key: str, *, required: bool = True, may_be_empty: bool = True) -> list[object]:
        found = self.raw(key, required=required)
        if found is _MISSING:
            return []
        if type(found) is not list:
            self.complain(key, "must be a list")
            return []
        if not found and not may_be_empty:
            self.complain(key, "must not be empty")
        return found

    def objects(self, key: str) -> Iterator["Fields"]:
        for place, raw in enumerate(self.items(key)):
            yield Fields(raw, f"{self.path}.{key}[{place}]", self.findings)

    def inner(self, key: str) -> "Fields":
        """A required object."""
        found = self.raw(key, required=True)
        nested = Fields({} if found is _MISSING else found, f"{self.path}.{key}", self.findings)
        nested.broken = nested.broken or found is _MISSING
        return nested


def number_at(path: str, raw: object, findings: Findings) -> Decimal | None:
    number = decimal_of(raw)
    if number is None:
        findings.add(path, f"must be a decimal string of at most {LONGEST_DECIMAL} characters")
    return number


def code_at(path: str, raw: object, findings: Findings) -> str:
    if type(raw) is str and raw:
        return raw
    findings.add(path, "must be a code, a string that is not empty")
    return ""


def pair_at(path: str, raw: object, findings: Findings) -> tuple[object, object] | None:
    if isinstance(raw, list) and len(raw) == 2:
        return raw[0], raw[1]
    findings.add(path, "must be a list of two")
    return None


def refuse_repeats(codes: list[tuple[str, str]], findings: Findings) -> None:
    """codes: (path, code) pairs; the second use of a code is a problem, an unreadable code ("") is not."""
    seen: set[str] = set()
    for path, code in codes:
        if code and code in seen:
            findings.add(path, f"uses the code {code} a second time")
        seen.add(code)
