"""Money is an integer number of fen."""

from decimal import ROUND_HALF_UP, Decimal


def yuan(fen: int) -> str:
    """`1234` fen as `12.34`."""
    return f"{Decimal(fen) / 100:.2f}"


def fen(text: str) -> int:
    """`12.34` yuan as 1234 fen; half a fen goes up."""
    return int((Decimal(text) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
