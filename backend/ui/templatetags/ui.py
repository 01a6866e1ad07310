"""The parts every page is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from backend.ui import registry
from backend.ui.words import joined, role_name

register = template.Library()
TONES = {
    "": "muted",
    "now": "info",
    "info": "info",
    "good": "good",
    "wait": "warning",
    "warning": "warning",
    "bad": "danger",
    "danger": "danger",
    "gold": "gold",
    "muted": "muted",
}


class CaptureNode(template.Node):
    """Renders what it holds into a variable, so that a title can stand in two places."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        context.dicts[0][self.name] = mark_safe(self.nodelist.render(context).strip())
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture as name %}…{% endcapture %}`."""
    name = token.split_contents()[-1]
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of `static/ui/icons.svg`; without a label it is decoration and silent."""
    told = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', told, static("ui/icons.svg"), name)


@register.simple_tag
def pill(label: Any, tone: str = "") -> SafeString:
    """A state in a word. tone: one of TONES (gold is for awards only)."""
    return format_html('<span class="pill pill-{}">{}</span>', TONES.get(tone, "muted"), label)


@register.simple_tag
def state(kind: str, value: str) -> SafeString:
    """The pill of a lifecycle's state, as its room registered it with `registry.states`."""
    label, tone = registry.state_of(kind, value)
    return pill(label, tone)


CONTROLS: list[tuple[type[forms.Widget], str, str]] = [
    (forms.CheckboxInput, "check", "form-check-input"),
    (forms.CheckboxSelectMultiple, "group", ""),
    (forms.RadioSelect, "group", ""),
    (forms.Select, "one", "form-select"),
]


DASHES = forms.ModelChoiceField(None).empty_label  # what Django shows where a form says nothing


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Label, control, help and errors of one form field."""
    widget = bound.field.widget
    if isinstance(bound.field, forms.ModelChoiceField) and bound.field.empty_label == DASHES:
        bound.field.empty_label = _("please choose") if bound.field.required else _("none chosen")
    kind, css = next(((k, c) for w, k, c in CONTROLS if isinstance(widget, w)), ("one", "form-control"))
    if kind == "group":  # Django puts attributes on every choice and on the box around them
        return {"field": bound, "kind": kind, "control": bound.as_widget()}
    given = widget.attrs.get("class", "")
    attrs: dict[str, str | bool] = {"class": f"{given} {css}{' is-invalid' if bound.errors else ''}".strip()}
    said = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    said += [f"{bound.auto_id}_error"] if bound.errors else []
    if said:
        attrs["aria-describedby"] = " ".join(said)
    return {"field": bound, "kind": kind, "control": bound.as_widget(attrs=attrs)}


@register.inclusion_tag("ui/_empty.html")
def empty(title: Any, text: Any = "", url: str = "", verb: Any = "") -> dict[str, Any]:
    """What stands where a list has nothing yet: how to begin."""
    return {"title": title, "text": text, "url": url, "verb": verb}


@register.simple_tag(takes_context=True)
def pages(context: Context, page: Any) -> SafeString:
    """Links to the previous and next page that keep the filters; nothing when one page holds all."""
    if not page.has_other_pages():
        return SafeString("")
    query = context["request"].GET.copy()
    query.pop("page", None)
    query.pop("format", None)
    kept = query.urlencode() + "&" if query else ""
    return render_to_string("ui/_pages.html", {"page": page, "query": kept})


@register.simple_tag(takes_context=True)
def panel_body(context: Context, panel: registry.Panel) -> SafeString:
    """A panel's own template with its own context, and the request for links and tokens."""
    return render_to_string(panel.template, {"panel": panel.context, **panel.context}, request=context.get("request"))


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The page's address with some of its query changed: `{% with_query format='xlsx' %}`."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def role_label(role: str) -> str:
    """The role's name in the reader's language."""
    return role_name(role)


register.filter("joined", joined)


@register.filter
def lines(found: Any) -> list[str]:
    """One message or several, as a list."""
    return [str(x) for x in found] if isinstance(found, list | tuple) else [str(found)]


@register.filter
def get(holder: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key that a template holds in a variable."""
    return holder.get(key, "")


@register.filter
def code_hue(code: str) -> str:
    """The class of a work code's own colour, so that a wrong sheet is noticed; the same everywhere."""
    so = 0
    for letter in code:
        so = (so * 31 + ord(letter)) % 9973  # neighbours differ; scoring/points.js counts the same
    return f"hue-{so % 10}"
