"""Every service that asks who acts, and values for what it takes, from a world that has one of everything."""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db.models import Model

from backend.core import clock
from backend.core.refs import Ref
from backend.documents.services import Upload
from backend.notify.selectors import News
from backend.people.models import Grant
from competitions.contests.models import Edition, Event, Round
from competitions.registration.rulebook import EntryDraft
from competitions.registration.services.papering import File
from tests.house.rows import PAPER
from tests.house.world import World
from tests.judges.world import draft

ROOMS = (
    "backend.people",
    "backend.documents",
    "backend.selection",
    "backend.notify",
    "competitions.contests",
    "competitions.registration",
    "competitions.venues",
    "competitions.judges",
)

NEWS = News("event.postponed", uuid4(), {"event.postponed": {}}, [], "x")

# What a service needs to come as far as its permission, where any value of the type does not do.
TOLD: dict[str, Callable[[World], dict[str, Any]]] = {
    "people.appoint": lambda world: {"role": "organiser", "scope": Ref("group", world.event.leading_group.code)},
    "people.end_role": lambda world: {"grant": Grant.objects.get(uid=world.uids["grant"])},
    "people.grant_role": lambda world: {"role": "organiser", "scope": Ref("group", world.event.leading_group.code)},
    "documents.accept_many": lambda world: {"documents": [UUID(str(world.uids["document"]))]},
    "documents.attach": lambda world: {"kind": PAPER, "holder": Ref("person", world.uids["holder"])},
    "documents.attach_many": lambda world: {"kind": PAPER, "uploads": [upload_for(world)]},
    "documents.reuse": lambda world: {"kind": PAPER, "holder": Ref("person", world.uids["holder"])},
    "notify.make_template": lambda world: {"audience": "event.coordinators"},
    "notify.prefer": lambda world: {"email_wants": "all", "sms_wants": "nothing", "phone": ""},
    "notify.preview_news": lambda world: {"news": NEWS},
    "notify.send_news": lambda world: {"news": NEWS},
    "registration.hand_in_many": lambda world: {"kind": "entry.photo", "files": []},
    "registration.confirm_roster": lambda world: {"on_paper": True},
    "registration.enter_many": lambda world: {"drafts": [EntryDraft(world.uids["organisation"], 7, "平台甲", ())]},
    "judges.appoint_named": lambda world: {"account_name": "supervisor", "duty": "supervisor"},
    "judges.record_judge": lambda world: {"draft": draft(990)},
    "judges.record_service": lambda world: {"duty": "judge"},
    "venues.close_desk": lambda world: {"desk": desk_of(world)},
    "venues.print_desk_card": lambda world: {"desk": desk_of(world)},
    "contests.end_organising": lambda world: {"grant": UUID(world.uids["organiser"])},
    "contests.move_event": lambda world: {"verb": "start_scoring"},
}


def upload_for(world: World) -> Upload:
    return Upload(Ref("person", world.uids["holder"]), b"", "", uuid4())


def desk_of(world: World) -> UUID:
    return Grant.objects.get(user_id=world.insiders["desk"].user_id).uid


def all_services() -> dict[str, Callable[..., Any]]:
    """room.name -> the function, of everything a room offers that asks who acts and answers by a person's wish."""
    found = {}
    for room in ROOMS:
        offered = import_module(f"{room}.services")
        for name in offered.__all__:
            function = getattr(offered, name)
            if inspect.isfunction(function) and "actor" in inspect.signature(function).parameters:
                found[f"{room.split('.')[1]}.{name}"] = function
    return found


@cache
def hints(function: Callable[..., Any]) -> dict[str, Any]:
    known = {**vars(typing), **vars(inspect.getmodule(function))}
    return typing.get_type_hints(function, globalns=known)


def arguments(name: str, function: Callable[..., Any], world: World) -> dict[str, Any]:
    """A value for each argument that has no default, and those of TOLD; `actor` is left to the caller."""
    wanted = hints(inspect.unwrap(function))
    plain = {
        argument: value_of(wanted[argument], argument, world)
        for argument, parameter in inspect.signature(function).parameters.items()
        if argument != "actor" and parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    }
    return plain | (TOLD[name](world) if name in TOLD else {})


def value_of(kind: Any, name: str, world: World) -> Any:
    """Any value of the type; rows are the world's own."""
    origin, of = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return value_of(of[0], name, world)
    if origin is tuple:
        return tuple(value_of(part, name, world) for part in of if part is not Ellipsis)
    if origin in (list, Sequence, Iterable, set, frozenset):
        return [value_of(of[0], name, world)]
    if origin in (dict, Mapping):
        return {value_of(of[0], name, world): value_of(of[1], name, world)}
    if isinstance(kind, TypeVar):
        return value_of(kind.__constraints__[0], name, world)
    if kind is Any:
        return {}
    if not isinstance(kind, type):
        raise TypeError(f"{name}: no value is known for {kind}")
    if issubclass(kind, Model):
        return row_of(kind, world)
    if dataclasses.is_dataclass(kind) and kind is not Ref:
        return built(kind, world)
    return simple(kind, name, world)


def built(kind: Any, world: World) -> Any:
    wanted = typing.get_type_hints(kind)
    missing = (dataclasses.MISSING, dataclasses.MISSING)
    needed = [f for f in dataclasses.fields(kind) if (f.default, f.default_factory) == missing and f.init]
    return kind(**{f.name: value_of(wanted[f.name], f.name, world) for f in needed})


def row_of(model: type[Model], world: World) -> Any:
    """The world's row: its event's, one of those that routes are tried with, or the only one."""
    own = {Event: world.event, Edition: world.event.edition, Round: world.event.rounds.get()}
    if model in own:
        return own[model]
    rows = model._default_manager.order_by("pk")
    if any(field.name == "uid" for field in model._meta.get_fields()):
        named = rows.filter(uid__in=[uid for uid in world.uids.values() if len(uid) == 36])
        if named:
            return named[0]
    found = rows.first()
    assert found is not None, f"the world has no {model.__name__}"
    return found


def simple(kind: type, name: str, world: World) -> Any:
    plain: dict[type, Any] = {
        str: "x",
        int: 1,
        bool: True,
        bytes: b"x",
        Decimal: Decimal(1),
        datetime: clock.now(),
        date: clock.today(),
        UUID: uuid4(),
        Ref: Ref("group", world.event.leading_group.code),
        File: ContentFile(b"x", "x"),
    }
    if kind in plain:
        return plain[kind]
    if issubclass(kind, Enum):
        return next(iter(kind))
    raise TypeError(f"{name}: no value is known for {kind}")
