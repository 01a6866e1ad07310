"""One's own account: password, sessions, second factor."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts import services
from backend.accounts.errors import CodeRefused, PasswordUnfit, TooManyTries, WrongPassword
from backend.accounts.forms import CodeForm, PasswordForm
from backend.accounts.models import User
from backend.accounts.render import qr_of
from backend.accounts.rulebook import enrolment_uri, in_fours
from backend.accounts.selectors import has_second_factor, recovery_codes_left, sessions_of
from backend.core.errors import DomainError, NotAllowed, NotFound
from backend.ui.acting import acting


def signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise NotAllowed(_("Sign in first."), link=f"/sign-in/?next={request.path}")
    return request.user


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Password, second factor and open sessions in one place."""
    user = signed_in(request)
    page = {
        "sessions": sessions_of(acting(request)),
        "session_key": request.session.session_key,
        "second": has_second_factor(user),
        "codes_left": recovery_codes_left(user),
        "bound": request.session.get("bound"),
    }
    return render(request, "accounts/account.html", page)


@require_POST
def end_session(request: HttpRequest, uid: str) -> HttpResponse:
    """End one of one's own sessions."""
    signed_in(request)
    found = sessions_of(acting(request)).filter(uid=uid).first()
    if found is None:
        raise NotFound
    services.end_session(actor=acting(request), sign_in=found)
    messages.success(request, _("The session is ended."))
    return redirect("accounts:account")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password: with the present one, or just after a password card."""
    user = signed_in(request)
    if request.session.get("bound"):
        raise NotAllowed(_("A seat's session cannot change the password. Sign in with your account."))
    by_card = request.session.get("by_card") == "password"
    form, status = PasswordForm(request.POST or None, by_card=by_card), 200
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, user, form, by_card)
        except PasswordUnfit as error:
            form.add_error("password", str(error.message))
        except (WrongPassword, TooManyTries) as error:
            form.add_error("former", _wording(error))
        else:
            messages.success(request, _("Your new password is set. Other sessions of your account are ended."))
            return redirect("/")
    if form.errors:
        status = 422
    return render(request, "accounts/password.html", {"form": form, "by_card": by_card}, status=status)


def _wording(error: DomainError) -> str:
    return _("This is not your present password.") if isinstance(error, WrongPassword) else str(error.message)


def _change(request: HttpRequest, user: User, form: PasswordForm, by_card: bool) -> None:
    actor = acting(request)
    if not by_card:
        services.reauthenticate(actor=actor, password=form.cleaned_data["former"])
    former_key = str(request.session.session_key)
    services.set_password(actor=actor, user=user, password=form.cleaned_data["password"], keep_session=former_key)
    request.session.pop("by_card", None)
    update_session_auth_hash(request, user)  # a new key; this session stays, others end
    services.move_session(former_key=former_key, session_key=str(request.session.session_key))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Enrol an authenticator app, or type its code where this session has not yet."""
    user = signed_in(request)
    enrolled = has_second_factor(user)
    if enrolled and request.session.get("second"):
        return redirect("accounts:account")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = _take_code(request, user, form.cleaned_data["code"], enrolled)
        except (CodeRefused, TooManyTries) as error:
            form.add_error("code", str(error.message))
            status = error.status
        else:
            if not codes:
                return redirect("/")
            return render(request, "accounts/recovery.html", {"codes": [in_fours(code) for code in codes]})
    page: dict[str, object] = {"form": form, "enrolled": enrolled}
    if not enrolled:
        secret = services.begin_second_factor(user=user).reveal("secret")
        uri = enrolment_uri(secret, account=user.account_name, issuer=_("Saixunzheng"))
        page |= {"secret": in_fours(secret), "qr": qr_of(uri)}
    return render(request, "accounts/second_factor.html", page, status=status)


def _take_code(request: HttpRequest, user: User, code: str, enrolled: bool) -> list[str]:
    actor, codes = acting(request), []
    if enrolled:
        services.check_second_factor(actor=actor, user=user, code=code)
    else:
        codes = services.confirm_second_factor(actor=actor, user=user, code=code)
    request.session["second"] = True
    return codes
