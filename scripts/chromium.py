"""Pages in a real browser, and the hands that draw on them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from environment.system import find_browser
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

Points = Sequence[Sequence[float]]  # x and y of each, in canvas sides

_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
    "--disable-sync", "--disable-quic",
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium without a window, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Opened:
    """An exported page in a browser, with all that it complained of and asked for."""

    page: Page
    complaints: list[str]
    requests: list[str]

    def draw(self, paths: Sequence[Points]) -> None:
        """Draw with the mouse."""
        mouse = self.page.mouse
        for path in paths:
            first, *others = self.places(path)
            mouse.move(*first)
            mouse.down()
            for place in others:
                mouse.move(*place)
            mouse.up()
        self.settle()

    def touch(self, kind: str, *fingers: tuple[int, float, float]) -> None:
        """Put fingers down, move or lift them: each has a number and a place in canvas sides."""
        points = []
        for number, x, y in fingers:
            ((left, top),) = self.places([(x, y)])
            points.append({"x": left, "y": top, "id": number})
        self._screen.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    @cached_property
    def _screen(self) -> CDPSession:
        """What knows which fingers are down."""
        return self.page.context.new_cdp_session(self.page)

    def places(self, path: Points) -> list[tuple[float, float]]:
        """Return where points, in canvas sides, are on the page."""
        box = self.page.locator("#pad").bounding_box()
        assert box
        return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in path]

    def settle(self) -> None:
        """Wait until what is drawn has been read and shown."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def text(self, name: str) -> str:
        """Return what is shown in the element with this id."""
        return self.page.locator(f"#{name}").inner_text()

    @property
    def paths(self) -> list[list[tuple[float, float]]]:
        """What is drawn, in canvas sides."""
        return [[(x, y) for x, y in path] for path in self.page.evaluate("$page.pad.drawing.paths")]

    def evaluate(self, code: str, argument: Any = None) -> Any:
        """Return what a piece of JavaScript gives."""
        return self.page.evaluate(code, argument)


@contextmanager
def opened(browser: Browser, file: Path, width: int = 1280, height: int = 720, **context: Any) -> Iterator[Opened]:
    """Open a page as somebody opens a file, in a window of its own, which shares nothing with others."""
    with (
        browser.new_context(viewport={"width": width, "height": height}, **context) as made,
        opened_in(made.new_page(), file) as told,
    ):
        yield told


@contextmanager
def opened_in(page: Page, file: Path) -> Iterator[Opened]:
    """Open a page in the place of another, and wait until it reads. At the end nothing may have gone wrong in it."""
    told = Opened(page, [], [])
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: told.complaints.append(message.text),
        "pageerror": lambda error: told.complaints.append(str(error)),
        "dialog": lambda dialog: told.complaints.append(dialog.message),
        "request": lambda request: told.requests.append(request.url),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    yield told
    assert told.complaints == []
    assert told.requests == [file.as_uri()]
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
