"""The API's assembly: its schema with every problem documented, its pages, and the answer to unknown addresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView

from backend.core.errors import NotFound

PROBLEM = {
    "type": "object",
    "description": "What cannot be done and how to mend it (RFC 9457).",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "description": "about:blank# and the code"},
        "title": {"type": "string", "description": "a sentence for people, in the reader's language"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "the stable name of the fact, for programs"},
        "problems": {"type": "object", "description": "per field: everything that is wrong with it"},
        "details": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
# What any address can answer: refused by a gate before the room is reached.
ALWAYS = {"400": "Not understood.", "404": "No such thing, or not yours to see.", "405": "Not with this method."}
ALWAYS |= {"406": "Not in this media type.", "429": "Too many requests; Retry-After says when."}
WRITES = {
    "403": "Not signed in, or not allowed.",
    "415": "Send application/json.",
    "422": "Input that cannot be taken.",
}
WRITES |= {"409": "Not in the present state."}
METHODS = {"get", "put", "post", "delete", "patch"}


class Schema(SpectacularAPIView):
    """The API's description, OpenAPI 3.1."""

    throttle_classes = ()

    @extend_schema(exclude=True)
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().get(request, *args, **kwargs)


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The API's description to read and to try, served from here alone."""
    return render(request, "config/api_docs.html")


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    """Whatever is asked below /api/ and does not exist, with whichever method."""
    raise NotFound


def document_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Every operation names its refusals, all of one shape and media type."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for methods in result["paths"].values():
        for method, operation in methods.items():
            if method in METHODS:
                _document(operation, writes=method != "get" or bool(operation.get("security")))
    return result


def _document(operation: dict[str, Any], *, writes: bool) -> None:
    responses = operation["responses"]
    wanted = ALWAYS | (WRITES if writes else {})
    told = {code: str(r.get("description", "")) for code, r in responses.items() if code >= "400"}
    for code in sorted(wanted.keys() | told.keys()):
        description = wanted.get(code) or told.get(code, "")
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses[code] = {"description": description, "content": content}
