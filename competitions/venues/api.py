"""The API of check-in desks: the list to take along, and verdicts in batches."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.ui.acting import acting
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.venues.enums import Method, Paper, Reason, Verdict
from competitions.venues.permissions import may_check_in
from competitions.venues.selectors import doors_list, sessions_of
from competitions.venues.services import Scan, record_scans

BATCH = 50
PROBLEMS = {code: OpenApiResponse(dict, description="application/problem+json") for code in (400, 403, 404, 415, 429)}
# A desk whose sign-in has ended is told so (403): what it said is kept there, not refused here.
SIGNED_IN = [IsAuthenticated]


class DoorSessionSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    round = serializers.UUIDField(help_text="a team has one place per round")
    venue = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class DoorEventSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)


class DoorCardSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    digest = serializers.CharField(help_text="SHA-256 of the card's token, hexadecimal")
    ended = serializers.BooleanField()


class ExpectedSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    school = serializers.CharField()
    team = serializers.IntegerField()
    inside = serializers.BooleanField(help_text="let in already, by any desk")
    places = serializers.ListField(child=serializers.UUIDField(), help_text="sessions in which the team has a place")
    cards = DoorCardSerializer(many=True)


class DoorsSerializer(serializers.Serializer):
    event = DoorEventSerializer()
    papers = serializers.ListField(child=serializers.ChoiceField([str(p) for p in Paper]))
    late_minutes = serializers.IntegerField()
    sessions = DoorSessionSerializer(many=True)
    people = ExpectedSerializer(many=True)
    made_at = serializers.DateTimeField()


class ScanSerializer(serializers.Serializer):
    client_id = serializers.UUIDField()
    member = serializers.UUIDField(required=False, allow_null=True)
    card = serializers.UUIDField(required=False, allow_null=True)
    session = serializers.UUIDField(required=False, allow_null=True)
    method = serializers.ChoiceField([str(m) for m in Method])
    verdict = serializers.ChoiceField([str(v) for v in Verdict])
    reasons = serializers.ListField(child=serializers.ChoiceField([str(r) for r in Reason]), default=list, max_length=9)
    papers = serializers.ListField(child=serializers.ChoiceField([str(p) for p in Paper]), default=list, max_length=3)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    scanned_at = serializers.DateTimeField()


class ScansSerializer(serializers.Serializer):
    sent_at = serializers.DateTimeField(required=False, allow_null=True, help_text="the desk's clock on sending")
    scans = ScanSerializer(many=True, max_length=BATCH)  # type: ignore[call-arg]


class ScanVerdictSerializer(serializers.Serializer):
    client_id = serializers.UUIDField()
    verdict = serializers.ChoiceField(["taken", "known", "refused"])
    code = serializers.CharField(allow_blank=True)
    message = serializers.CharField(allow_blank=True)
    conflict = serializers.BooleanField()


class ScanVerdictsSerializer(serializers.Serializer):
    verdicts = ScanVerdictSerializer(many=True)


def _event(actor: Actor, event_code: str) -> Event:
    event = event_of(actor, event_code)
    if not may_check_in(actor, event):
        raise NotFound
    return event


class DoorsView(APIView):
    """Who is expected at a session, to be kept on the desk: names and digests of cards, no number and no phone."""

    permission_classes = SIGNED_IN

    @extend_schema(
        operation_id="checkin_list",
        parameters=[OpenApiParameter("session", UUID, description="uid of a session; without: the whole event")],
        responses={200: DoorsSerializer, **PROBLEMS},
    )
    def get(self, request: Request, event_code: str) -> Response:
        event = _event(acting(request), event_code)
        field = serializers.UUIDField(required=False, allow_null=True)
        given = request.query_params.get("session") or None
        uid = field.run_validation(given) if given else None
        session = sessions_of(event).filter(uid=uid).first() if uid else None
        if uid and session is None:
            raise NotFound
        return Response(DoorsSerializer(doors_list(event, session)).data)


class ScansView(APIView):
    """Takes at most 50 verdicts of one desk: one answer each; a scan sent twice is known and counted once."""

    permission_classes = SIGNED_IN

    @extend_schema(
        operation_id="checkin_scans", request=ScansSerializer, responses={200: ScanVerdictsSerializer, **PROBLEMS}
    )
    def post(self, request: Request, event_code: str) -> Response:
        actor = acting(request)
        event = _event(actor, event_code)
        form = ScansSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        scans = [
            Scan(**{**line, "reasons": tuple(line["reasons"]), "papers": tuple(line["papers"])})
            for line in form.validated_data["scans"]
        ]
        verdicts = record_scans(actor=actor, event=event, scans=scans, sent_at=form.validated_data.get("sent_at"))
        return Response(ScanVerdictsSerializer({"verdicts": verdicts}).data)
