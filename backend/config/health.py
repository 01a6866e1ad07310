"""What a load balancer and a monitor ask: does the process live, and is it ready to serve."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing about the database, so that a broken one does not restart every process."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database and Redis answer, otherwise 503 with the part that does not."""
    parts = {"database": _database(), "redis": _redis()}
    good = all(parts.values())
    return JsonResponse({"ready": good, **parts}, status=200 if good else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis() -> bool:
    if not settings.REDIS_URL:
        return True  # embedded: there is none to ask
    import redis

    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        return False
    return True
