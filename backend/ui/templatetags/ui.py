"""The pages' shared pieces: state pills, form fields, empty states, paging."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()

ROLES = {
    "sys_admin": "System officer",
    "group_secretary": "Group secretary",
    "organiser": "Organiser",
    "school_coordinator": "School coordinator",
    "chief_judge": "Chief judge",
    "supervisor": "Supervisor",
    "judge": "Judge",
    "contestant": "Contestant",
}
TONES = {"good": "green", "now": "blue", "wait": "yellow", "bad": "red", "": "secondary"}


@register.filter
def role_label(role: str) -> str:
    """The role's name in the reader's language."""
    return _(ROLES.get(role, role))


@register.simple_tag
def pill(label: str, tone: str = "") -> str:
    """A state as a coloured pill with a word. tone: good, now, wait, bad or nothing."""
    return format_html('<span class="badge bg-{0}-lt text-{0}-lt-fg">{1}</span>', TONES.get(tone, tone), label)


@register.inclusion_tag("ui/_field.html")
def field(bound: Any) -> dict[str, Any]:
    """A form field with its label, help and errors tied together for screen readers."""
    parts = (("help", bound.help_text), ("errors", bound.errors))
    names = " ".join(f"{bound.id_for_label}-{part}" for part, there in parts if there)
    kind = "form-select" if bound.field.widget.__class__.__name__ == "Select" else "form-control"
    if getattr(bound.field.widget, "input_type", "") == "checkbox":
        kind = "form-check-input"
    attributes = {"class": kind + (" is-invalid" if bound.errors else "")}
    if names:
        attributes["aria-describedby"] = names
    return {"field": bound, "widget": bound.as_widget(attrs=attributes), "check": kind == "form-check-input"}


@register.inclusion_tag("ui/_empty.html")
def empty(title: str, text: str = "", url: str = "", verb: str = "") -> dict[str, str]:
    """What a list says when nothing is there: why, and how to begin."""
    return {"title": title, "text": text, "url": url, "verb": verb}


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: dict[str, Any], page_obj: Any) -> dict[str, Any]:
    """Links to the other pages of a list; keeps the filters."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page_obj": page_obj, "query": query.urlencode()}
