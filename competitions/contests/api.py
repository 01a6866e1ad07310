"""Public events as JSON."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.ui.acting import acting
from competitions.contests.models import EVENT, Event
from competitions.contests.selectors import event_of, events_of


class EventSerializer(serializers.ModelSerializer):
    """An event by its public code; no key of the database."""

    contest = serializers.CharField(source="edition.contest.name")
    edition = serializers.CharField(source="edition.name")
    year = serializers.IntegerField(source="edition.year")
    leading_group = serializers.CharField(source="leading_group.name")
    leading_group_code = serializers.CharField(source="leading_group.code")
    state = serializers.ChoiceField(choices=EVENT.states)

    class Meta:
        model = Event
        fields = (
            "code",
            "name",
            "name_en",
            "contest",
            "edition",
            "year",
            "division",
            "leading_group",
            "leading_group_code",
            "state",
            "registration_closes_at",
            "venue_name",
        )


class ByCode(CursorPagination):
    """Pages that stay right while events are added."""

    ordering = "code"
    page_size = 50


class EventList(ListAPIView):
    """The events that the caller may know of, by code."""

    serializer_class = EventSerializer
    pagination_class = ByCode

    def get_queryset(self) -> QuerySet[Event]:
        request: Any = self.request
        asked = request.query_params
        actor = acting(request)
        found = events_of(actor, state=asked.get("state", ""), group=asked.get("group", ""))
        return found.select_related("edition__contest", "leading_group")

    @extend_schema(
        operation_id="events",
        summary="Events",
        tags=["events"],
        parameters=[
            OpenApiParameter("state", str, enum=EVENT.states, description="only events in this state"),
            OpenApiParameter("group", str, description="only events led by the group with this code"),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class EventDetail(APIView):
    """One event."""

    @extend_schema(
        operation_id="event",
        summary="One event",
        tags=["events"],
        parameters=[OpenApiParameter("event_code", str, OpenApiParameter.PATH, description="such as GZ-2026-046")],
        responses=EventSerializer,
    )
    def get(self, request: Request, event_code: str) -> Response:
        actor = acting(request)
        return Response(EventSerializer(event_of(actor, event_code)).data)
