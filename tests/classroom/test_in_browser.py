"""A class in real browsers: from the code on the screen to the drawing on the teacher's computer."""

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import numpy as np
import pytest

from digitpad.classroom import pages
from digitpad.classroom.addresses import LOOPBACK
from digitpad.classroom.room import Room
from digitpad.classroom.server import Server
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

LINE = [(0.5, 0.2), (0.5, 0.5), (0.5, 0.8)]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from chromium import chromium

    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def tab(browser: "Browser") -> "Iterator[Page]":
    """A tab for one room after another: to begin one costs more than all that a test does in it."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as made:
        yield made.new_page()


@pytest.fixture
def page(tab: "Page") -> "Iterator[Page]":
    """An empty page of a browser that was in no room yet."""
    yield tab
    tab.unroute_all()
    tab.set_viewport_size({"width": 1280, "height": 720})
    tab.goto("about:blank")
    tab.context.clear_cookies()


@pytest.fixture(scope="module")
def pad() -> bytes:
    return pages.pad(Model(Network((784, 10), seed=1), Provenance(name="small")))


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def server(room: Room, pad: bytes) -> Iterator[Server]:
    server = Server(room, pad, LOOPBACK, [0])
    yield server
    server.close()
    assert "classroom" not in [thread.name for thread in threading.enumerate()]


def join(page: "Page", server: Server, code: str) -> None:
    page.goto(server.url)
    page.fill("#code", code)
    page.get_by_role("button", name="Join").click()


def draw(page: "Page") -> None:
    box = page.locator("#pad").bounding_box()
    assert box
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in LINE]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()


def test_a_pupil_joins_draws_what_is_asked_for_and_sends_it(browser: "Browser", server: Server, room: Room) -> None:
    with browser.new_context() as context:
        page, complaints, asked_for = context.new_page(), list[str](), set[str]()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked_for.add(request.url))
        join(page, server, "WRONG")
        assert page.get_by_role("alert").inner_text() == "That is not the code on the teacher's screen."
        join(page, server, room.code.lower())
        card, send = page.locator("#classroom"), page.get_by_role("button", name="Send")
        card.get_by_text("Draw a 0").wait_for()
        assert send.is_disabled()
        top = page.locator("#pad").bounding_box()
        draw(page)
        send.click()
        card.get_by_text("Draw a 1").wait_for()
        assert page.evaluate("$page.pad.drawing.paths.length") == 0  # ready for the next
        assert page.locator("#pad").bounding_box() == top  # nothing moved under the hand
        draw(page)
        page.keyboard.press("Enter")
        card.get_by_text("Seat 1 · 2 sent").wait_for()
        assert "to the teacher's computer" in page.locator("#sends").inner_text()
        assert complaints == []
        pages_of_ours = {urljoin(server.url, path) for path in ("", "join", "pad", "place", "drawing", "favicon.ico")}
        assert asked_for <= pages_of_ours
    first, second = room.take_new()
    assert (first.label, second.label) == (0, 1)
    (stroke,) = first.strokes
    np.testing.assert_allclose(stroke[[0, -1], :2], [LINE[0], LINE[-1]], atol=0.01)


@pytest.mark.parametrize(("width", "height"), [(844, 390), (360, 640), (1280, 720)])
def test_the_pad_and_its_tools_are_in_sight(width: int, height: int, page: "Page", server: Server, room: Room) -> None:
    page.set_viewport_size({"width": width, "height": height})
    join(page, server, room.code)
    page.locator("#classroom").get_by_text("Draw a 0").wait_for()
    tools = page.locator(".tools").bounding_box()
    assert tools
    assert tools["y"] + tools["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_drawing_is_sent_as_what_was_asked_for_when_it_was_begun(page: "Page", server: Server, room: Room) -> None:
    join(page, server, room.code)
    card = page.locator("#classroom")
    card.get_by_text("Draw a 0").wait_for()
    draw(page)
    room.asked = 7
    with page.expect_response("**/place"):  # which tells the pad so
        pass
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert card.get_by_text("Draw a 0").is_visible()
    page.get_by_role("button", name="Send").click()
    card.get_by_text("Draw a 7").wait_for()
    assert [drawn.label for drawn in room.take_new()] == [0]


def test_what_is_begun_while_a_drawing_is_sent_stays(page: "Page", pad: bytes) -> None:
    kept = threading.Event()
    room = Room(keep=lambda _: kept.wait(60))
    with closing(Server(room, pad, LOOPBACK, [0])) as server:
        join(page, server, room.code)
        card, send = page.locator("#classroom"), page.get_by_role("button", name="Send")
        card.get_by_text("Draw a 0").wait_for()
        draw(page)
        send.click()
        draw(page)
        assert page.evaluate("$page.pad.drawing.paths.length") == 2
        kept.set()
        card.get_by_text("Seat 1 · 1 sent").wait_for()
        assert page.evaluate("$page.pad.drawing.paths.length") == 1
        send.click()
        card.get_by_text("Seat 1 · 2 sent").wait_for()
        assert page.evaluate("$page.pad.drawing.paths.length") == 0
        page.keyboard.press("Control+z")
        assert page.evaluate("$page.pad.drawing.paths.length") == 1


def test_a_computer_that_fell_asleep_is_waited_for_only_so_long(page: "Page", server: Server, room: Room) -> None:
    join(page, server, room.code)
    card, send = page.locator("#classroom"), page.get_by_role("button", name="Send")
    card.get_by_text("Draw a 0").wait_for()
    draw(page)
    page.route("**/*", lambda _: None)  # no answer, and no end
    send.click()
    assert send.is_disabled()
    card.get_by_text("The teacher's computer does not answer").wait_for()
    page.unroute_all()
    send.click()
    card.get_by_text("Seat 1 · 1 sent").wait_for()
    assert len(room.take_new()) == 1


def test_what_came_though_no_answer_did_comes_once(page: "Page", server: Server, room: Room) -> None:
    join(page, server, room.code)
    card, send = page.locator("#classroom"), page.get_by_role("button", name="Send")
    card.get_by_text("Draw a 0").wait_for()
    draw(page)
    lost: list[int] = []

    def lose(route: "Route") -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/drawing", lose)
    send.click()
    card.get_by_text("The teacher's computer does not answer").wait_for()
    page.unroute_all()
    send.click()
    card.get_by_text("Seat 1 · 1 sent").wait_for()
    assert (lost, len(room.take_new())) == ([200], 1)


def test_a_pad_says_that_the_room_was_closed_and_keeps_what_was_drawn(page: "Page", room: Room, pad: bytes) -> None:
    server = Server(room, pad, LOOPBACK, [0])
    join(page, server, room.code)
    page.locator("#classroom").get_by_text("Draw a 0").wait_for()
    draw(page)
    server.close()
    page.get_by_role("button", name="Send").click()
    page.locator("#classroom").get_by_text("The teacher's computer does not answer").wait_for()
    assert page.evaluate("$page.pad.drawing.paths.length") == 1
