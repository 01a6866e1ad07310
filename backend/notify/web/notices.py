"""Notices: to whom, the text, the preview, the sending and how it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.permissions import require
from backend.notify import selectors, services
from backend.notify.enums import Channel, Failure
from backend.notify.errors import AlreadySent
from backend.notify.forms import NoticeForm, fresh_id, written
from backend.notify.models import Note, Notice
from backend.notify.permissions import may_write
from backend.notify.selectors import CHANNELS
from backend.notify.web.inbox import told
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from backend.ui.registry import workbook

PER_PAGE = 30
FILTERS = ("unread", "outside", "unreached", "queued", "sent", "failed")


def writer(request: HttpRequest) -> Actor:
    actor = signed_in(request)
    require(may_write(actor), _("Only officers write notices."))
    return actor


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Drafts, and what was sent with how it fares."""
    actor = writer(request)
    state = request.GET.get("state", "")
    found = selectors.notices_of(actor, state=state if state in ("draft", "sent") else "")
    if request.GET.get("format") == "xlsx":
        columns = [
            (_("Subject"), 50),
            (_("Goes to"), 40),
            (_("Sent"), 18),
            (_("Told"), 8),
            (_("Have read"), 8),
            (_("Failed"), 8),
        ]
        listed = (
            [selectors.title_of(n), n.audience_label, told(n.sent_at), n.recipients_count, n.read_count, n.failed_count]
            for n in found
        )
        return workbook_download(workbook(_("Notices"), columns, listed), "notices.xlsx")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"notice": n, "title": selectors.title_of(n)} for n in page]
    return render(
        request, "notify/notices.html", {"page": page, "rows": rows, "state": state, "audiences": _audiences(actor)}
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, audience: str) -> HttpResponse:
    """Write to one kind of audience, from nothing or from a template."""
    actor = writer(request)
    template = None
    if request.GET.get("template"):
        template = selectors.template_of(actor, _uid(request.GET["template"]))
    initial = {"client_id": fresh_id(), "channels": _ready(), "audience_key": request.GET.get("to", "")}
    form = _form(request, actor, audience, {**initial, **(written(template) if template else {})})
    if request.method == "POST" and form.is_valid():
        draft = _draft(form, template)
        notice = services.draft_notice(actor=actor, client_id=form.cleaned_data["client_id"], draft=draft)
        return redirect("notify:notice", notice.uid)
    return _written(request, actor, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a draft anew."""
    actor = writer(request)
    notice = selectors.notice_of(actor, uid)
    if notice.state != "draft":
        raise AlreadySent(link=f"/notices/{notice.uid}/")
    initial = {**written(notice), "audience_key": notice.audience_key, "channels": notice.channels}
    initial |= {"duty": notice.duty, "client_id": notice.client_id}
    form = _form(request, actor, notice.audience, initial)
    if request.method == "POST" and form.is_valid():
        services.change_notice(actor=actor, notice=notice, draft=_draft(form, notice.template))
        return redirect("notify:notice", notice.uid)
    return _written(request, actor, form, notice)


@require_GET
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A draft as one of its recipients will read it; a sent notice with everybody's state."""
    actor = writer(request)
    found = selectors.notice_of(actor, uid)
    if found.state == "draft":
        return _preview(request, actor, found)
    state = request.GET.get("state", "")
    notes = selectors.recipients_of(found, state=state if state in FILTERS else "")
    if request.GET.get("format") == "xlsx":
        return workbook_download(_recipients_xlsx(notes), "recipients.xlsx")
    page = Paginator(notes, PER_PAGE).get_page(request.GET.get("page"))
    tally = selectors.tally_of(found)
    title = selectors.title_of(found)
    context = {
        "notice": found,
        "title": title,
        "page": page,
        "rows": [_row(n) for n in page],
        "state": state,
        "tally": tally,
        "remedy": selectors.remedy_of(found),
    }
    context["failed"] = sum(tally["copies"].get(channel, {}).get("failed", 0) for channel in _ready())
    context["copies"] = [(CHANNELS[c], _state_counts(states)) for c, states in sorted(tally["copies"].items())]
    return render(request, "notify/notice.html", context)


@require_POST
def step(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Send, delete, or try again what failed."""
    actor = writer(request)
    found = selectors.notice_of(actor, uid)
    if verb == "delete":
        services.delete_notice(actor=actor, notice=found)
        messages.success(request, _("The draft was thrown away."))
        return redirect("notify:notices")
    if verb == "send":
        sent = services.send_notice(actor=actor, notice=found)
        n = sent.recipients_count
        messages.success(request, ngettext("%(n)s person was told.", "%(n)s people were told.", n) % {"n": n})
        if left := selectors.unreached(sent).count():
            text = ngettext("%(n)s person was not reached.", "%(n)s people were not reached.", left)
            messages.warning(request, text % {"n": left})
    else:
        n = services.retry_failed(actor=actor, notice=found)
        messages.success(request, ngettext("%(n)s copy goes again.", "%(n)s copies go again.", n) % {"n": n})
    return redirect("notify:notice", found.uid)


def _form(request: HttpRequest, actor: Actor, audience: str, initial: dict[str, Any]) -> NoticeForm:
    selectors.audience_of(audience)
    form = NoticeForm(request.POST or None, actor=actor, audience=audience, ready=_ready(), initial=initial)
    require(bool(selectors.keys_of(actor, audience)), _("You cannot write to this audience. Choose another."))
    return form


def _written(request: HttpRequest, actor: Actor, form: NoticeForm, notice: Notice | None) -> HttpResponse:
    audience = selectors.audience_of(form.audience)
    context = {"form": form, "audience": audience, "notice": notice, "ready": _ready()}
    context["templates"] = selectors.templates_of(actor, audience=audience.kind)[:50] if notice is None else []
    return render(request, "notify/write.html", context)


def _draft(form: NoticeForm, template: Any) -> services.Draft:
    told = form.cleaned_data
    return services.Draft(
        form.audience, told["audience_key"], form.text(), told["channels"], bool(told.get("duty")), template
    )


def _preview(request: HttpRequest, actor: Actor, found: Notice) -> HttpResponse:
    """The text of one real recipient at a time, in both languages."""
    addressees = selectors.addressees(found.audience, found.audience_key)
    page = Paginator(addressees, 1).get_page(request.GET.get("page"))
    shown = selectors.preview_of(found, page[0]) if addressees else None
    reach = selectors.reach_of(found, addressees, _ready())
    outside = selectors.outside_of(found, addressees, _ready())
    accounts = len(addressees) - outside.total
    context = {"notice": found, "page": page, "shown": shown, "total": len(addressees), "accounts": accounts}
    context["reach"] = [(CHANNELS[c], n, accounts - n) for c, n in reach.items()] if accounts else []
    context |= {"outside": outside, "told": accounts + outside.reached}
    context |= {"ways": outside.by_way, "left": outside.why_left, "left_together": outside.left_together}
    context["remedy"] = selectors.remedy_of(found)
    return render(request, "notify/draft.html", context)


def _row(note: Note) -> dict[str, Any]:
    copies = {d.channel: d for d in note.deliveries.all()}
    shown = [
        {
            "channel": CHANNELS[channel],
            "state": selectors.STATES[copies[channel].state],
            "why": selectors.failure_words(copies[channel]),
            "copy": copies[channel],
        }
        for channel in Channel
        if channel in copies
    ]
    reached = note.recipient_id is not None or any(c["copy"].state != "failed" for c in shown)
    if not reached and all(c["copy"].failure == Failure.NO_ADDRESS for c in shown):
        shown = []  # told once, not for each channel
    school = note.params.get("school", "")
    return {"note": note, "name": note.reader, "school": school, "copies": shown, "reached": reached}


def _state_counts(states: dict[str, int]) -> list[tuple[Any, str, int]]:
    return [(words, tone, states[state]) for state, (words, tone) in selectors.STATES.items() if states.get(state)]


def _recipients_xlsx(notes: Any) -> bytes:
    columns = [
        (_("Recipient"), 20),
        (_("School"), 30),
        (_("Have read"), 18),
        *((str(words), 30) for words in CHANNELS.values()),
    ]
    rows, nowhere = [], _("not reached: %(why)s") % {"why": selectors.FAILURES[Failure.NO_ADDRESS]}
    for row in map(_row, notes):
        copies = {str(c["channel"]): f"{c['state'][0]} {c['why']}".strip() for c in row["copies"]}
        read = told(row["note"].read_at) or ("" if row["note"].recipient_id else _("no account"))
        empty = "" if row["reached"] else nowhere
        rows.append([row["name"], row["school"], read, *(copies.get(str(w), empty) for w in CHANNELS.values())])
    return workbook(_("Recipients"), columns, rows)


def _audiences(actor: Actor) -> list[Any]:
    return [a for a in selectors.audiences() if selectors.keys_of(actor, a.kind)]


def _ready() -> list[str]:
    return [str(channel) for channel in Channel if services.carrier_of(channel) is not None]


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
