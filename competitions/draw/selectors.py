"""Questions about a draw that tell codes and nothing beside them."""

from __future__ import annotations

from competitions.contests.models import Round
from competitions.draw.models import CodeLayer, CodeMapping


def layers_of(round: Round) -> list[CodeLayer]:
    """The layers that are drawn, the first next to the entries."""
    return list(CodeLayer.objects.filter(round=round).order_by("number"))


def codes_of(layer: CodeLayer) -> list[str]:
    """The codes that a layer gave, sorted, so that their order tells nothing; never what they stand for."""
    return sorted(mapping.reveal("to") for mapping in CodeMapping.objects.filter(layer=layer))
