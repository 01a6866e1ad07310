"""After approval: the roster's confirmation, cards, objections."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed, NotFound
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.selectors import event_of
from competitions.registration import services
from competitions.registration.forms.approved import ObjectionForm
from competitions.registration.models import EntryCard, EntryObjection
from competitions.registration.permissions import leads
from competitions.registration.projections.approved import card_lines, cards_about, objection_lines
from competitions.registration.render import cards_pdf as typeset_cards
from competitions.registration.render import roster_pdf as typeset_roster
from competitions.registration.selectors import entries_of, entry_of, roster
from competitions.registration.selectors.reviewing import admitted_states, cards_of, plan_of

A_PAGE = 30


def _organised(request: HttpRequest, event_code: str) -> tuple[Actor, Event]:
    actor = signed_in(request)
    event = event_of(actor, event_code)
    if not may_organise(actor, event):
        raise NotAllowed(_("This page is for the organisers of the event."))
    return actor, event


@require_POST
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The leader confirms the roster, or the school records that it was signed on paper."""
    actor = signed_in(request)
    entry = entry_of(actor, uid)
    services.confirm_roster(actor=actor, entry=entry, on_paper=not leads(actor, entry))
    messages.success(request, _("The roster is confirmed."))
    return redirect("registration:entry", entry.uid)


@require_POST
def confirm_signed(request: HttpRequest, event_code: str) -> HttpResponse:
    """A school records that the leaders of all its approved teams have signed."""
    actor = signed_in(request)
    event = event_of(actor, event_code)
    n = services.confirm_signed_rosters(actor=actor, event=event)
    messages.success(request, ngettext("%(n)s roster is confirmed.", "%(n)s rosters are confirmed.", n) % {"n": n})
    return redirect("registration:entries", event.code)


def _workbook(titles: Any, rows: Any, title: str, name: str) -> HttpResponse:
    return workbook_download(write_xlsx([OutColumn(t, 24) for t in titles], rows, title=title), name)


@require_http_methods(["GET", "POST"])
def cards(request: HttpRequest, event_code: str) -> HttpResponse:
    """Participation cards: how many are issued, who waits, print them."""
    actor, event = _organised(request, event_code)
    if request.method == "POST":
        n = services.issue_cards(actor=actor, event=event)
        messages.success(request, ngettext("%(n)s new card.", "%(n)s new cards.", n) % {"n": n})
        return redirect("registration:cards", event.code)
    entries = entries_of(actor, event)
    taking_part = entries.filter(state__in=admitted_states(event))
    issued = cards_of(event, taking_part)
    page = Paginator(_asked_for(request, issued), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "event": event,
        "page": page,
        "rows": card_lines(page),
        "school": request.GET.get("school", "").strip(),
        "asked": request.GET.urlencode() if len(page.paginator.object_list) < len(issued) else "",
        "issued": len(issued),
        "people": sum(len(roster(entry)) for entry in taking_part),
        "unconfirmed": entries.filter(state="approved").count() if plan_of(event).roster_confirmed else 0,
    }
    return render(request, "registration/cards.html", shown)


def _asked_for(request: HttpRequest, found: list[EntryCard]) -> list[EntryCard]:
    """Of these cards those that the address asks for; it never names a person."""
    return cards_about(found, school=request.GET.get("school", ""), card=request.GET.get("card", ""))


@require_POST
def replace_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A lost card gets a new code."""
    actor = signed_in(request)
    found = EntryCard.objects.visible_to(actor).filter(uid=uid).select_related("member__event").first()
    if found is None:
        raise NotFound
    new = services.replace_card(actor=actor, card=found)
    messages.success(request, _("The old code is worth nothing now; print the new card."))
    return redirect(f"{reverse('registration:cards', args=[found.member.event.code])}?card={new.uid}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def cards_pdf(request: HttpRequest, event_code: str) -> HttpResponse:
    """Valid cards on sheets to cut apart: the organisers every school's, a school its own."""
    actor = signed_in(request)
    event = event_of(actor, event_code)
    found = _asked_for(request, cards_of(event, entries_of(actor, event)))
    if not found:
        raise NotFound(_("No card is issued yet."))
    photos = services.card_photos(actor=actor, cards=found)
    return _pdf(typeset_cards(event, found, photos), f"{event.code}-cards.pdf")


@require_GET
def roster_pdf(request: HttpRequest, event_code: str) -> HttpResponse:
    """The rosters for signing: one page a team."""
    actor = signed_in(request)
    event = event_of(actor, event_code)
    found = entries_of(actor, event).filter(state__in=("submitted", "approved", "confirmed"))
    if not found:
        raise NotFound(_("No team is handed in yet."))
    return _pdf(typeset_roster(event, found), f"{event.code}-rosters.pdf")


@require_http_methods(["GET", "POST"])
def objections(request: HttpRequest, event_code: str) -> HttpResponse:
    """The register of objections to entries of an event."""
    actor, event = _organised(request, event_code)
    entries = entries_of(actor, event).exclude(submitted_at=None)
    form = ObjectionForm(request.POST or None, entries=entries)
    if request.method == "POST" and form.is_valid():
        services.record_objection(actor=actor, event=event, **form.cleaned_data)
        messages.success(request, _("The objection is in the register."))
        return redirect("registration:objections", event.code)
    found = EntryObjection.objects.visible_to(actor).filter(event=event).select_related("entry__school")
    found = found.order_by(Case(When(state="open", then=0), default=1), "-received_at")
    if request.GET.get("format") == "xlsx":
        rows = [
            (
                timezone.localtime(line.received_at).strftime("%Y-%m-%d %H:%M"),
                line.about,
                line.objector,
                line.text,
                str(line.word),
                line.answer,
            )
            for line in objection_lines(found)
        ]
        titles = (_("Received"), _("About"), _("Who objects"), _("What"), _("State"), _("Answer"))
        return _workbook(titles, rows, _("Objections"), f"{event.code}-objections.xlsx")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = {"event": event, "page": page, "lines": objection_lines(page), "form": form}
    return render(request, "registration/objections.html", shown, status=422 if form.errors else 200)


@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Uphold or dismiss an objection with the answer given."""
    actor = signed_in(request)
    found = EntryObjection.objects.visible_to(actor).filter(uid=uid).select_related("event").first()
    if found is None:
        raise NotFound
    verb = request.POST.get("verb", "")
    if verb not in ("uphold", "dismiss"):
        raise Invalid({"verb": _("Choose whether the objection is upheld or dismissed.")})
    services.answer_objection(actor=actor, objection=found, verb=verb, answer=request.POST.get("answer", ""))
    messages.success(request, _("The answer is in the register."))
    return redirect("registration:objections", found.event.code)
