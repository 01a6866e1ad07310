"""The page's side in a real browser: the outbox loses nothing, the live notice heals itself."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.places import vendor
from tests.processes import embedded_state, serving
from tests.realtime.conftest import APPLICATION

pytestmark = pytest.mark.browser

OPEN = """async (name) => {
  const { openOutbox } = await import("/static/realtime/outbox.js");
  window.sent = [];
  window.answer = "taken";
  window.outbox = await openOutbox(name, { first: 50, longest: 200, send: async (items) => {
    if (window.answer === "down") throw new Error("no line");
    window.sent.push(...items);
    return items.map(({ client_id }) => ({ client_id, verdict: window.answer, code: "x", message: "because" }));
  }});
  window.state = await outbox.counts();
  outbox.addEventListener("change", ({ detail }) => { window.state = detail; });
}"""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    vendor()
    with embedded_state() as env, serving(env, APPLICATION) as address:
        yield address


@pytest.fixture
def page(browser: Browser, host: str) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(8000)
    opened = context.new_page()
    opened.goto(f"http://{host}/blank")
    yield opened
    context.close()


def counts(page: Page) -> tuple[int, int]:
    found = page.evaluate("window.outbox.counts()")
    return found["kept"], found["refused"]


def test_what_was_put_is_sent_once_and_forgotten(page: Page) -> None:
    page.evaluate(OPEN, "a")

    page.evaluate("Promise.all([1, 2, 3].map((n) => outbox.put({ client_id: `c${n}`, value: n })))")
    page.wait_for_function("state.kept === 0")

    sent = page.evaluate("sent")
    assert sorted(item["client_id"] for item in sent) == ["c1", "c2", "c3"]
    assert sent[0].keys() == {"client_id", "value"}


def test_without_a_line_everything_is_kept_over_a_reload_and_sent_later(page: Page) -> None:
    page.evaluate(OPEN, "b")
    page.evaluate("answer = 'down'")
    page.evaluate("Promise.all([1, 2].map((n) => outbox.put({ client_id: `c${n}`, value: n })))")
    kept = counts(page)

    page.reload()
    page.evaluate(OPEN, "b")
    page.wait_for_function("state.kept === 0")

    assert kept == (2, 0)
    assert [item["value"] for item in page.evaluate("sent")] == [1, 2]


def test_it_tries_again_by_itself_when_the_line_is_back(page: Page) -> None:
    page.evaluate(OPEN, "c")
    page.evaluate("answer = 'down'")
    page.evaluate("outbox.put({ client_id: 'c1', value: 1 })")
    page.wait_for_function("outbox.failures >= 2")

    page.evaluate("answer = 'taken'")
    page.wait_for_function("sent.length === 1")

    assert counts(page) == (0, 0)


def test_a_refused_item_stays_with_its_reason_until_it_was_read(page: Page) -> None:
    page.evaluate(OPEN, "d")
    page.evaluate("answer = 'refused'")
    page.evaluate("outbox.put({ client_id: 'c1', value: 9 })")
    page.wait_for_function("state.refused === 1")

    refused = page.evaluate("outbox.refused()")
    page.evaluate("outbox.dismiss('c1')")

    assert (refused[0]["value"], refused[0]["message"]) == (9, "because")
    assert counts(page) == (0, 0)


GUARD = """async () => {
  const { guardSignOut } = await import("/static/realtime/sign-out.js");
  const held = async () => { window.held = (await outbox.counts()).kept; };
  const [desk, disk] = [{}, { leave() {} }];
  window.fetch = async () => new Response();
  guardSignOut(document.querySelector("#out"), { desk, outbox, disk, held });
}"""


def test_sign_out_waits_for_what_is_unsent_and_leaves_nothing_behind(page: Page) -> None:
    page.evaluate(OPEN, "e")
    page.evaluate("answer = 'down'")
    page.evaluate("outbox.put({ client_id: 'c1', value: 1 })")
    page.evaluate(GUARD)

    page.click("#out button")
    page.wait_for_function("window.held === 1")
    where = page.url
    page.evaluate("answer = 'taken'")
    page.wait_for_function("state.kept === 0")
    with page.expect_request("**/sign-out/**") as asked:
        page.click("#out button")

    assert where.endswith("/blank")
    assert asked.value.is_navigation_request()


NO_SOCKETS = """() => {
  window.WebSocket = class {
    constructor() { setTimeout(() => this.onclose({ code: 1006 })); }
    close() {}
  };
}"""
LIVE = """(topic) => {
  window.notices = [];
  const element = document.createElement("live-notice");
  element.setAttribute("topic", topic);
  element.innerHTML = '<data-age fresh="live" seconds="{n} s" minutes="{n} min" none="-"></data-age>';
  element.addEventListener("notice", ({ detail }) => notices.push([detail.version, detail.state.jobs]));
  document.body.append(element);
}"""


def write(host: str, topic: str) -> None:
    with urllib.request.urlopen(f"http://{host}/touch?topic={topic}", timeout=5):
        pass


def test_a_page_shows_each_new_state_and_how_old_it_is(page: Page, host: str) -> None:
    page.evaluate(LIVE, "open:page")
    page.wait_for_selector("live-notice[line=live]", state="attached")
    before = page.text_content("data-age")

    write(host, "open:page")
    page.wait_for_function("notices.length === 1")

    assert page.evaluate("notices[0][0]") == 1
    assert (before, page.text_content("data-age")) == ("live", "live")
    assert page.get_attribute("live-notice", "version") == "1"


def test_without_sockets_a_public_page_polls(page: Page, host: str) -> None:
    page.evaluate(NO_SOCKETS)
    page.evaluate(LIVE, "open:poll-page")
    page.wait_for_selector("live-notice[line=polling]", state="attached")

    write(host, "open:poll-page")
    page.wait_for_function("notices.length === 1", timeout=15_000)

    assert page.evaluate("notices[0][0]") == 1


def test_a_page_heals_what_it_missed_while_the_line_was_down(page: Page, host: str) -> None:
    page.evaluate(LIVE, "open:gap")
    page.wait_for_selector("live-notice[line=live]", state="attached")
    page.context.set_offline(True)
    page.evaluate("document.querySelector('live-notice').socket.close()")
    page.wait_for_selector("live-notice:not([line=live])", state="attached")

    write(host, "open:gap")
    threading.Event().wait(0.3)
    write(host, "open:gap")
    page.context.set_offline(False)
    page.wait_for_selector("live-notice[line=live]", state="attached", timeout=20_000)
    page.wait_for_function("notices.length > 0 && notices.at(-1)[0] >= 2")  # the second may still be on its way

    assert page.evaluate("notices.at(-1)[0]") == 2


def test_a_private_topic_without_a_ticket_is_shown_as_refused(page: Page) -> None:
    page.evaluate(LIVE, "closed:page")

    page.wait_for_selector("live-notice[line=refused]", state="attached")
