"""The draw: entries become codes, layer by layer; only decoding walks back."""

from __future__ import annotations

import secrets

from django.db import transaction

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.core.vault import blind_index
from competitions.contests.models import Round
from competitions.contests.selectors import rules_of
from competitions.contests.services import move_event
from competitions.draw import rulebook
from competitions.draw.errors import CodeTableAltered, NothingToDraw
from competitions.draw.models import CodeLayer, CodeMapping, Work
from competitions.draw.permissions import may_draw
from competitions.registration.models import Entry
from competitions.registration.selectors.reviewing import admitted_states
from competitions.venues.models import Station


@transaction.atomic
def draw_round(*, actor: Actor, round: Round) -> int:
    """Draw every submitted entry of the round to its codes; returns how many works there are.

    The last layer uses station codes where there are enough stations, else fresh ones. Works are created in code order,
    so that nothing about them tells the order of registration.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("event__rule_set").get(pk=round.pk)
    event = round.event
    require(may_draw(actor, event))
    move_event(actor=actor, event=event, verb="draw")
    random = secrets.SystemRandom()
    sources = [
        str(uid)
        for uid in Entry.objects.filter(event=event, state__in=admitted_states(event)).values_list("uid", flat=True)
    ]
    if not sources:
        raise NothingToDraw
    layers = max(1, rules_of(event).layers)
    for number in range(1, layers + 1):
        stations = list(Station.objects.filter(venue__event=event, spare=False).values_list("code", flat=True))
        if number == layers and layers > 1 and len(set(stations)) >= len(sources):
            codes = rulebook.station_codes(sorted(set(stations)), len(sources), random)
        else:
            codes = rulebook.fresh_codes(len(sources), random)
        _keep_layer(actor, round, number, list(zip(sources, codes, strict=True)), random)
        sources = codes
    panels = list(round.panels.order_by("pk"))
    for n, code in enumerate(sorted(sources)):
        Work.objects.create(round=round, code=code, panel=panels[n % len(panels)] if panels else None)
    audit.record(
        actor=actor, action="draw.done", subject=round.ref, event_code=event.code, works=len(sources), layers=layers
    )
    return len(sources)


def _keep_layer(
    actor: Actor, round: Round, number: int, pairs: list[tuple[str, str]], random: secrets.SystemRandom
) -> None:
    layer = CodeLayer.objects.create(
        round=round,
        number=number,
        drawn_at=clock.now(),
        drawn_by_uid=actor.user_uid,
        table_sha256=rulebook.table_sha256(pairs),
    )
    rows = []
    for source, code in random.sample(pairs, len(pairs)):  # the order of rows tells nothing
        row = CodeMapping(layer=layer, from_index=_index(layer, source), to_index=_index(layer, code))
        row.put("from", source)
        row.put("to", code)
        rows.append(row)
    CodeMapping.objects.bulk_create(rows)


def _index(layer: CodeLayer, code: str) -> str:
    return blind_index(code, purpose=f"code-layer-{layer.uid.hex}")


def decode(*, round: Round) -> dict[str, str]:
    """Work code -> entry uid, walked back layer by layer; each table is compared with the hash of its draw.

    Only the publication of signed results calls this; it has no page and no API of its own.
    """
    found: dict[str, str] = {}
    for layer in round.code_layers.order_by("-number"):
        pairs = [(m.reveal("from"), m.reveal("to")) for m in layer.mappings.all()]
        if rulebook.table_sha256(pairs) != layer.table_sha256:
            raise CodeTableAltered
        back = {code: source for source, code in pairs}
        found = {work: back[code] for work, code in found.items()} if found else back
    return found


@transaction.atomic
def assign_panels(*, actor: Actor, round: Round) -> None:
    """Give works without a panel one, in turns by code order."""
    require(may_draw(actor, round.event))
    panels = list(round.panels.order_by("pk"))
    for n, work in enumerate(Work.objects.select_for_update().filter(round=round, panel=None).order_by("code")):
        work.panel = panels[n % len(panels)] if panels else None
        work.save(update_fields=["panel"])
