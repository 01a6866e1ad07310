"""DomainError as application/problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException, NotFound, Throttled, ValidationError
from rest_framework.response import Response
from rest_framework.views import set_rollback

from backend.core.errors import DomainError, Invalid


def problem_of(error: DomainError) -> dict[str, Any]:
    """The problem document of a DomainError."""
    body: dict[str, Any] = {
        "type": f"about:blank#{error.code}",
        "title": str(error.message),
        "status": error.status,
        "code": error.code,
    }
    if isinstance(error, Invalid) and error.problems:
        body["problems"] = {k: [str(x) for x in (v if isinstance(v, list) else [v])] for k, v in error.problems.items()}
    if error.details:
        body["details"] = {k: str(v) for k, v in error.details.items()}
    return body


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: domain and DRF errors in one shape, everything else crashes loudly."""
    if isinstance(error, Http404):
        error = NotFound()
    if isinstance(error, DomainError):
        set_rollback()
        return Response(problem_of(error), status=error.status, content_type="application/problem+json")
    if not isinstance(error, APIException):
        return None
    set_rollback()
    detail = error.detail
    title = str(detail) if not isinstance(detail, dict | list) else str(error.default_detail)
    code = str(error.default_code)
    body: dict[str, Any] = {
        "type": f"about:blank#{code}",
        "title": title,
        "status": error.status_code,
        "code": code,
    }
    if isinstance(error, ValidationError):
        body["problems"] = detail if isinstance(detail, dict) else {"": detail}
    response = Response(body, status=error.status_code, content_type="application/problem+json")
    if isinstance(error, Throttled) and error.__dict__.get("wait") is not None:
        response["Retry-After"] = str(int(error.__dict__["wait"]) + 1)
    return response
