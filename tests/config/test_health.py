"""The two questions of a load balancer."""

import pytest
from django.test import Client


def test_a_living_process_says_so_without_its_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_process_with_database_and_redis_is_ready(client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"ready": True, "database": True, "redis": True})


@pytest.mark.django_db
def test_a_process_without_redis_is_not_ready(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["redis"]) == (503, False)
