"""Signing in and out, by password or by card."""

from __future__ import annotations

import secrets
import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts import services
from backend.accounts.errors import CardRefused, CodeRefused, SignInRefused, TooManyTries
from backend.accounts.forms import CardForm, CodeForm, SignInForm
from backend.accounts.models import SignIn, SignInCard, User
from backend.accounts.rulebook import device_name
from backend.accounts.selectors import has_second_factor
from backend.core.errors import DomainError
from backend.core.vault import blind_index
from backend.ui.acting import acting

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING_SECONDS = 300  # between the password and the code
BROWSER_COOKIE, BROWSER_SECONDS = "browser", 400 * 24 * 3600


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def onward(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site, or the first page."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


def device_of(request: HttpRequest) -> str:
    return device_name(request.headers.get("User-Agent", ""))


def _known_browser(request: HttpRequest) -> str:
    """The random key that this browser keeps across sessions and accounts; a new one on the first sign-in."""
    return request.get_signed_cookie(BROWSER_COOKIE, default="") or secrets.token_urlsafe(24)


def _remembered(response: HttpResponse, key: str) -> HttpResponse:
    response.set_signed_cookie(
        BROWSER_COOKIE,
        key,
        max_age=BROWSER_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def enter(request: HttpRequest, user: User, *, card: SignInCard | None = None, second: bool = False) -> HttpResponse:
    """Open the session under a new key (a planted one is worth nothing) and go on."""
    request.session.pop("pending", None)
    if request.user.is_authenticated:
        logout(request)  # nothing of another account's session is left
    login(request, user, backend=BACKEND)
    session = request.session
    browser = _known_browser(request)
    session["device"], session["second"] = device_of(request), second
    session["browser"] = blind_index(browser, purpose="browser")
    if card is not None:
        session["by_card"] = card.purpose
    if card is not None and card.purpose == "seat":
        session["bound"], session["grant"] = True, str(card.grant_uid or "")
        session.set_expiry(settings.SEAT_SESSION_SECONDS)
    services.open_session(user=user, session_key=str(session.session_key), device=device_of(request), card=card)
    return _remembered(redirect(_first_page(request, user, card)), browser)


def _first_page(request: HttpRequest, user: User, card: SignInCard | None) -> str:
    if card is not None:
        return "/judge/" if card.purpose == "seat" else "/password/"
    return "/password/" if user.must_change_password else onward(request)


def _wait_for_code(request: HttpRequest, user: User, card: SignInCard | None = None) -> HttpResponse:
    request.session["pending"] = {
        "user": str(user.uid),
        "card": str(card.uid) if card else "",
        "at": time.time(),
        "next": onward(request),
    }
    return redirect("accounts:code")


def _refused(form: Any, error: DomainError) -> int:
    form.add_error(None, str(error.message))
    return error.status


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By account name, phone or e-mail."""
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            user = services.sign_in(
                actor=acting(request),
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                address=address_of(request),
            )
        except (SignInRefused, TooManyTries) as error:
            status = _refused(form, error)
        else:
            return _wait_for_code(request, user) if has_second_factor(user) else enter(request, user)
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward(request)}, status=status)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the authenticator app or a recovery code."""
    pending = request.session.get("pending")
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        return redirect("accounts:sign_in")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(uid=UUID(pending["user"]))
        try:
            services.check_second_factor(
                actor=acting(request),
                user=user,
                code=form.cleaned_data["code"],
            )
        except (CodeRefused, TooManyTries) as error:
            status = _refused(form, error)
        else:
            card = SignInCard.objects.filter(uid=pending["card"]).first() if pending["card"] else None
            return enter(request, user, card=card, second=True)
    return render(request, "accounts/code.html", {"form": form, "next": pending["next"]}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; the form asks the outbox first whether marks are still unsent."""
    own = SignIn.objects.filter(session_key=request.session.session_key or "").first()
    if own is not None:
        services.end_session(actor=acting(request), sign_in=own)
    logout(request)
    return redirect("/")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """A printed card, once: a judge's seat for the length of a day, or a new password."""
    form, status = CardForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            used = services.redeem_card(
                actor=acting(request),
                word=form.cleaned_data["word"],
                address=address_of(request),
                device=device_of(request),
            )
        except (CardRefused, TooManyTries) as error:
            status = _refused(form, error)
        else:
            if used.purpose != "seat" and has_second_factor(used.user):
                return _wait_for_code(request, used.user, used)
            return enter(request, used.user, card=used)
    return render(request, "accounts/card.html", {"form": form}, status=status)
