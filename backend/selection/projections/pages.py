"""What the pages of calls and applications show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from backend.core import clock
from backend.core.actor import Actor
from backend.documents.models import KINDS
from backend.documents.projections import slots
from backend.selection.models import ITEMS, Application, Call, Choice, Decision, Objection
from backend.selection.permissions import may_apply, may_run
from backend.selection.projections.steps import next_steps, phases
from backend.selection.projections.words import OBJECTION_STATES, ORGANISATION_KINDS
from backend.selection.rulebook import read_questions
from backend.selection.selectors import objectable, own_application, own_organisation


def call_lines(call: Call) -> dict[str, str]:
    """Criteria and questions as they are typed: one a line."""
    criteria = [f"{c.name} | {c.points.normalize():f} | {c.weight.normalize():f}" for c in call.criteria.all()]
    questions = [f"{q.label} | {q.kind} | {'yes' if q.required else 'no'}" for q in read_questions(call.questions)]
    return {"criteria": "\n".join(criteria), "questions": "\n".join(questions)}


def call_page(actor: Actor, call: Call) -> dict[str, Any]:
    """Everything on a call's page for this reader."""
    runs = may_run(actor, call)
    decisions = list(call.decisions.order_by("-number")) if runs or call.state in ("publicity", "confirmed") else []
    organisation = own_organisation(actor) if call.state == "open" else None
    return {
        "call": call,
        "kind": ITEMS[call.item_kind].label if call.item_kind in ITEMS else call.item_kind,
        "applicants": [ORGANISATION_KINDS[kind] for kind in call.applicant_kinds],
        "criteria": list(call.criteria.all()),
        "questions": read_questions(call.questions),
        "papers": [(KINDS[key].label, key in call.documents_needed) for key in call.documents if key in KINDS],
        "offers": list(call.offers.select_related("group")),
        "phases": phases(call),
        "own": own_application(actor, call),
        "may_apply": organisation is not None and organisation.kind in call.applicant_kinds,
        "applicable": call.state == "open" and not clock.deadline_passed(call.closes_at),
        "may_run": runs,
        "next": next_steps(call) if runs else [],
        "shown": _shown(decisions[0]) if decisions else None,
        "decisions": decisions,
        "objectable": objectable(call),
        "answers": _answers(call) if decisions else [],
    }


def _shown(decision: Decision) -> dict[str, Any]:
    return {"decision": decision, "offers": decision.snapshot["offers"], "confirmed": decision.kind == "confirmed"}


def _answers(call: Call) -> list[Objection]:
    return list(call.objections.exclude(state="filed"))


def application_page(actor: Actor, application: Application, form: Any) -> dict[str, Any]:
    """Everything on an application's page: the form or what was sent, its returns, its documents, its history."""
    call, mine = application.call, may_apply(actor, application)
    versions = list(application.versions.order_by("-number"))
    runs = may_run(actor, call)
    returns = list(application.returns.all())
    return {
        "application": application,
        "call": call,
        "form": form,
        "mine": mine,
        "may_run": runs,
        "versions": versions,
        "sent": _sent(application, versions[0]) if versions else [],
        "changed": _changed(application, versions),
        "wishes": [c.offer for c in application.choices.select_related("offer")],
        "returns": returns,
        "reasons": _reasons(application, returns) if application.state == "returned" else [],
        "return_fields": return_fields(application) if _returnable(application, runs) else [],
        "slots": slots(actor, application.ref, call.documents, required=call.documents_needed),
        "history": ITEMS[call.item_kind].history(application.organisation.uid) if not mine else [],
        "contact": _contact(application) if runs or mine else None,
        "may_take_back": mine and application.state == "submitted" and call.state == "open",
        "may_withdraw": mine and application.state != "withdrawn" and _mendable(call),
    }


def _mendable(call: Call) -> bool:
    return call.state in ("open", "recommending", "scoring")


def _returnable(application: Application, runs: bool) -> bool:
    return runs and application.state == "submitted" and _mendable(application.call)


def _contact(application: Application) -> tuple[str, str]:
    return application.reveal("contact_name"), application.reveal("contact_phone")


def _sent(application: Application, version: Any) -> list[tuple[str, str]]:
    """Questions with the answers of a version."""
    return [(q.label, _said(version.answers.get(q.key, ""))) for q in read_questions(application.call.questions)]


def _said(answer: str) -> str:
    return _("Yes") if answer == "yes" else answer


def _changed(application: Application, versions: list[Any]) -> list[tuple[str, str, str]]:
    """What the newest version says otherwise than the one before: (question, before, now)."""
    if len(versions) < 2:
        return []
    now, before = versions[0], versions[1]
    found = [
        (q.label, _said(before.answers.get(q.key, "")), _said(now.answers.get(q.key, "")))
        for q in read_questions(application.call.questions)
        if before.answers.get(q.key, "") != now.answers.get(q.key, "")
    ]
    if before.choices != now.choices:
        found.append((_("Wishes"), "；".join(before.choices), "；".join(now.choices)))
    if [d["sha256"] for d in before.documents] != [d["sha256"] for d in now.documents]:
        found.append((_("Documents"), str(len(before.documents)), str(len(now.documents))))
    return found


def return_fields(application: Application) -> list[tuple[str, Any]]:
    """What a reason can be given for: each question, each document, the wishes, anything else."""
    call = application.call
    fields: list[tuple[str, Any]] = [(q.key, q.label) for q in read_questions(call.questions)]
    fields += [(f"document-{key}", KINDS[key].label) for key in call.documents if key in KINDS]
    return [*fields, ("wishes", _("Wishes")), ("other", _("Anything else"))]


def _reasons(application: Application, returns: list[Any]) -> list[tuple[Any, str]]:
    """Why it was sent back, by the labels of its fields."""
    labels = dict(return_fields(application))
    found = returns[0].reasons if returns else {}
    return [(labels.get(key, key), text) for key, text in found.items()]


def application_rows(applications: Iterable[Application]) -> list[dict[str, Any]]:
    """Lines of the list of applications."""
    found = list(applications)
    wishes: dict[int, list[str]] = {a.pk: [] for a in found}
    for choice in Choice.objects.filter(application__in=found).select_related("offer").order_by("rank"):
        wishes[choice.application_id].append(choice.offer.label)
    return [
        {"application": a, "name": a.organisation.name, "version": getattr(a, "version", 0), "wishes": wishes[a.pk]}
        for a in found
    ]


def notice_lines(call: Call) -> list[tuple[str, str]]:
    """Lines of the shown list that one can object to."""
    decision = call.decisions.order_by("-number").first()
    offers = decision.snapshot["offers"] if decision else []
    return [
        (row["choice"], f"{offer['label']} · {row['organisation']}")
        for offer in offers
        for row in offer["rows"]
        if row["outcome"] != "excluded"
    ]


def objection_rows(call: Call) -> list[dict[str, Any]]:
    found = call.objections.select_related("choice__offer", "choice__application__organisation", "decision")
    return [
        {
            "objection": objection,
            "about": _about(objection),
            "state": OBJECTION_STATES[objection.state][0],
        }
        for objection in found
    ]


def _about(objection: Objection) -> str:
    if objection.choice is None:
        return _("The list as a whole")
    return f"{objection.choice.offer.label} · {objection.choice.application.organisation.name}"
