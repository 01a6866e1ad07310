"""A refusal reaches a person as a page, an htmx request as a toast, a machine as problem+json."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from backend.core.actor import PUBLIC
from backend.core.errors import DomainError, IllegalMove, Invalid, NotAllowed
from backend.ui import web
from backend.ui.middleware import DomainErrors

pytestmark = pytest.mark.django_db


def refused(error: DomainError, path: str = "/entries/", **headers: str) -> HttpResponse:
    request: Any = RequestFactory().get(path, headers=headers)
    request.actor, request.htmx, request.request_id = PUBLIC, "HX-Request" in headers, "a1b2c3"
    answer = DomainErrors(lambda r: HttpResponse()).process_exception(request, error)
    assert answer is not None
    return answer


def test_a_person_gets_a_page_with_every_problem_and_the_place_to_mend_them() -> None:
    error = Invalid({"name": "缺姓名。", "phone": ["手机号应为 11 位。", "手机号重复。"]})
    error.link = "/entries/new/"

    page = refused(error).content.decode()

    told = ("请修改标出的地方。", "缺姓名。", "手机号应为 11 位。", "手机号重复。", 'href="/entries/new/"', "a1b2c3")
    assert [words for words in told if words not in page] == []


def test_htmx_gets_a_toast_and_keeps_the_page() -> None:
    answer = refused(IllegalMove(), **{"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#toasts"
    assert answer["HX-Reswap"] == "beforeend"
    assert "<html" not in answer.content.decode()


def test_a_machine_gets_problem_json() -> None:
    answer = refused(Invalid({"value": "too large"}), path="/api/v1/judge/marks")

    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["problems"] == {"value": ["too large"]}


def test_a_refused_visitor_is_led_to_sign_in_and_back() -> None:
    assert 'href="/sign-in/?next=/entries/"' in refused(NotAllowed()).content.decode()


def test_the_way_back_stays_on_this_site() -> None:
    own = refused(IllegalMove(), Referer="http://testserver/events/").content.decode()
    foreign = refused(IllegalMove(), Referer="http://testserver.example/events/").content.decode()

    assert 'href="/events/"' in own
    assert "testserver.example" not in foreign


@pytest.mark.parametrize(
    ("path", "kind"), [("/nowhere/", "text/html; charset=utf-8"), ("/api/v1/nowhere", "application/problem+json")]
)
def test_unknown_addresses_are_told_in_the_callers_form(client: Client, path: str, kind: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, kind)


def test_a_stale_form_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})

    assert answer.status_code == 403
    assert "请重新提交一次" in answer.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_our_own_fault_is_told_without_asking_the_database(htmx: bool, django_assert_num_queries: Any) -> None:
    request: Any = HttpRequest()
    request.path, request.htmx, request.request_id, request.actor = "/entries/", htmx, "a1b2c3", PUBLIC
    request.META.update(SERVER_NAME="testserver", SERVER_PORT="80")

    with django_assert_num_queries(0):
        answer = web.server_error(request)

    assert answer.status_code == 500
    assert "a1b2c3" in answer.content.decode()


def test_a_long_refusal_is_headed_by_its_first_sentence_and_says_the_rest_once() -> None:
    page = refused(DomainError("此链接已失效。请向学校索取新链接。")).content.decode()

    assert "<h1>此链接已失效</h1>" in page.replace("\n", "")
    assert '<p class="refusal-what">请向学校索取新链接。</p>' in page
    assert 'data-told="此链接已失效。请向学校索取新链接。"' in page


def test_a_refusal_that_leads_to_the_entrance_says_so() -> None:
    page = refused(DomainError("登录已结束。", link="/card/?next=/judge/")).content.decode()

    assert '<a class="btn btn-primary" href="/card/?next=/judge/">登录</a>' in page
