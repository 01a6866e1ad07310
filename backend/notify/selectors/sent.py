"""Questions about notices, templates and how their copies fare."""

from __future__ import annotations

from collections import ChainMap, Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.notify.enums import Failure
from backend.notify.models import Delivery, Note, Notice, Template
from backend.notify.rulebook import fill
from backend.notify.selectors.audiences import audience_of
from backend.notify.selectors.inbox import news_text

FAILURES: dict[str, Any] = {
    Failure.NO_ADDRESS: _("no address is recorded"),
    Failure.REFUSED: _("the mail server knows no such recipient"),
    Failure.REJECTED: _("the mail server did not take the text"),
    Failure.UNREACHABLE: _("the server did not answer"),
    Failure.SILENT: _("wants letters only about what must be known"),
    Failure.NOT_SET_UP: _("this way of sending is not set up"),
}
STATES: dict[str, tuple[Any, str]] = {
    "queued": (_("waiting"), "wait"),
    "sending": (_("being sent"), "info"),
    "sent": (_("sent"), "good"),
    "failed": (_("not arrived"), "bad"),
}


def failure_words(delivery: Delivery) -> str:
    """Why a copy did not arrive, with the server's number."""
    words = str(FAILURES.get(delivery.failure, ""))
    return f"{words} ({delivery.detail})" if words and delivery.detail else words


def notice_of(actor: Actor, uid: Any) -> Notice:
    """The notice; NotFound when the actor may not know of it."""
    notice: Notice | None = Notice.objects.visible_to(actor).select_related("template").filter(uid=uid).first()
    if notice is None:
        raise NotFound
    return notice


def title_of(notice: Any) -> str:
    """The subject of a sent notice with what it told everybody; a draft's with what will be put in named."""
    if notice.kind:
        return news_text(notice.kind, dict(ChainMap(notice.params, *notice.topics.values())))
    if notice.state == "draft":
        return subject_with_places(notice.audience, notice.subject_zh)
    facts = getattr(notice, "first_facts", None)
    if facts is None:
        facts = notice.notes.order_by("pk").values_list("params", flat=True).first() or {}
    return fill(notice.subject_zh, facts)


def subject_with_places(audience: str, subject: str) -> str:
    """A subject with the words of what will be put in, in brackets where it will stand."""
    offered = audience_of(audience).offered
    return fill(subject, {place: f"〔{words}〕" for place, words in offered.items()})


def template_of(actor: Actor, uid: Any) -> Template:
    template: Template | None = Template.objects.visible_to(actor).filter(uid=uid).first()
    if template is None:
        raise NotFound
    return template


def notices_of(actor: Actor, *, state: str = "") -> Any:
    """Drafts and sent notices of the actor's scope with how many read them and how many copies failed or wait."""
    found = Notice.objects.visible_to(actor).filter(**({"state": state} if state else {}))
    copies = "notes__deliveries"
    counted: Any = found.annotate(
        first_facts=Subquery(Note.objects.filter(notice=OuterRef("pk")).order_by("pk").values("params")[:1]),
        read_count=Count("notes", filter=Q(notes__read_at__isnull=False), distinct=True),
        failed_count=Count(copies, filter=Q(**{f"{copies}__state": "failed"}), distinct=True),
        waiting_count=Count(copies, filter=Q(**{f"{copies}__state__in": ["queued", "sending"]}), distinct=True),
    )
    return counted.order_by("-pk")


def templates_of(actor: Actor, *, audience: str = "") -> QuerySet[Template]:
    """Live templates, by title."""
    filters = {"audience": audience} if audience else {}
    found: QuerySet[Template] = Template.objects.visible_to(actor).filter(ended_at=None, **filters)
    return found.order_by("title", "pk")


def unreached(notice: Notice) -> QuerySet[Note]:
    """Notes to persons without account of which no copy went or waits."""
    alive = Delivery.objects.filter(note=OuterRef("pk")).exclude(state="failed")
    found: QuerySet[Note] = notice.notes.filter(~Exists(alive), recipient=None)
    return found


def recipients_of(notice: Notice, *, state: str = "") -> QuerySet[Note]:
    """Who was told, with their copies. state: `unread`, `outside` (no account), `unreached`, or a state of a copy."""
    found = (unreached(notice) if state == "unreached" else notice.notes).select_related("recipient__person", "person")
    found = found.order_by("pk")
    if state == "unread":
        found = found.filter(read_at=None).exclude(recipient=None)
    elif state == "outside":
        found = found.filter(recipient=None)
    elif state and state != "unreached":
        found = found.filter(deliveries__state=state).distinct()
    return found.prefetch_related(Prefetch("deliveries", queryset=Delivery.objects.order_by("channel")))


def tally_of(notice: Notice) -> dict[str, Any]:
    """How a sent notice fares: told in the system, read, without account, of those not reached, and the copies of
    each channel by state.
    """
    copies: dict[str, Counter[str]] = {}
    found = Delivery.objects.filter(note__notice=notice).values("channel", "state").annotate(n=Count("pk"))
    for row in found:
        copies.setdefault(row["channel"], Counter())[row["state"]] = row["n"]
    notes = notice.notes.aggregate(
        told=Count("recipient"),
        read=Count("pk", filter=Q(read_at__isnull=False)),
        outside=Count("pk", filter=Q(recipient=None)),
    )
    return {**notes, "unreached": unreached(notice).count() if notes["outside"] else 0, "copies": copies}
