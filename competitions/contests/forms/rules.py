"""The rules of an event or edition as fields: the page is made from a document, and what it sends becomes one again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from competitions.contests.enums.rules import (
    CHOICE_WORDS,
    FIELD_WORDS,
    KIND_WORDS,
    LIST_WORDS,
    SECTION_WORDS,
    WRONG_WORDS,
    YES_OR_NO,
)
from competitions.contests.projections.rules import line_name, place_of
from competitions.contests.rulebook import RuleProblem
from competitions.contests.rulebook.filling import askable, filled, found_at, lines_at, name_of, shown
from competitions.contests.rulebook.parts import Field, Lines, Section
from competitions.contests.services.rules import problem_text

START = {"team": {"instructors_max": 2, "leaders_max": 1}}  # what the page of a new event begins with
HEAD = {"title": 150, "source": 300}  # what a version says of itself, in characters
INPUT_MODES = {"whole": "numeric", "number": "decimal", "percent": "decimal"}


class RulesForm(forms.Form):
    """A rules document as fields, with its problems at their places; a document need not be good to be shown.

    document: what is shown; sections: what of it is asked; head: title and source; problems: as the rulebook found
    them.
    """

    use_required_attribute = False  # the server says everything that is missing at once

    def __init__(
        self,
        document: Mapping[str, Any],
        sections: Sequence[Section],
        *,
        head: Mapping[str, str] | None = None,
        problems: Iterable[RuleProblem] = (),
    ) -> None:
        self.document, self.asked = document, sections
        self.at: dict[str, Field] = {}
        self.head = {name: (head or {}).get(name, "") for name in HEAD}
        texts: MultiValueDict[str, str] = MultiValueDict({name: [text] for name, text in self.head.items()})
        found = {name: _head(name) for name in HEAD}
        for name, lines, field, value in _places(document, sections):
            self.at[name], found[name] = field, _control(lines, field, value)
            texts.setlist(name, shown(field, value))
        self.texts = texts
        super().__init__(texts, auto_id="id_%s")
        self.fields.update(found)
        self.problems = list(problems)

    def full_clean(self) -> None:
        """What is wrong was found by the rulebook in the whole document; no field knows it alone."""
        self._errors = ErrorDict()
        self.cleaned_data = dict(self.head)
        for name, most in HEAD.items():
            if len(self.head[name]) > most:
                self.add_error(name, _("At most %(limit)s characters.") % {"limit": most})
        for problem in self.problems:
            self.show(problem)

    def show(self, problem: RuleProblem) -> None:
        """Put a problem at the fields that can mend it; at the top with its path where no field does."""
        name = field_name(problem.path)
        if problem.code == "required":
            missing = [n for n in self._below(name) if self.at[n].needed and self._empty(n, name)]
            for each in missing:
                self.add_error(each, _("Fill this in."))
            if missing:
                return
        place = name if name in self.fields else next(iter(self._below(name)), None)
        text = self._said(place, problem)
        self.add_error(place, text if place else f"{problem.path}: {text}")

    def _below(self, name: str) -> list[str]:
        return [each for each in self.at if each.startswith(f"{name}-")]

    def _empty(self, name: str, part: str) -> bool:
        """Whether a field of just this part (not of one within it) says nothing and has no other word yet."""
        rest = name.removeprefix(f"{part}-")
        return "-" not in rest and name not in self.errors and not any(map(str.strip, self.texts.getlist(name)))

    def _said(self, name: str | None, problem: RuleProblem) -> str:
        kind = self.at[name].kind if name in self.at else ""
        if problem.code in ("type", "pattern", "date", "enum", "anyOf", "minItems") and kind in WRONG_WORDS:
            return str(WRONG_WORDS[kind])
        return problem_text(problem)

    def parts(self) -> Iterator[dict[str, Any]]:
        """The sections with their fields and lists, for the template."""
        for section in self.asked:
            title, note = SECTION_WORDS[section.key]
            fields = [self[name] for part in section.fields() if (name := name_of(part.path)) in self.fields]
            lists = [found for lines in section.lists() if (found := self._list(lines)) is not None]
            wrong = any(bound.errors for bound in fields) or any(found["wrong"] for found in lists)
            yield {
                "key": section.key, "title": title, "note": note, "fields": fields, "lists": lists, "wrong": wrong,
                "used": bool(self._written(section)),
                "lists_first": isinstance(section.parts[0], Lines),
            }  # fmt: skip

    def _written(self, section: Section) -> bool:
        return any(found_at(self.document, part.path) not in (None, [], {}) for part in section.parts)

    def _list(self, lines: Lines) -> dict[str, Any] | None:
        found = lines_at(self.document, lines)
        if found is None:
            return None
        title, one = LIST_WORDS[place_of(lines, ())]
        name = name_of(lines.path)
        shown_lines = [self._line(lines, f"{name}-{n}", n, line) for n, line in enumerate(found)]
        return {
            "name": name, "title": title, "one": one, "lines": shown_lines, "count": len(found),
            "kinds": KIND_WORDS if lines.by_kind else {}, "full": len(found) >= lines.most,
            "wrong": any(line["wrong"] for line in shown_lines),
        }  # fmt: skip

    def _line(self, lines: Lines, name: str, place: int, line: Any) -> dict[str, Any]:
        fields: list[BoundField] = [self[f"{name}-{name_of(field.path)}"] for field in lines.of(line)]
        return {
            "name": name, "place": place, "number": place + 1, "called": line_name(lines, line), "fields": fields,
            "wrong": any(bound.errors for bound in fields),
        }  # fmt: skip

    @property
    def base(self) -> str:
        """The document as the page carries it, so that whatever it does not ask comes back."""
        return json.dumps(self.document, ensure_ascii=False)


def _places(document: Mapping[str, Any], sections: Iterable[Section]) -> Iterator[tuple[str, Lines | None, Field, Any]]:
    """Each field of a page: (name, the list it is in, field, value)."""
    for part in (part for section in sections for part in section.parts):
        if isinstance(part, Field):
            if askable(document, part.path):
                yield name_of(part.path), None, part, found_at(document, part.path)
            continue
        for n, line in enumerate(lines_at(document, part) or []):
            for field in part.of(line):
                name = name_of((*part.path, n, *field.path))
                yield name, part, field, found_at(line, field.path) if askable(line, field.path) else None


def _head(name: str) -> forms.Field:
    label = {"title": _("Title of the rules"), "source": _("Source")}[name]
    hint = _("The document these numbers come from.") if name == "source" else ""
    return forms.CharField(max_length=HEAD[name], label=label, required=False, help_text=hint)


def _control(lines: Lines | None, field: Field, value: Any) -> forms.Field:
    label, hint = FIELD_WORDS[place_of(lines, field.path)]
    needed = field.needed and (lines is not None or field.path[0] == "team")
    widget = _widget(lines, field, value)
    return forms.Field(label=label, help_text=hint, required=needed, widget=widget)


def _widget(lines: Lines | None, field: Field, value: Any) -> forms.Widget:
    if field.kind in ("choice", "yes", "many", "weight"):
        return _choosing(lines, field, value)
    if field.kind == "day":
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if field.kind == "words":
        return forms.Textarea(attrs={"rows": 2})
    mode = INPUT_MODES.get(field.kind)
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"} if mode else {})


def _choosing(lines: Lines | None, field: Field, value: Any) -> forms.Widget:
    """What a document says but no list knows is offered too, so that looking at it changes nothing."""
    words = CHOICE_WORDS.get(place_of(lines, field.path), YES_OR_NO)
    options = [(key, words[key]) for key in field.choices or words]
    if field.kind == "many":
        return forms.CheckboxSelectMultiple(choices=options)
    options += [(text, text) for text in shown(field, value) if text and text not in dict(options)]
    return forms.Select(choices=options if field.default is not None else [("", "—"), *options])


def field_name(path: str) -> str:
    """The field at a JSON path: `$.eligibility[0].code` is `eligibility-0-code`."""
    return "-".join(re.findall(r"[^.$\[\]]+", path))


def sent_document(sent: Any, sections: Iterable[Section], start: Mapping[str, Any]) -> dict[str, Any]:
    """What a page sent, over the document it carried (`start`, where it carried none that can be read)."""
    try:
        base = read_document(sent.get("base", ""))
    except forms.ValidationError:
        base = None
    return filled(start if base is None else base, sections, dict(sent.lists()))


def read_document(text: str) -> dict[str, Any]:
    """A JSON object, typed; raises ValidationError with line and column."""
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = {"line": getattr(error, "lineno", 1), "column": getattr(error, "colno", 1)}
        raise forms.ValidationError(_("This is not JSON at line %(line)s, column %(column)s.") % place) from error
    if not isinstance(found, dict):
        raise forms.ValidationError(_("Write an object in braces."))
    return found


class RulesTextForm(forms.Form):
    """The whole document as JSON, for experts."""

    title = forms.CharField(max_length=HEAD["title"], required=False)
    source = forms.CharField(max_length=HEAD["source"], required=False)
    text = forms.CharField(
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "font-monospace"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in HEAD:
            self.fields[name].label = _head(name).label
        self.fields["text"].label = _("The rules as JSON")
        self.fields["text"].help_text = _("docs/formats.md explains each part.")

    def clean_text(self) -> dict[str, Any]:
        return read_document(self.cleaned_data["text"])

    def show(self, problem: RuleProblem) -> None:
        self.add_error("text", f"{problem.path}: {problem_text(problem)}")


def written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
