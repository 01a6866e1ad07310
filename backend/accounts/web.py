"""Signing in and out, cards and passwords."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts import services
from backend.accounts.errors import CardRefused, PasswordUnfit, SignInRefused, TooManyTries
from backend.accounts.forms import CardForm, PasswordForm, SignInForm
from backend.accounts.models import User
from backend.core.errors import DomainError, NotAllowed

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _onward(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


def _enter(request: HttpRequest, user: User) -> None:

    login(request, user, backend=BACKEND)  # a new session key: a planted one is worth nothing
    request.session["device"] = request.headers.get("User-Agent", "")[:60]


def _refused(form: SignInForm | CardForm, error: DomainError) -> int:
    form.add_error(None, str(error.message))
    return error.status


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By account name, phone or e-mail."""
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            user = services.sign_in(
                actor=request.actor,  # type: ignore[attr-defined]
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                address=_address(request),
            )
        except (SignInRefused, TooManyTries) as error:
            status = _refused(form, error)
        else:
            _enter(request, user)
            return redirect("/password/" if user.must_change_password else _onward(request))
    return render(request, "accounts/sign_in.html", {"form": form, "next": _onward(request)}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")


@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """A printed card, once: a judge's seat for the length of a day, or a new password."""
    form, status = CardForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            used = services.redeem_card(
                actor=request.actor,  # type: ignore[attr-defined]
                word=form.cleaned_data["word"],
                address=_address(request),
                device=request.headers.get("User-Agent", "")[:60],
            )
        except (CardRefused, TooManyTries) as error:
            status = _refused(form, error)
        else:
            _enter(request, used.user)
            if used.purpose == "password":
                return redirect("/password/")
            request.session.set_expiry(settings.SEAT_SESSION_SECONDS)
            return redirect("/judge/")
    return render(request, "accounts/card.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password."""
    if not isinstance(request.user, User):
        raise NotAllowed(_("Sign in first."), link="/sign-in/")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_password(
                actor=request.actor,  # type: ignore[attr-defined]
                user=request.user,
                password=form.cleaned_data["password"],
            )
        except PasswordUnfit as error:
            form.add_error("password", str(error.message))
        else:
            _enter(request, request.user)
            messages.success(request, _("Your new password is set."))
            return redirect("/")
    return render(request, "accounts/password.html", {"form": form}, status=200 if not form.errors else 422)
