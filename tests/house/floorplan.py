"""The floor plan as the house tests need it: rooms in order, and where their source lies."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["backend", "competitions", "training", "certificates", "realtime"]

# Lowest first. A foreign key may only point to the same or a lower place.
FLOORS = [
    "core",
    "contenttypes",
    "auth",
    "sessions",
    "ui",
    "spreadsheets",
    "audit",
    "accounts",
    "mfa",
    "people",
    "notify",
    "documents",
    "tabulation",
    "selection",
    "realtime",
    "credentials",
    "contests",
    "registration",
    "venues",
    "judges",
    "draw",
    "scoring",
    "results",
    "boards",
    "roof",
]


def source_files(suffix: str = ".py") -> list[Path]:
    """Every source file of the product with that suffix, migrations aside."""
    found = (p for package in PACKAGES for p in (ROOT / package).rglob(f"*{suffix}"))
    return sorted(p for p in found if "migrations" not in p.parts and "node_modules" not in p.parts)
