"""Choosing the role one acts in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from backend.core.errors import NotAllowed, NotFound
from backend.people.selectors import grants_of


@require_http_methods(["GET", "POST"])
def role(request: HttpRequest) -> HttpResponse:
    """A person with several roles acts in one of them at a time."""
    if not request.user.is_authenticated:
        raise NotAllowed(link="/sign-in/?next=/role/")
    grants = grants_of(request.user)
    if request.method == "POST":
        chosen = next((g for g in grants if str(g.uid) == request.POST.get("grant")), None)
        if chosen is None:
            raise NotFound
        request.session["grant"] = str(chosen.uid)
        return redirect("/")
    return render(request, "people/role.html", {"grants": grants})
