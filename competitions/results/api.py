"""Published results for machines."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.ui.acting import acting
from competitions.results.selectors import award_rows, publication_of


class RowSerializer(serializers.Serializer):
    rank = serializers.IntegerField(allow_null=True)
    award = serializers.CharField()
    award_name = serializers.CharField(allow_blank=True)
    school = serializers.CharField()
    team = serializers.IntegerField()
    contestants = serializers.ListField(child=serializers.CharField())
    instructors = serializers.ListField(child=serializers.CharField())


class ResultsSerializer(serializers.Serializer):
    event = serializers.CharField()
    published = serializers.BooleanField()
    number = serializers.IntegerField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField(allow_blank=True)
    rows = RowSerializer(many=True)


class ResultsView(APIView):
    """An event's newest award list; before the first publication `published` is false and `rows` is empty."""

    @extend_schema(
        operation_id="event_results",
        responses={
            200: ResultsSerializer,
            404: OpenApiResponse(dict, description="application/problem+json"),
            429: OpenApiResponse(dict, description="application/problem+json"),
        },
    )
    def get(self, request: Request, event_code: str) -> Response:
        event, found = publication_of(acting(request), event_code)
        body = {
            "event": event.code,
            "published": found is not None,
            "number": found.number if found else None,
            "published_at": found.published_at if found else None,
            "sha256": found.snapshot_sha256 if found else "",
            "rows": award_rows(found) if found else [],
        }
        return Response(ResultsSerializer(body).data)
