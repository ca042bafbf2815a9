"""The networks of this sitting: the last ones that were in use, as many as there is room for."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from digitpad.gui.services import made_here
from digitpad.gui.services.made_here import MadeHere
from digitpad.nn.network import Network
from digitpad.train.made import Made
from digitpad.train.model_file import Model


def made(title: str, size: int = 1, made_at: float = 0.0) -> Made:
    return Made(title, made_at, size, lambda: Model(Network([784, 10])))


def titles(here: MadeHere) -> list[str]:
    return [one.title for one in here.all]


@pytest.fixture
def here(qapp: QObject) -> MadeHere:
    return MadeHere(qapp)


def test_the_one_used_last_is_in_front_and_each_is_there_once(here: MadeHere, qtbot: QtBot) -> None:
    a, b, c = made("a"), made("b"), made("c")
    for one in (a, b, c, a):
        with qtbot.waitSignal(here.changed):
            here.add(one)
    assert titles(here) == ["a", "c", "b"]
    with qtbot.assertNotEmitted(here.changed):
        here.add(a)
    here.add(made("d"), instead_of=a)
    assert titles(here) == ["d", "c", "b"]
    here.remove(c)
    here.remove(None)
    assert titles(here) == ["d", "b"]


def test_there_are_so_many_at_most_and_they_take_so_much(here: MadeHere) -> None:
    for number in range(made_here.MOST + 5):
        here.add(made(str(number)))
    assert titles(here) == [str(number) for number in range(made_here.MOST + 4, 4, -1)]
    for number in range(5):
        here.add(made(f"large {number}", made_here.MOST_BYTES // 3))
    assert titles(here) == ["large 4", "large 3", "large 2"]
    here.add(made("larger than all", 2 * made_here.MOST_BYTES))
    assert titles(here) == ["larger than all"]  # it is in use: whatever its size, it is kept


def test_those_of_another_sitting_come_behind_and_none_twice(here: MadeHere) -> None:
    here.add(made("a", made_at=1.0))
    here.take_up([made("b"), made("a", made_at=1.0), made("a", made_at=2.0)])
    assert [(one.title, one.made_at) for one in here.all] == [("a", 1.0), ("b", 0.0), ("a", 2.0)]


def test_one_of_another_sitting_that_is_used_takes_the_place_of_itself(here: MadeHere) -> None:
    here.add(made("a", made_at=1.0))
    here.add(made("a", made_at=2.0))
    again = made("a", made_at=1.0)
    here.add(again)
    assert [(one.title, one.made_at) for one in here.all] == [("a", 1.0), ("a", 2.0)]
    assert here.all[0] is again
