"""What rooms plug into the pages: menu, to-do items, links of Refs, steps of an event, panels of its workbench."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.core.actor import Actor
from backend.core.refs import Ref


@dataclass(frozen=True)
class MenuItem:
    """One entry of the side menu.

    label: lazy translation; shown: whether this actor gets it; icon: an id in `static/ui/icons.svg`;
    count: what waits behind it, asked on every page, so it has to be cheap.
    """

    key: str
    label: Any
    url: Callable[[Actor], str]
    order: int
    icon: str = "circle"
    shown: Callable[[Actor], bool] = lambda actor: not actor.anonymous
    count: Callable[[Actor], int] = lambda actor: 0


@dataclass(frozen=True)
class Todo:
    """Work waiting for this actor. count: how many; tone: `danger`, `warning` or ``; verb: label of its button."""

    title: Any
    link: str
    verb: Any
    count: int = 1
    note: Any = ""
    tone: str = ""
    order: int = 100
    event_code: str = ""


@dataclass(frozen=True)
class Step:
    """One step of an event's line. state: `done`, `now` or `later`; note: a word or a number below it."""

    label: Any
    state: str
    note: Any = ""
    link: str = ""


@dataclass(frozen=True)
class Panel:
    """One card of the workbench: a template with its own context."""

    title: Any
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    wide: bool = False


_menu: dict[str, MenuItem] = {}
_todos: dict[str, Callable[[Actor], Iterable[Todo]]] = {}
_links: dict[str, Callable[[Ref], str]] = {}
_steps: dict[tuple[str, int], Callable[[Actor, Any], Step | None]] = {}
_states: dict[str, dict[str, tuple[Any, str]]] = {}
_workbook: list[Callable[..., bytes]] = []
_acts: dict[str, Any] = {}
_labels: dict[str, Callable[[str], str]] = {}
_panels: dict[tuple[str, int], Callable[[Actor, Any], Panel | None]] = {}


def menu(item: MenuItem) -> None:
    _menu[item.key] = item


def todos(room: str, provider: Callable[[Actor], Iterable[Todo]]) -> None:
    """Register a room's to-do provider: asked for each actor on the first page and the workbench."""
    _todos[room] = provider


def link(kind: str, url: Callable[[Ref], str]) -> None:
    """Register how a Ref of that kind becomes a page address."""
    _links[kind] = url


def step(kind: str, order: int, build: Callable[[Actor, Any], Step | None]) -> None:
    _steps[kind, order] = build


def panel(kind: str, order: int, build: Callable[[Actor, Any], Panel | None]) -> None:
    """Register a card: of a thing's own page (`event`) or of the first page (`home`, thing None, public too)."""
    _panels[kind, order] = build


def states(kind: str, words: dict[str, tuple[Any, str]]) -> None:
    """Register how a lifecycle's states are shown: value -> (lazy label, tone of the pill); rooms may add to a kind."""
    _states.setdefault(kind, {}).update(words)


def state_of(kind: str, value: str) -> tuple[Any, str]:
    """Label and tone of a state; the bare value where its room registered none."""
    return _states.get(kind, {}).get(value, (value, "muted"))


def acts(words: dict[str, Any]) -> None:
    """Register what a room's acts are called: the audit's action -> lazy label."""
    _acts.update(words)


def act_name(action: str) -> str:
    """An act in the reader's language; the bare action where no room registered it."""
    return str(_acts.get(action, action))


def label(kind: str, words: Callable[[str], str]) -> None:
    """Register how the frozen label of a kind of Ref is said in the reader's language."""
    _labels[kind] = words


def label_of(kind: str, frozen: str) -> str:
    """A Ref's label in the reader's language; as it was frozen where its room registered no words."""
    return _labels[kind](frozen) if kind in _labels else frozen


def menu_of(actor: Actor) -> list[MenuItem]:
    return sorted((i for i in _menu.values() if i.shown(actor)), key=lambda i: i.order)


def todos_of(actor: Actor, *, event_code: str = "") -> list[Todo]:
    """Everything that waits for the actor, the most pressing first; of one event only when it is named."""
    found = [t for provider in _todos.values() for t in provider(actor) if not event_code or t.event_code == event_code]
    return sorted(found, key=lambda t: (t.tone != "danger", t.tone != "warning", t.order))


def url_of(ref: Ref) -> str:
    """The page of a Ref, "" where its kind has none."""
    return _links[ref.kind](ref) if ref.kind in _links else ""


def steps_of(kind: str, actor: Actor, thing: Any) -> list[Step]:
    built = (build(actor, thing) for (k, _), build in sorted(_steps.items(), key=lambda s: s[0]) if k == kind)
    return [s for s in built if s is not None]


def panels_of(kind: str, actor: Actor, thing: Any) -> list[Panel]:
    built = (build(actor, thing) for (k, _), build in sorted(_panels.items(), key=lambda s: s[0]) if k == kind)
    return [p for p in built if p is not None]


def workbook_writer(write: Callable[..., bytes]) -> None:
    """Register how a list becomes an Excel file, for the rooms that stand below the spreadsheets."""
    _workbook[:] = [write]


def workbook(title: str, columns: Iterable[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> bytes:
    """A list as an Excel file. columns: (title, width in characters)."""
    return _workbook[0](title, columns, rows)
