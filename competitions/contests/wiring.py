"""What the contests room plugs in: menu, states, links, first steps of an event, and the guard of signed rules."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.core.triggers import Trigger, register
from backend.documents.enums import MediaType
from backend.documents.models import DocumentKind, HolderKind, document_kind, holder_kind
from backend.documents.rulebook import Asked
from backend.notify.selectors import register_text
from backend.people.selectors import Counter, counter
from backend.selection.models import ItemKind, item_kind
from backend.selection.signals import offer_decided
from backend.ui import registry
from competitions.contests.enums import EVENT_STATES, HOSTING_CRITERIA, HOSTING_QUESTIONS
from competitions.contests.models import Commission, Event
from competitions.contests.permissions import may_organise
from competitions.contests.projections import remaining_words
from competitions.contests.receivers import take_hosts
from competitions.contests.selectors import (
    events_of,
    host_history,
    hostable,
    hosted_between,
    never_hosted,
    organised_events,
)


def _rules_step(actor: Actor, event: Event) -> registry.Step | None:
    signed = event.rule_set.signed_off_at is not None
    link = reverse("contests:rules", args=[event.code]) if may_organise(actor, event) else ""
    note = _("version %(n)s") % {"n": event.rule_set.version} if signed else _("not signed off")
    state = "done" if signed or event.state != "draft" else "now"
    return registry.Step(_("Rules"), state, note, link)


def _todos(actor: Actor) -> list[registry.Todo]:
    """What keeps the actor's events in draft from opening."""
    found = []
    for event in organised_events(actor).filter(state="draft").select_related("rule_set")[:20]:
        signed = event.rule_set.signed_off_at is not None
        found.append(
            registry.Todo(
                title=f"{event.name} · {_('Open registration') if signed else _('Sign the rules off')}",
                link=reverse("contests:event", args=[event.code]),
                verb=_("Go there"),
                note=event.code,
                order=20,
                event_code=event.code,
            )
        )
    return found


def _open_events(actor: Actor, thing: Any) -> registry.Panel | None:
    """The first page's list: what is open now, for everybody."""
    found = events_of(actor).exclude(state="draft")[:8]
    rows = [{"event": event, "remaining": remaining_words(event)} for event in found]
    return registry.Panel(_("Events"), "contests/_events_panel.html", {"rows": rows}, wide=True) if rows else None


A_SCAN = Asked(media_types=(MediaType.PDF, MediaType.JPEG, MediaType.PNG), max_bytes=10 * 1024 * 1024)
HOSTING_PAPERS = (  # key, label, what is asked of the file, whether there may be several
    ("hosting.application", _("Application form with seal"), A_SCAN, False),
    ("hosting.commitment", _("Letter of commitment with seal"), A_SCAN, False),
    ("hosting.venue", _("Pictures or plans of the venue"), A_SCAN, True),
    ("hosting.decision", _("Document that commissions the host"), A_SCAN, False),
)
ACTS = {
    "edition.create": _("Edition created"),
    "event.create": _("Event created"),
    "event.edit": _("Event changed"),
    "event.open_registration": _("Registration opened"),
    "event.close_registration": _("Registration closed"),
    "event.draw": _("Drawn"),
    "event.start_scoring": _("Scoring opened"),
    "event.tally": _("Tallied"),
    "event.reopen_scoring": _("Scoring opened again"),
    "event.sign": _("Results signed"),
    "event.publish": _("Results published"),
    "event.correct": _("Publication corrected"),
    "rules.adopt": _("Rules adopted"),
    "rules.sign_off": _("Rules signed off"),
    "event.tally_again": _("Tallied again"),
    "event.name_hosts": _("Hosts named"),
    "event.commission": _("Hosts commissioned directly"),
    "event.organiser": _("Organiser of this event named"),
    "event.cancel": _("Event cancelled"),
    "event.postpone": _("Event put off"),
    "event.flag_too_few": _("Too few entries found"),
    "event.decide_holding": _("Decided whether it is held"),
    "edition.postpone": _("Edition put off"),
    "edition.copy": _("Edition copied"),
    "edition.adopt_rules": _("Rules over all events adopted"),
    "edition.sign_off_rules": _("Rules over all events signed off"),
    "families.load": _("Families of contests loaded"),
    "track.add": _("Track or group recorded"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
    register(
        Trigger(
            name="contests_ruleset_signed",
            table="contests_ruleset",
            when="BEFORE UPDATE",
            condition="OLD.signed_off_at IS NOT NULL",
            sqlite="SELECT RAISE(ABORT, 'signed rules never change');",
            postgres="IF OLD.signed_off_at IS NOT NULL THEN RAISE EXCEPTION 'signed rules never change'; END IF;",
        )
    )
    registry.states("event", EVENT_STATES)
    counter(Counter("events.hosted", _("Contest events led"), _("events"), hosted_between))
    registry.menu(
        registry.MenuItem("events", _("Events"), lambda actor: reverse("contests:events"), order=10, icon="flag")
    )
    registry.menu(
        registry.MenuItem("contests", _("Contests"), lambda actor: reverse("contests:contests"), order=12, icon="award")
    )
    registry.link("edition", lambda ref: reverse("contests:edition", args=[ref.key]))
    words = _("%(event)s is put off: it now begins on %(day)s. Reason: %(reason)s")
    register_text("event.postponed", words, duty=True)
    register_text("event.commissioned", _("Your organisation is named host of %(event)s."))
    register_text("event.host_ended", _("Your organisation is no longer host of %(event)s."))
    register_text("event.too_few", _("%(event)s has %(found)s entries, but %(needed)s are needed. Please decide."))
    registry.link("event", lambda ref: reverse("contests:event", args=[ref.key]))
    registry.step("event", 10, _rules_step)
    registry.panel("home", 20, _open_events)
    registry.todos("contests", _todos)
    _plug_hosting()


def _plug_hosting() -> None:
    """Events can be offered in calls for hosts; whoever is confirmed hosts them."""
    for key, label, asked, several in HOSTING_PAPERS:
        document_kind(DocumentKind(key, label, asked, several=several))
    item_kind(
        ItemKind(
            "event",
            _("Host of an event"),
            offered=hostable,
            history=host_history,
            newcomers=never_hosted,
            questions=HOSTING_QUESTIONS,
            criteria=HOSTING_CRITERIA,
            documents=tuple(key for key, *_rest in HOSTING_PAPERS[:3]),
            needed=(HOSTING_PAPERS[0][0],),
        )
    )
    holder_kind(
        HolderKind(
            "commission",
            seen=lambda actor: Commission.objects.visible_to(actor),
            may_attach=lambda actor, uid: Commission.objects.visible_to(actor).filter(uid=uid).exists(),
            may_verify=lambda actor, uid: False,
        )
    )
    offer_decided.connect(take_hosts, dispatch_uid="contests.hosts")
