"""The API keeps to its own description, whatever it is sent."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.house.world import World, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CSRF = "c" * 32


@pytest.fixture
def known(world: World) -> dict[str, str]:
    """Real values for the paths, so that more than refusals are met."""
    return {"event_code": world.event.code, "topic": f"board:{world.event.code}", "token": world.uids["token"]}


schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())
few = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@schema.parametrize()
@few
def test_nobody_in_particular_gets_only_documented_answers(case: Any) -> None:
    case.call_and_validate(checks=CHECKS)


@schema.parametrize()
@few
def test_a_judge_gets_only_documented_answers(case: Any, world: World, known: dict[str, str]) -> None:
    client = world.client(world.insiders["judge"])
    uid = {"uid": world.uids["sheet"]}
    for name in case.path_parameters or {}:
        case.path_parameters[name] = (known | uid).get(name, case.path_parameters[name])

    case.call_and_validate(
        checks=CHECKS,
        cookies={"sessionid": client.cookies["sessionid"].value, "csrftoken": CSRF},
        headers={"X-CSRFToken": CSRF},
    )


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch", "options"])
def test_an_unknown_address_answers_with_a_problem(client: Client, method: str) -> None:
    answer = getattr(client, method)("/api/v1/nothing/here")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_every_operation_documents_its_problems(client: Client) -> None:
    paths = client.get("/api/v1/schema/?format=json").json()["paths"]

    lacking = [
        f"{method} {path} {code}"
        for path, methods in paths.items()
        for method, operation in methods.items()
        for code in ("400", "404", "405", "406", "429")
        if "application/problem+json" not in operation["responses"].get(code, {}).get("content", {})
    ]

    assert lacking == []


def test_the_list_of_events_is_paged_and_holds_no_key(client: Client, world: World) -> None:
    page = client.get("/api/v1/events?state=scoring").json()

    assert [event["code"] for event in page["results"]] == ["GZ-2026-046", "GZ-2026-999"]
    assert "id" not in page["results"][0]
    assert client.get(f"/api/v1/events/{world.event.code}").json() == page["results"][0]
