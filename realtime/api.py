"""The newest state of a public topic, for whoever has no socket; a CDN may hold it for a second."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, throttle_classes
from rest_framework.response import Response

from backend.core.errors import NotFound
from realtime import notices, projector


class NoticeSerializer(serializers.Serializer):
    topic = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.JSONField()
    changed_at = serializers.DateTimeField(allow_null=True)


@extend_schema(
    operation_id="read_notice",
    summary="Newest state of a public topic",
    parameters=[OpenApiParameter("topic", str, OpenApiParameter.PATH, description="kind:key, e.g. board:GZ-2026-046")],
    responses={200: NoticeSerializer, 304: None, 404: None},
)
@api_view(["GET"])
@authentication_classes([])
@throttle_classes([])
def notice(request: HttpRequest, topic: str) -> Response:
    """`{"topic", "version", "state", "changed_at"}`; 304 when If-None-Match names this version."""
    if not (projector.is_known(topic) and projector.is_public(topic)):
        raise NotFound()
    found: dict[str, Any] = notices.read(topic)
    headers = {"ETag": f'"{found["version"]}"', "Cache-Control": "public, max-age=1"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status=304, headers=headers)
    return Response(found, headers=headers)
