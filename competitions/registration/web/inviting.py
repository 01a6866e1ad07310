"""Links for contestants: handed out once by the school, used once by the contestant on a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.services.tries import counted
from backend.core.errors import NotFound
from backend.people.selectors import has_account
from backend.ui.acting import acting
from competitions.registration import services
from competitions.registration.enums import CONSENT_TEXT, CONSENT_VERSION
from competitions.registration.forms.inviting import OneContestant, OwnDataForm
from competitions.registration.models import FIXED, Invitation
from competitions.registration.projections import member_lines
from competitions.registration.selectors import entry_of
from competitions.registration.selectors.inviting import (
    asks_guardian,
    consent_open,
    consented,
    invitation_by,
)

OWN_LINK = "own_link"  # in the session: the link that this browser has just used up


@never_cache
@require_POST
def invite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the links and show them, this once. member: uid of the only one; without it every contestant's."""
    actor = acting(request)
    entry = entry_of(actor, uid)
    form = OneContestant(request.POST)
    if not form.is_valid():
        raise NotFound
    handed = services.invite(
        actor=actor, entry=entry, only=form.cleaned_data["member"], accounts=form.cleaned_data["accounts"]
    )
    links = [
        {
            "name": one.member.reveal("name"),
            "url": f"{settings.PUBLIC_URL}/my-data/{one.token}/",
            "expires_at": one.invitation.expires_at,
        }
        for one in handed
    ]
    return render(request, "registration/links.html", {"entry": entry, "event": entry.event, "links": links})


@require_POST
def end_links(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End unused links without making new ones. member: uid of the only one; without it every contestant's."""
    actor = acting(request)
    entry = entry_of(actor, uid)
    form = OneContestant(request.POST)
    if not form.is_valid():
        raise NotFound
    n = services.end_links(actor=actor, entry=entry, only=form.cleaned_data["member"])
    text = ngettext("%(n)s link ended: it opens nothing any more.", "%(n)s links ended: they open nothing any more.", n)
    messages.success(request, text % {"n": n})
    return redirect(f"{reverse('registration:entry', args=[entry.uid])}#own-data")


@never_cache
@require_http_methods(["GET", "POST"])
def own_data(request: HttpRequest, token: str) -> HttpResponse:
    """The contestant's page: what the school wrote, what is still asked, and a guardian's consent for minors."""
    with counted(("own-link", str(request.META.get("REMOTE_ADDR", "")))):
        invitation = invitation_by(token)
    member = invitation.member
    locked = member.entry.state in FIXED
    asks = asks_guardian(member) and not consented([member]) and (not locked or consent_open(member.entry))
    form = OwnDataForm(request.POST or None, asks_guardian=asks, locked=locked, initial=_initial(invitation))
    has = has_account(member.person.canonical)
    if request.method == "POST" and "account" in request.POST and not has:
        request.session[OWN_LINK] = str(services.go_on_to_account(token=token).uid)
        return redirect("registration:own_account", token)
    if request.method == "POST" and form.is_valid():
        if locked:
            services.agree_late(token=token, agreement=form.agreement())
        else:
            services.complete_own(token=token, words=form.words(), agreement=form.agreement())
        request.session[OWN_LINK] = str(invitation.uid)  # only this browser goes on to an account
        context = {"event": member.entry.event, "locked": locked, "has_account": has, "token": token}
        return render(request, "registration/own_data_done.html", context)
    context = {
        "form": form,
        "member": member_lines([member])[0],
        "entry": member.entry,
        "event": member.entry.event,
        "asks_guardian": asks,
        "locked": locked,
        "consent_text": CONSENT_TEXT,
        "consent_version": CONSENT_VERSION,
        "age": settings.GUARDIAN_CONSENT_BELOW_AGE,
        "expires_at": invitation.expires_at,
        "offers_account": locked and not has and (not asks_guardian(member) or bool(consented([member]))),
    }
    return render(request, "registration/own_data.html", context)


def _initial(invitation: Invitation) -> dict[str, Any]:
    member = invitation.member
    sealed = {key: member.reveal(key) for key in ("phone", "study_number")}
    return {**sealed, **{key: getattr(member, key) for key in services.OWN_FIELDS}}
