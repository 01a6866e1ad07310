"""Verification for machines."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from certificates.credentials.selectors import by_token, verification_of


class VerificationSerializer(serializers.Serializer):
    state = serializers.ChoiceField(["valid", "revoked", "replaced"])
    number = serializers.CharField()
    holder = serializers.CharField(help_text="masked")
    issuer = serializers.CharField()
    issued_on = serializers.DateField()
    title = serializers.CharField(allow_blank=True)
    award = serializers.CharField(allow_blank=True)
    event = serializers.CharField(allow_blank=True)
    division = serializers.CharField(allow_blank=True)
    contest = serializers.CharField(allow_blank=True)
    school = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    replaced_by = serializers.CharField(allow_blank=True)
    facts_sha256 = serializers.CharField()


class VerifyView(APIView):
    """Whether a certificate is real, by the token in its QR code."""

    @extend_schema(
        operation_id="verify",
        responses={
            200: VerificationSerializer,
            404: OpenApiResponse(dict, description="application/problem+json"),
            429: OpenApiResponse(dict, description="application/problem+json"),
        },
    )
    def get(self, request: Request, token: str) -> Response:
        return Response(VerificationSerializer(verification_of(by_token(token))).data)
