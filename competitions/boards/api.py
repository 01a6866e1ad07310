"""The public board as JSON."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.request import Request
from rest_framework.response import Response

from competitions.boards.projections import newest_board
from competitions.contests.selectors import event_of


class BoardSerializer(serializers.Serializer):
    """state: what the organiser's chosen mode allows; version rises with every change."""

    topic = serializers.CharField()
    version = serializers.IntegerField()
    changed_at = serializers.DateTimeField(allow_null=True)
    state = serializers.DictField()


@extend_schema(  # type: ignore[untyped-decorator]
    operation_id="event_board",
    summary="The public board of an event",
    tags=["events"],
    parameters=[OpenApiParameter("event_code", str, OpenApiParameter.PATH, description="such as GZ-2026-046")],
    responses={200: BoardSerializer, 404: OpenApiResponse(description="No such event.")},
)
@api_view(["GET"])
@authentication_classes([])
def board(request: Request, event_code: str) -> Response:
    """Newest state of `board:<event code>`; a CDN may keep it for a second."""
    found = dict(newest_board(event_code))
    if found.pop("draft"):
        event_of(request._request.actor, event_code)
    return Response(found, headers={"Cache-Control": "public, max-age=1"})
