"""Who writes notices: a group's secretary, and the browser that they sit at."""

from __future__ import annotations

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.people.models import Grant
from tests.notify.world import guests

__all__ = ["guests"]


@pytest.fixture
def secretary() -> User:
    user = User.objects.create_user("secretary")
    Grant.objects.create(user=user, role="group_secretary", scope_kind="group", scope_key="12")
    return user


@pytest.fixture
def browser(secretary: User, client: Client) -> Client:
    client.force_login(secretary)
    return client
