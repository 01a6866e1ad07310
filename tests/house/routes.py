"""Every address of the product, from the URL conf itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """name: with its namespaces, or the pattern where it has none. kwargs: what its address needs."""

    name: str
    pattern: str
    kwargs: tuple[str, ...]

    def address(self, values: dict[str, str]) -> str:
        if ":" not in self.name:
            return "/" + self.pattern.strip("^$")
        return reverse(self.name, kwargs={key: values[key] for key in self.kwargs})

    @property
    def in_api(self) -> bool:
        return self.pattern.startswith(("api/", "^api/"))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[Route]:
    for found in patterns:
        pattern = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from _walk(found.url_patterns, pattern, inner)
            continue
        kwargs = tuple(found.pattern.converters) or tuple(found.pattern.regex.groupindex)
        yield Route(f"{space}{found.name}" if found.name else pattern, pattern, kwargs)


def all_routes() -> list[Route]:
    """In the order of the URL conf; static files are no route."""
    return list(_walk(get_resolver().url_patterns, "", ""))
