"""The judge's API: desk, sheets, marks, submitting. Session sign-in, codes only."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.tabulation import Status
from backend.ui.acting import acting
from competitions.scoring.models import SHEET
from competitions.scoring.selectors import desk_of, sheet_of
from competitions.scoring.services import MarkItem, record_marks, submit_sheet
from competitions.scoring.services.submitting import Word

BATCH = 200
PROBLEMS = {
    code: OpenApiResponse(dict, description="application/problem+json") for code in (400, 403, 404, 409, 415, 422, 429)
}


class MarkSerializer(serializers.Serializer):
    client_id = serializers.UUIDField()
    sheet = serializers.UUIDField()
    aspect = serializers.UUIDField()
    value = serializers.DecimalField(max_digits=6, decimal_places=2, allow_null=True, min_value=0)
    tapped_at = serializers.DateTimeField(required=False, allow_null=True)


class MarksSerializer(serializers.Serializer):
    marks = MarkSerializer(many=True, max_length=BATCH)  # type: ignore[call-arg]


class VerdictSerializer(serializers.Serializer):
    client_id = serializers.UUIDField()
    verdict = serializers.ChoiceField(["taken", "known", "refused"])
    code = serializers.CharField(allow_blank=True)
    message = serializers.CharField(allow_blank=True)


class VerdictsSerializer(serializers.Serializer):
    verdicts = VerdictSerializer(many=True)


class WordSerializer(serializers.Serializer):
    aspect = serializers.UUIDField()
    agrees = serializers.BooleanField()
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class SubmitSerializer(serializers.Serializer):
    client_id = serializers.UUIDField(required=False)
    confirmations = WordSerializer(many=True, required=False)


class SeatSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    number = serializers.IntegerField()
    duty = serializers.CharField(allow_blank=True)
    records = serializers.BooleanField(help_text="enters the measurements for the panel")
    panel = serializers.CharField()


class DeskEventSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)
    state = serializers.CharField()


class DeskSchemeSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    version = serializers.IntegerField()
    title = serializers.CharField()


class DeskWorkSerializer(serializers.Serializer):
    """done and all count the judge's own sheets."""

    uid = serializers.UUIDField()
    code = serializers.CharField()
    status = serializers.ChoiceField([str(status) for status in Status])
    done = serializers.IntegerField()
    all = serializers.IntegerField()
    total_max = serializers.CharField()


class SubCriterionSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    criterion = serializers.CharField()
    criterion_name = serializers.CharField(allow_blank=True)
    max = serializers.CharField()
    position = serializers.IntegerField()


class SheetLineSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    work = serializers.UUIDField()
    sub_criterion = serializers.CharField()
    state = serializers.ChoiceField(SHEET.states)
    attempt = serializers.IntegerField()


class DeskSerializer(serializers.Serializer):
    seat = SeatSerializer()
    event = DeskEventSerializer()
    scheme = DeskSchemeSerializer(allow_null=True)
    works = DeskWorkSerializer(many=True)
    sub_criteria = SubCriterionSerializer(many=True)
    sheets = SheetLineSerializer(many=True)


class SheetWorkSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    code = serializers.CharField()


class SheetAspectSerializer(serializers.Serializer):
    """value: the judge's own; panel_value: the recorder's measurement once it may be read; all written as text."""

    uid = serializers.UUIDField()
    code = serializers.CharField()
    kind = serializers.ChoiceField(["M", "J"])
    name = serializers.CharField()
    extra = serializers.CharField(allow_blank=True)
    requirement = serializers.CharField(allow_blank=True)
    max = serializers.CharField()
    levels = serializers.ListField(child=serializers.CharField(allow_blank=True))
    value = serializers.CharField(allow_null=True)
    panel_value = serializers.CharField(allow_null=True)
    recorder = serializers.BooleanField()
    word = serializers.ChoiceField(["agrees", "disputes"], allow_null=True)
    spread = serializers.BooleanField()


class ColleagueSerializer(serializers.Serializer):
    seat = serializers.IntegerField()
    values = serializers.DictField(child=serializers.CharField(allow_blank=True))


class SheetSerializer(serializers.Serializer):
    """others: every seat's levels by aspect code; null until all of the panel have submitted."""

    uid = serializers.UUIDField()
    state = serializers.ChoiceField(SHEET.states)
    attempt = serializers.IntegerField()
    work = SheetWorkSerializer()
    sub_criterion = SubCriterionSerializer()
    aspects = SheetAspectSerializer(many=True)
    others = ColleagueSerializer(many=True, allow_null=True)


# A tablet whose sign-in has ended is told so (403): its taps are kept there, not judged and refused here.
SIGNED_IN = [IsAuthenticated]


class DeskView(APIView):
    """The acting judge's seat, works, sub-criteria and sheets."""

    permission_classes = SIGNED_IN

    @extend_schema(operation_id="judge_desk", responses={200: DeskSerializer, **PROBLEMS})
    def get(self, request: Request) -> Response:
        return Response(desk_of(acting(request)))


class SheetView(APIView):
    """One own sheet; colleagues' levels only once all of the panel have submitted."""

    permission_classes = SIGNED_IN

    @extend_schema(operation_id="judge_sheet", responses={200: SheetSerializer, **PROBLEMS})
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(sheet_of(acting(request), uid))


class MarksView(APIView):
    """Takes taps: one verdict each; a tap sent twice is known and counted once."""

    permission_classes = SIGNED_IN

    @extend_schema(operation_id="judge_marks", request=MarksSerializer, responses={200: VerdictsSerializer, **PROBLEMS})
    def post(self, request: Request) -> Response:
        form = MarksSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        items = [MarkItem(**{"tapped_at": None, **mark}) for mark in form.validated_data["marks"]]
        actor = acting(request)
        verdicts = record_marks(actor=actor, items=items, device=actor.device)
        return Response(VerdictsSerializer({"verdicts": verdicts}).data)


class SubmitView(APIView):
    """Hands a sheet in; handing it in twice is once."""

    permission_classes = SIGNED_IN

    @extend_schema(
        operation_id="judge_submit",
        request=SubmitSerializer,
        responses={200: SheetSerializer, **PROBLEMS},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        form = SubmitSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data.get("confirmations", [])
        actor = acting(request)
        words = {w["aspect"]: Word(w["agrees"], w["reason"]) for w in given}
        submit_sheet(actor=actor, sheet_uid=uid, words=words)
        return Response(sheet_of(actor, uid))
