"""The check-in desk in a real browser: half an hour without network, the same person at two doors, signing out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image

from tests import services
from tests.browser.axe import findings
from tests.browser.entrance import SIZES, let_in, says, scan
from tests.browser.places import FLAGS, PLAIN_HTTP

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scans", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_scans_through_half_an_hour_without_network(doors: Any, scans: int) -> None:
    hall = doors(scans // 3 + 1)
    tokens = hall.made["tokens"][:scans]
    page, other = hall.desk(0, clock=True), hall.desk(1)
    page.context.set_offline(True)
    let_in(other, tokens[7])
    says(other, "Delivered 1")

    for n, token in enumerate(tokens):
        let_in(page, token)
        if n % 10 == 9:
            page.clock.fast_forward(90_000 * 200 // scans)
        if n == scans * 3 // 5:
            page.reload()  # no server answers: the shell, the list and what was said are on the device
            page.locator("#ci-find").wait_for()
            says(page, f"To send {n + 1}")
    says(page, f"To send {scans}")
    assert hall.taken()["rows"] == 1

    page.context.set_offline(False)
    page.clock.fast_forward(60_000)
    says(page, "To send 0")
    page.get_by_text("Another desk had let this person in already").wait_for()

    assert hall.taken() == {"rows": scans + 1, "people": scans, "conflicts": 1, "clients": scans + 1}


def test_a_scan_whose_answer_was_lost_counts_once(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    sent = []

    def lose(route: Any) -> None:
        sent.append(route.request.post_data_json["scans"])
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/checkin/scans", lose)
    let_in(page, hall.made["tokens"][0])
    says(page, "Delivered 1")

    assert sent[0] == sent[1]
    assert hall.taken()["rows"] == 1


def test_signing_out_waits_for_what_is_unsent_and_leaves_nothing(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.route("**/checkin/scans", lambda route: route.abort())
    let_in(page, hall.made["tokens"][0])
    says(page, "To send 1")

    page.get_by_role("button", name="Sign out").tap()
    page.get_by_text("1 verdicts are not delivered yet").wait_for()
    page.unroute("**/checkin/scans")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "Delivered 1")
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url(lambda url: "/check-in/" not in url)

    names = page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert [name for name in names if name.startswith("desk-")] == []
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("shell ")] == []


def test_without_network_a_desk_stays_signed_in_and_keeps_its_list(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.context.set_offline(True)

    page.get_by_role("button", name="Sign out").tap()
    page.get_by_text("Signing out needs the network").wait_for()
    scan(page, hall.made["tokens"][0])
    page.get_by_role("button", name="Back").click()
    page.context.set_offline(False)
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url(lambda url: "/check-in/" not in url)
    page.go_back()

    assert "河南第1" not in page.locator("body").inner_text()


def test_no_other_page_signs_out_a_desk_with_unsent_verdicts(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0, "tablet")
    address = page.url
    page.route("**/checkin/scans", lambda route: route.abort())
    let_in(page, hall.made["tokens"][0])
    says(page, "To send 1")

    page.goto(f"{hall.server.url}/")
    page.get_by_role("button", name="Sign out").first.tap()
    page.get_by_text("This device still holds scores or check-ins").wait_for()
    page.unroute("**/checkin/scans")
    page.goto(address)
    says(page, "To send 0")

    assert hall.taken()["rows"] == 1


def test_after_the_cut_off_only_a_reason_opens_the_door(doors: Any) -> None:
    hall = doors(1, late=True)
    page = hall.desk(0)
    scan(page, hall.made["tokens"][0])
    page.locator(".ci-all input").check()

    page.get_by_role("button", name="Let in late").tap()
    page.get_by_text("Write the reason first.").wait_for()
    page.get_by_label("Why is the person let in late?").fill("bus broke down")
    page.get_by_role("button", name="Let in late").tap()
    says(page, "Delivered 1")

    assert hall.taken() == {"rows": 1, "people": 1, "conflicts": 0, "clients": 1}


def test_a_team_of_another_session_is_told_at_the_door(doors: Any) -> None:
    hall = doors(2, elsewhere=True)
    page = hall.desk(0)
    says(page, "0 of 3 inside")

    scan(page, hall.made["tokens"][0])
    page.get_by_text("This team's place is in another session: 下午场").wait_for()
    page.get_by_role("button", name="Back").click()
    scan(page, hall.made["tokens"][3])

    assert page.get_by_text("This team's place is in another session").count() == 0


def test_on_plain_http_people_are_found_by_name_and_the_page_says_why(doors: Any) -> None:
    hall = doors(1)
    page = hall.desk(0)
    page.add_init_script(PLAIN_HTTP)
    page.reload()
    page.get_by_text("This address is not https").wait_for()

    page.locator("#ci-find").fill(f"SXZ1:{hall.made['tokens'][0]}")
    page.keyboard.press("Enter")
    assert page.locator("dialog[open]").count() == 0
    page.locator("#ci-find").fill("河南第1")
    page.locator(".ci-person").first.click()
    page.locator(".ci-all input").check()
    page.locator(".ci-yes").click()
    says(page, "Delivered 1")

    assert hall.taken()["rows"] == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_can_be_used_by_everybody(doors: Any, size: str) -> None:
    hall = doors(2)
    page = hall.desk(0, size)
    assert findings(page) == []

    scan(page, hall.made["tokens"][0])
    assert findings(page) == []
    page.locator(".ci-no").tap()
    assert findings(page) == []
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('dialog button, dialog .ci-paper')].map(e => e.offsetHeight))"
    )
    assert smallest >= 48
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def film_of(text: str, folder: Path) -> Path:
    """A film for Chromium's pretended camera that shows one code: pictures one after the other."""
    code = qrcode.QRCode(border=6, box_size=8)
    code.add_data(text)
    picture = Image.new("RGB", (640, 480), "white")
    drawn = code.make_image().get_image().convert("RGB").resize((400, 400))
    picture.paste(drawn, (120, 40))
    page = io.BytesIO()
    picture.save(page, "JPEG", quality=95)
    film = folder / "code.mjpeg"
    film.write_bytes(page.getvalue() * 10)
    return film


def test_the_camera_reads_a_card(doors: Any, browser: Any, tmp_path: Path) -> None:
    hall = doors(1)
    film = film_of(f"SXZ1:{hall.made['tokens'][0]}", tmp_path)
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    flags = [*FLAGS, *camera, f"--use-file-for-fake-video-capture={film}"]
    filming = browser.browser_type.launch(executable_path=services.CHROMIUM, args=flags)
    try:
        hall.browser = filming
        page = hall.desk(0)

        page.get_by_role("button", name="Scan with the camera").tap()

        page.get_by_role("heading", name="人100").wait_for()
        assert page.get_by_label("Participation card").is_checked()
    finally:
        filming.close()
        hall.contexts.clear()
