"""A class: what its pads send, what the teacher does in the room's dialog, and a disk that is full."""

import http.client
import json
from collections.abc import Sequence
from contextlib import closing
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from digitpad.data.store import Drawn
from digitpad.data.synthetic import Hand, strokes
from digitpad.errors import StoreError
from digitpad.gui.classroom.dialog import ClassroomDialog

FULL = "The database cannot be written (database or disk is full)."


class Pad:
    """A pupil's browser, as far as the server knows it."""

    def __init__(self, url: str, code: str) -> None:
        self._host = urlsplit(url).netloc
        self._cookie = ""
        answer = self._ask("POST", "/join", urlencode({"code": code}), "application/x-www-form-urlencoded")
        self._cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]

    def _ask(self, method: str, path: str, body: str | None = None, kind: str = "") -> http.client.HTTPResponse:
        headers = {"Origin": f"http://{self._host}", "Cookie": self._cookie, "Content-Type": kind}
        with closing(http.client.HTTPConnection(self._host, timeout=30)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.told = answer.read()  # type: ignore[attr-defined]
            return answer

    @property
    def page(self) -> bytes:
        return bytes(self._ask("GET", "/pad").told)  # type: ignore[attr-defined]

    @property
    def asked(self) -> int:
        return int(json.loads(self._ask("GET", "/place").told)["asked"])  # type: ignore[attr-defined]

    def send(self, label: int, seed: int = 0) -> int:
        drawn = strokes(label, np.random.default_rng(seed), Hand())
        within = [np.clip(np.asarray(stroke)[:, :2] / 40 + 0.2, 0, 1).tolist() for stroke in drawn]
        return self._ask("POST", "/drawing", json.dumps({"label": label, "strokes": within}), "application/json").status


def press(dialog: ClassroomDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(dialog: ClassroomDialog, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    assert label
    assert label.isVisible()
    return label.text()


def a_pad(dialog: ClassroomDialog) -> Pad:
    """Join by what stands on the screen."""
    return Pad(shown(dialog, "room_url"), shown(dialog, "room_code"))


def fill_the_disk(tries: list[Sequence[Drawn]], drawn: Sequence[Drawn]) -> NoReturn:
    """Stand in for what keeps drawings."""
    tries.append(drawn)
    raise StoreError(FULL)
