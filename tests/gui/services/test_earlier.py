"""What was on the canvas before is remembered, within bounds."""

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.gui.services.earlier import MOST, Earlier
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.seen import Seen
from digitpad.gui.services.session import Session
from digitpad.train.model_file import Model
from tests.threads import refuse_threads


@pytest.fixture
def session(qapp: QApplication, default_model: Model) -> Iterator[Session]:
    session = Session(default_model)
    yield session
    session.trainer.close()
    session.drawings.close_down()


@pytest.fixture
def earlier(session: Session) -> Iterator[Earlier]:
    earlier = Earlier(session, session, Reader(session, session, Preferences()))
    yield earlier
    earlier.close_down()


def line(x: float, points: int = 2) -> Drawing:
    """Return an upright line."""
    return Drawing(
        (Stroke(np.column_stack([np.full(points, x), np.linspace(0.2, 0.8, points), np.ones(points)]), 0.05),)
    )


def show(session: Session, drawing: Drawing) -> Seen:
    """Have the session see ``drawing``, as it does while it is on the canvas."""
    stages = drawing.stages()
    seen = Seen(drawing, stages, Reader(session, session, Preferences()).read(stages))
    session.show_seen(seen)
    return seen


def test_what_was_not_read_yet_is_remembered_where_the_system_has_no_further_thread(
    earlier: Earlier, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = line(0.5)
    with monkeypatch.context() as patched, qtbot.waitSignal(earlier.changed):
        refuse_threads(patched)
        earlier.remember(unread)
    assert [one.drawing for one in earlier.all] == [unread]


def test_what_was_read_is_remembered_with_its_reading_the_newest_first(session: Session, earlier: Earlier) -> None:
    drawings = [line(x) for x in (0.3, 0.5, 0.7)]
    seen = []
    for drawing in drawings:
        seen.append(show(session, drawing))
        earlier.remember(drawing)
    assert [one.drawing for one in earlier.all] == drawings[::-1]
    newest = earlier.all[0]
    assert newest.reading.digit == seen[-1].reading.digit == 1
    assert newest.reading.verdict is seen[-1].reading.verdict
    assert newest.reading.nine is None  # nine readings would hold more than all the rest
    np.testing.assert_array_equal(newest.image, np.round(255 * seen[-1].stages.image))
    assert newest.image.shape == (784,)
    assert newest.image.dtype == np.uint8
    assert [one.drawn_at for one in earlier.all] == sorted((one.drawn_at for one in earlier.all), reverse=True)


def test_the_same_drawing_is_there_once_and_a_blank_one_never(session: Session, earlier: Earlier) -> None:
    first, second = line(0.4), line(0.4)
    for drawing in (first, first, Drawing(), second, first):
        show(session, drawing) if not drawing.empty else session.show_seen(None)
        earlier.remember(drawing)
    assert [one.drawing for one in earlier.all] == [second, first]


def test_what_gave_way_before_it_was_read_is_read_away_from_the_window(
    session: Session, earlier: Earlier, qtbot: QtBot
) -> None:
    unread, after = line(0.5, 3000), line(0.6)
    show(session, after)
    with qtbot.waitSignal(earlier.changed):
        earlier.remember(unread)
        earlier.remember(unread)
        assert earlier.all == []
    earlier.remember(after)
    assert [one.drawing for one in earlier.all] == [after, unread]
    assert earlier.all[1].reading.digit == 1


def test_what_is_read_late_stands_where_it_was_drawn_and_not_at_all_once_all_are_forgotten(
    session: Session, earlier: Earlier, qtbot: QtBot
) -> None:
    unread, after = line(0.5), line(0.6)
    show(session, after)
    with qtbot.waitSignals([earlier.changed, earlier.changed]):
        earlier.remember(unread)
        earlier.remember(after)
    assert [one.drawing for one in earlier.all] == [after, unread]
    earlier.remember(line(0.7))
    earlier.clear()
    assert earlier.all == []
    last = line(0.8)
    with qtbot.waitSignals([earlier.changed, earlier.changed]):  # of the one that is forgotten, too
        earlier.remember(last)
    assert [one.drawing for one in earlier.all] == [last]


def test_a_hundred_are_remembered_and_no_more(session: Session, earlier: Earlier) -> None:
    seen = show(session, line(0.5))
    drawings = [line(0.5) for _ in range(MOST + 7)]
    for drawing in drawings:
        session.show_seen(Seen(drawing, seen.stages, seen.reading))
        earlier.remember(drawing)
    assert [one.drawing for one in earlier.all] == drawings[:6:-1]
    assert len(earlier.all) == MOST == 100


def test_very_large_ones_take_the_place_of_more(session: Session, earlier: Earlier) -> None:
    seen = show(session, line(0.5))
    for _ in range(12):
        picture = Picture.fitted(np.ones((1000, 1000), np.float32))  # 4 MB
        session.show_seen(Seen(Drawing(picture=picture), seen.stages, seen.reading))
        earlier.remember(Drawing(picture=picture))
    del picture
    assert 2 <= len(earlier.all) <= 8
    session.show_seen(None)
    gc.collect()
    assert sum(isinstance(one, Picture) for one in gc.get_objects()) == len(earlier.all)
    huge = Drawing(picture=Picture.fitted(np.ones((3000, 3000), np.float32)))
    session.show_seen(Seen(huge, seen.stages, seen.reading))
    earlier.remember(huge)
    assert [one.drawing for one in earlier.all] == [huge]  # the last one is always there
