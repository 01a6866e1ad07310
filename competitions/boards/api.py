"""The public board as JSON."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.ui.acting import acting
from competitions.boards.projections import newest_board
from competitions.contests.selectors import event_of


class BoardSerializer(serializers.Serializer):
    """state: what the organiser's chosen mode allows; version rises with every change."""

    topic = serializers.CharField()
    version = serializers.IntegerField()
    changed_at = serializers.DateTimeField(allow_null=True)
    state = serializers.DictField()


class EventBoard(APIView):
    """Newest state of the public board; a CDN may keep it for a second."""

    @extend_schema(
        operation_id="event_board",
        summary="The public board of an event",
        tags=["events"],
        parameters=[OpenApiParameter("event_code", str, OpenApiParameter.PATH, description="such as GZ-2026-046")],
        responses=BoardSerializer,
    )
    def get(self, request: Request, event_code: str) -> Response:
        found = dict(newest_board(event_code))
        if found.pop("draft"):
            event_of(acting(request), event_code)
            return Response(found, headers={"Cache-Control": "private, no-store"})
        return Response(found, headers={"Cache-Control": "public, max-age=1"})
