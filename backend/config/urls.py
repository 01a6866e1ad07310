"""Every room's addresses under one roof."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, re_path

from backend.config import api, health

ROOMS = [
    "backend.ui",
    "backend.accounts",
    "backend.people",
    "backend.notify",
    "backend.documents",
    "backend.audit",
    "backend.selection",
    "realtime",
    "certificates.credentials",
    "competitions.contests",
    "competitions.registration",
    "competitions.venues",
    "competitions.judges",
    "competitions.draw",
    "competitions.scoring",
    "competitions.results",
    "competitions.boards",
]

FOUND = [room for room in ROOMS if find_spec(f"{room}.urls")]

API: list[URLPattern | URLResolver] = [
    path("schema/", api.Schema.as_view(), name="schema"),
    path("docs/", api.docs, name="docs"),
    *(p for room in FOUND for p in getattr(import_module(f"{room}.urls"), "api_patterns", ())),
]

# A room's urls.py holds `urlpatterns` (pages) and may hold `api_patterns` (below /api/v1/).
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    *(path("", include(f"{room}.urls")) for room in FOUND),
    path("api/v1/", include((API, "api"))),
    re_path("^api/", api.unknown),
]

handler404 = "backend.ui.web.page_not_found"
handler403 = "backend.ui.web.permission_denied"
handler500 = "backend.ui.web.server_error"
