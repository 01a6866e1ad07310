"""A school below a bureau, with its coordinator and the bureau's reviewer: a step before the organisers."""

from __future__ import annotations

import pytest

from backend.core.actor import Actor
from backend.people.models import Organisation
from tests.factories import organisation, signed_in


@pytest.fixture
def bureau(db: None) -> Organisation:
    return organisation("开封市教育局", kind="bureau")


@pytest.fixture
def school(bureau: Organisation) -> Organisation:
    return organisation("开封测试学校", overseen_by=bureau)


@pytest.fixture
def reviewer(bureau: Organisation) -> Actor:
    return signed_in("reviewer", "bureau_reviewer", "organisation", str(bureau.uid))
