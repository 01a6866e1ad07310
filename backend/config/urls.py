"""Every room's addresses under one roof."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    "backend.ui",
    "backend.accounts",
    "backend.people",
    "backend.notify",
    "backend.audit",
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

# A room's urls.py holds `urlpatterns` (pages) and may hold `api_patterns` (below /api/v1/).
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{room}.urls")) for room in ROOMS if find_spec(f"{room}.urls")
]

handler404 = "backend.ui.web.not_found"
handler403 = "backend.ui.web.forbidden"
handler500 = "backend.ui.web.crashed"
