"""Two system officers, and one human under two numbers."""

from __future__ import annotations

import pytest

from backend.core.actor import Actor
from backend.people.models import Person
from tests.factories import person, signed_in
from tests.registration.world import id_number


@pytest.fixture
def asking(db: None) -> Actor:
    return signed_in("first-officer", "sys_admin", "system", "")


@pytest.fixture
def confirming(db: None) -> Actor:
    return signed_in("second-officer", "sys_admin", "system", "")


@pytest.fixture
def duplicate(db: None) -> Person:
    return person(id_number(100), "人100")


@pytest.fixture
def right(db: None) -> Person:
    return person(id_number(900), "人100")
