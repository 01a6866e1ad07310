"""The real application for P2 and P3, with two additions: states name the newest mark, and a bare view beside ours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from backend.config.asgi import application as whole
from backend.core import clock
from competitions.scoring.models import Aspect, Mark, Sheet
from realtime import projector
from realtime.models import Notice

real, renew = projector._builders["board"], projector._sources["totals"]


def renewed(key: str, parts: set[str]) -> Iterable[str]:
    """The real totals, and beside them the newest mark that they were renewed after."""
    newest = Mark.objects.order_by("-pk").values_list("pk", flat=True).first()
    Notice.objects.update_or_create(topic=f"upto:{key}", defaults={"state": {"upto": newest or 0}})
    return renew(key, parts)


def build(key: str, parts: set[str]) -> dict[str, Any]:
    """The real board, and the newest mark in its totals, so that a viewer can tell which marks it has seen."""
    found = Notice.objects.filter(topic=f"upto:{key}").first()
    return {"upto": found.state["upto"] if found else 0} | real(key, parts)


projector.source("totals", renewed)
projector.builder("board", build, public=True)


@csrf_exempt
@transaction.atomic
def bare(request: HttpRequest) -> JsonResponse:
    """P3's limit: the same rows inserted in one statement, with no sign-in, no locks, no rules, no audit."""
    marks = json.loads(request.body)["marks"]
    sheets = dict(Sheet.objects.filter(uid__in={m["sheet"] for m in marks}).values_list("uid", "pk"))
    aspects = dict(Aspect.objects.filter(uid__in={m["aspect"] for m in marks}).values_list("uid", "pk"))
    by_text = {str(uid): pk for uid, pk in (sheets | aspects).items()}
    now = clock.now()
    rows = [
        Mark(
            client_id=m["client_id"],
            sheet_id=by_text[m["sheet"]],
            aspect_id=by_text[m["aspect"]],
            attempt=1,
            sequence=m["sequence"],
            value=m["value"],
            taken_at=now,
        )
        for m in marks
    ]
    Mark.objects.bulk_create(rows)
    return JsonResponse({"taken": len(rows)})


import_module(settings.ROOT_URLCONF).urlpatterns.append(path("bare", bare))
application = whole
