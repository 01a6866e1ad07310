"""The rules of an event and of an edition: filled in, compared with the present version, then adopted as the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.permissions import require
from backend.ui import registry
from backend.ui.acting import acting
from competitions.contests import services
from competitions.contests.forms import RulesForm, RulesTextForm, read_document, sent_document, written
from competitions.contests.models import Edition, Event, RuleSet
from competitions.contests.permissions import may_run
from competitions.contests.projections import Proposal, change_lines, unasked_places
from competitions.contests.rulebook import RuleProblem, problems_of
from competitions.contests.rulebook.asking import LISTS, OVER_ALL, SECTIONS
from competitions.contests.rulebook.filling import finished, name_of, rearranged
from competitions.contests.rulebook.parts import Path, Section
from competitions.contests.selectors import edition_of
from competitions.contests.web.asking import organised


@dataclass(frozen=True)
class Whose:
    """Whose rules a page is about, and what differs between an event and an edition."""

    thing: Event | Edition
    present: RuleSet | None
    sections: tuple[Section, ...]
    adopt: Callable[..., RuleSet]
    back: str
    gives_awards: bool

    @property
    def rules(self) -> Mapping[str, Any]:
        return self.present.rules if self.present else {}

    @property
    def version(self) -> int:
        return self.present.version if self.present else 0

    @property
    def head(self) -> dict[str, str]:
        return {"title": self.present.title, "source": self.present.source} if self.present else HEADLESS

    def problems(self, document: Any) -> list[RuleProblem]:
        over_all = isinstance(self.thing, Edition)
        return problems_of(document, of_edition=over_all, gives_awards=self.gives_awards)


HEADLESS = {"title": "", "source": ""}


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, event_code: str) -> HttpResponse:
    """A new version of an event's rules, starting from the present one."""
    actor = acting(request)
    found = organised(actor, event_code)

    def adopt(**version: Any) -> RuleSet:
        return services.adopt_rules(actor=actor, event=found, **version)

    back = reverse("contests:event", args=[found.code])
    gives_awards = found.edition.contest.gives_awards
    return _answer(request, actor, Whose(found, found.rule_set, SECTIONS, adopt, back, gives_awards))


@require_http_methods(["GET", "POST"])
def edition_rules(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What holds over all events of an edition: a new version, starting from the present one."""
    actor, edition = acting(request), edition_of(uid)
    require(may_run(actor, edition), _("Only who runs all events of an edition does this."))

    def adopt(**version: Any) -> RuleSet:
        return services.adopt_edition_rules(actor=actor, edition=edition, **version)

    back = reverse("contests:edition", args=[edition.uid])
    return _answer(request, actor, Whose(edition, edition.rule_set, OVER_ALL, adopt, back, True))


def _answer(request: HttpRequest, actor: Actor, whose: Whose) -> HttpResponse:
    sent, verb = request.POST, request.POST.get("do", "")
    if verb == "adopt":
        return _adopt(request, actor, whose)
    if request.GET.get("as") == "text":
        return _as_text(request, actor, whose)
    if request.method != "POST":
        return _show(request, whose, RulesForm(whose.rules, whose.sections, head=whose.head))
    head = {name: sent.get(name, "").strip() for name in HEADLESS}
    if verb.startswith("page:"):
        return _compare(request, actor, whose, _carried(sent), head, verb.removeprefix("page:"))
    if verb == "edit":
        return _show(request, whose, RulesForm(_carried(sent), whose.sections, head=head))
    document = sent_document(sent, whose.sections, whose.rules)
    if verb not in ("", "compare"):
        return _show(request, whose, RulesForm(_rearranged(document, sent), whose.sections, head=head))
    document = finished(document, whose.sections)
    form = RulesForm(document, whose.sections, head=head, problems=whose.problems(document))
    return _compare(request, actor, whose, document, head) if form.is_valid() else _show(request, whose, form)


def _rearranged(document: Mapping[str, Any], sent: Any) -> dict[str, Any]:
    """The document after a press of one of the buttons of a list: `add:eligibility`, `up:quota-bases:2`."""
    verb, name, place = (*sent["do"].split(":"), "", "")[:3]
    path: Path = next((path for path in LISTS if name_of(path) == name), ())
    at = int(place) if place.isascii() and place.isdigit() else 0
    return rearranged(document, verb, path, at, kind=sent.get(f"{name}-new", ""))


def _carried(sent: Any) -> dict[str, Any]:
    """The document that the page of comparison carries."""
    try:
        return read_document(sent.get("rules", ""))
    except forms.ValidationError:
        return {}


def _as_text(request: HttpRequest, actor: Actor, whose: Whose) -> HttpResponse:
    """The whole document as JSON, to read, keep or write."""
    start = {**whose.head, "text": written(whose.rules)}
    form = RulesTextForm(request.POST or None, initial=start)
    if form.is_valid():
        data = form.cleaned_data
        problems = whose.problems(data["text"])
        for problem in problems:
            form.show(problem)
        if not problems:
            return _compare(request, actor, whose, data["text"], {name: data[name].strip() for name in HEADLESS})
    context = {"form": form, **_about(whose)}
    return render(request, "contests/rules_text.html", context, status=422 if form.errors else 200)


def _show(request: HttpRequest, whose: Whose, form: RulesForm) -> HttpResponse:
    context = {"form": form, "unasked": unasked_places(form.document), **_about(whose)}
    return render(request, "contests/rules_form.html", context, status=422 if form.errors else 200)


def _compare(
    request: HttpRequest,
    actor: Actor,
    whose: Whose,
    document: Mapping[str, Any],
    head: Mapping[str, str],
    page: str = "",
) -> HttpResponse:
    """What the new version would change, and whom, before anything is written."""
    proposal = Proposal(whose.thing, whose.rules, document, page)
    heads = [(_("Title of the rules"), "title"), (_("Source"), "source")]
    told = [(label, whose.head[name], head[name]) for label, name in heads]
    context = {
        "changes": change_lines(whose.rules, document),
        "heads": [(label, old, new) for label, old, new in told if new and new != old],
        "rules": written(document),
        "head": head,
        "panels": [] if whose.problems(document) else registry.panels_of("rules", actor, proposal),
        "outdated": request.POST.get("do") == "adopt",
        **_about(whose),
    }
    return render(request, "contests/rules_compare.html", context)


def _adopt(request: HttpRequest, actor: Actor, whose: Whose) -> HttpResponse:
    """Write the version that was compared; when another came in between, compare with that one first."""
    document = _carried(request.POST)
    head = {name: request.POST.get(name, "").strip()[:most] for name, most in (("title", 150), ("source", 300))}
    if request.POST.get("against") != str(whose.version):
        return _compare(request, actor, whose, document, head)
    whose.adopt(rules=document, **head)
    messages.success(request, _("The new version is adopted. Sign it off next."))
    return redirect(whose.back)


def _about(whose: Whose) -> dict[str, Any]:
    event = whose.thing if isinstance(whose.thing, Event) else None
    return {"event": event, "edition": None if event else whose.thing, "present": whose.present, "back": whose.back}


@require_POST
def sign_off_edition(request: HttpRequest, uid: UUID) -> HttpResponse:
    services.sign_off_edition_rules(actor=acting(request), edition=edition_of(uid))
    messages.success(request, _("The rules are signed off."))
    return redirect("contests:edition", uid)
