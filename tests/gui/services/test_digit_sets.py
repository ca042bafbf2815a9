"""Data sets loaded, opened, fetched and looked at."""

import gc
import gzip
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import ref

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.dataset import Digits, Kind
from digitpad.data.download import MNIST_FILES, Download
from digitpad.data.formats import opening
from digitpad.errors import DataError
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from tests.digits import folder as make_folder
from tests.mnist_server import folder as folder
from tests.mnist_server import mirror as mirror

Make = Callable[[Preferences], DigitSets]


@pytest.fixture
def make(home: Path, parent: QObject, mirror: Callable[[Path], Download]) -> Iterator[Make]:
    """What makes the sets of one start of the program after another; MNIST comes from a mirror on this machine."""
    made: list[DigitSets] = []

    def make(preferences: Preferences) -> DigitSets:
        made.append(DigitSets(preferences, parent, mirror))
        return made[-1]

    yield make
    for sets in made:
        sets.close_down()


@pytest.fixture
def preferences(home: Path) -> Iterator[Preferences]:
    """What is remembered: nothing yet."""
    preferences = Preferences(home / "settings.json")
    yield preferences
    preferences.finish()


@pytest.fixture
def sets(make: Make, preferences: Preferences, qtbot: QtBot) -> DigitSets:
    """The sets on a fresh machine, the built-in one in use."""
    sets = make(preferences)
    sets.wanted()
    qtbot.waitUntil(lambda: uses(sets, "Built-in digits"))
    return sets


def uses(sets: DigitSets, name: str) -> bool:
    """Whether the set of this name is in use and no other is being loaded."""
    return sets.current is not None and sets.current.name == name and sets.loading is None


def test_mnist_is_fetched_used_and_found_at_the_next_start(
    sets: DigitSets, make: Make, preferences: Preferences, home: Path, qtbot: QtBot
) -> None:
    assert not sets.has_mnist
    with qtbot.waitSignals([sets.fetching_changed, sets.received, sets.fetching_changed, sets.opened]):
        sets.fetch()
        assert sets.fetching
    assert uses(sets, "MNIST")
    assert not sets.fetching
    assert sets.has_mnist
    assert sets.path == home / "mnist"
    assert {file.name for file in (home / "mnist").iterdir()} == {file.name for file in MNIST_FILES}
    again = make(preferences)
    again.wanted()
    qtbot.waitUntil(lambda: uses(again, "MNIST"))


def test_mnist_that_was_damaged_on_the_disk_is_fetched_again(
    sets: DigitSets, make: Make, home: Path, qtbot: QtBot
) -> None:
    sets.fetch()
    qtbot.waitUntil(lambda: uses(sets, "MNIST"))
    (home / "mnist" / "t10k-images-idx3-ubyte").write_bytes(b"damaged")
    later = make(Preferences())
    with qtbot.waitSignal(later.failed):
        later.wanted()
    qtbot.waitUntil(lambda: uses(later, "Built-in digits"))
    assert not later.has_mnist  # so it can be got
    later.fetch()
    qtbot.waitUntil(lambda: uses(later, "MNIST"))
    assert later.has_mnist


def test_a_copy_of_mnist_is_kept_with_the_program_s_files(
    sets: DigitSets, preferences: Preferences, folder: Path, home: Path, qtbot: QtBot
) -> None:
    sets.open(folder / "t10k-images-idx3-ubyte")
    qtbot.waitUntil(lambda: sets.path == home / "mnist")
    assert uses(sets, "MNIST")
    assert sets.choices() == [("Built-in digits", paths.DIGITS), ("MNIST", home / "mnist")]
    assert mnist.load(home / "mnist").kind is Kind.MNIST
    assert preferences.data_set == home / "mnist"


def test_a_set_in_a_folder_called_mnist_is_not_mnist(
    sets: DigitSets, preferences: Preferences, home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = make_folder(tmp_path / "MNIST", training=20, test=5)
    sets.open(other)
    qtbot.waitUntil(lambda: uses(sets, "MNIST"))
    assert sets.current is not None
    assert sets.current.kind is Kind.OTHER
    assert not sets.has_mnist
    assert not (home / "mnist").exists()
    assert preferences.opened_data_sets == (other,)


def test_the_set_of_the_last_time_is_used_again_and_one_that_is_gone_is_not(
    make: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    bars = make_folder(tmp_path / "bars")
    preferences = Preferences()
    preferences.data_set = bars
    preferences.opened_data_sets = (bars,)
    sets = make(preferences)
    sets.wanted()
    qtbot.waitUntil(lambda: uses(sets, "bars"))
    (bars / "t10k-images-idx3-ubyte").unlink()
    later = make(preferences)
    with qtbot.waitSignal(later.failed):
        later.wanted()
    qtbot.waitUntil(lambda: uses(later, "Built-in digits"))
    assert not preferences.opened_data_sets


def test_the_folder_named_by_the_environment_comes_first(
    make: Make, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    sets = make(Preferences())
    sets.wanted()
    qtbot.waitUntil(lambda: uses(sets, "MNIST"))
    assert sets.path == folder


# Several at once


def test_of_sets_asked_for_in_quick_succession_the_last_is_used(sets: DigitSets, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = make_folder(tmp_path / "first"), make_folder(tmp_path / "second")
    seen: list[tuple[Path | None, Path | None]] = []
    sets.changed.connect(lambda: seen.append((sets.path, sets.loading)))
    sets.choose(first)
    sets.choose(second)
    qtbot.waitUntil(lambda: uses(sets, "second"))
    built_in = paths.DIGITS
    assert seen == [(built_in, first), (built_in, second), (second, None)]


def test_only_the_set_that_failed_is_forgotten(
    sets: DigitSets, preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    broken, bars = make_folder(tmp_path / "broken"), make_folder(tmp_path / "bars")
    (broken / "t10k-images-idx3-ubyte").write_bytes(b"no digits")
    preferences.opened_data_sets = broken, bars
    with qtbot.assertNotEmitted(sets.load_failed), qtbot.assertNotEmitted(sets.failed):
        sets.choose(broken)
        sets.choose(bars)  # which is wanted instead, so nobody need hear of the other
        qtbot.waitUntil(lambda: uses(sets, "bars"))
    with qtbot.waitSignals([sets.load_failed, sets.failed]):
        sets.choose(broken)
    assert uses(sets, "bars")
    assert list(preferences.opened_data_sets) == [bars]


def test_a_set_is_looked_at_without_being_used(sets: DigitSets, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = make_folder(tmp_path / "first"), make_folder(tmp_path / "second")
    seen: list[Digits] = []
    sets.look_at(first, seen.append)
    sets.look_at(second, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert [digits.name for digits in seen] == ["second"]
    assert uses(sets, "Built-in digits")
    sets.look_at(paths.DIGITS, seen.append)  # there already
    assert seen[-1] is sets.current


def test_a_set_is_held_once_by_all_who_use_it_and_read_anew_when_it_has_changed(
    sets: DigitSets, tmp_path: Path, qtbot: QtBot
) -> None:
    place, seen = make_folder(tmp_path / "first"), list[Digits]()

    def look() -> None:
        before = len(seen)
        sets.look_at(place, seen.append)
        qtbot.waitUntil(lambda: len(seen) > before)

    look()
    look()
    make_folder(place, training=500)
    look()
    assert seen[0] is seen[1]
    assert [len(digits.training) for digits in seen] == [600, 600, 500]


def test_images_of_which_some_are_still_in_use_are_not_held_twice(
    sets: DigitSets, tmp_path: Path, qtbot: QtBot
) -> None:
    place, seen = make_folder(tmp_path / "first"), list[Digits]()

    def look() -> Digits:
        sets.look_at(place, seen.append)
        qtbot.waitUntil(lambda: bool(seen))
        return seen.pop()

    first = look()
    some, gone = first.training[10:20], ref(first)
    del first
    gc.collect()
    qtbot.waitUntil(lambda: gone() is None)  # the thread that read it may hold it for a moment longer
    again = look()
    assert len(again.training) == 600
    assert np.shares_memory(some.images, again.training.images)


@pytest.mark.parametrize("named", ["data", "data/MNIST/raw/train-images-idx3-ubyte"])
def test_a_set_is_read_anew_when_only_its_labels_have_changed_in_a_folder_below_or_beside_its_images(
    sets: DigitSets, tmp_path: Path, qtbot: QtBot, named: str
) -> None:
    raw, seen = tmp_path / "data" / "MNIST" / "raw", list[Digits]()
    raw.mkdir(parents=True)
    make_folder(raw)
    labels = raw / "train-labels-idx1-ubyte.gz"

    def look() -> None:
        before = len(seen)
        sets.look_at(tmp_path / named, seen.append)
        qtbot.waitUntil(lambda: len(seen) > before)

    look()
    content = gzip.decompress(labels.read_bytes())
    labels.write_bytes(gzip.compress(content[:8] + bytes(9 - label for label in content[8:]), compresslevel=0))
    look()
    first, second = (digits.training.labels for digits in seen)
    assert (first + second == 9).all()


def test_who_looks_away_is_shown_nothing(sets: DigitSets, tmp_path: Path, qtbot: QtBot) -> None:
    seen: list[str] = []
    sets.look_at(make_folder(tmp_path / "first"), lambda digits: seen.append(digits.name))
    sets.look_away()
    sets.look_at(make_folder(tmp_path / "second"), lambda digits: seen.append(digits.name))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["second"]


# Trouble


def test_a_set_that_outgrows_the_memory_is_told_and_loading_ends(
    sets: DigitSets, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(_: Path) -> Digits:
        raise MemoryError

    monkeypatch.setattr(opening, "open_digits", too_large)
    with qtbot.waitSignal(sets.failed) as failed:
        sets.open(make_folder(tmp_path / "bars"))
    assert failed.args == ["There is not enough memory for this."]
    qtbot.waitUntil(lambda: uses(sets, "Built-in digits"))


def test_a_copy_that_cannot_be_kept_is_told_and_the_set_stays(
    sets: DigitSets, preferences: Preferences, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = threading.Event()

    def full(*_: object) -> None:
        begin.wait(10)
        raise DataError("The disk is full.")

    monkeypatch.setattr(mnist, "save", full)
    sets.open(folder)
    qtbot.waitUntil(lambda: uses(sets, "MNIST"))
    sets.choose(paths.DIGITS)
    sentences: list[tuple[str, Path | None]] = []
    sets.failed.connect(lambda sentence: sentences.append((sentence, sets.loading)))
    with qtbot.waitSignal(sets.failed), qtbot.assertNotEmitted(sets.load_failed):
        begin.set()
    assert sentences == [("The disk is full.", paths.DIGITS)]  # which is still to come
    qtbot.waitUntil(lambda: uses(sets, "Built-in digits"))
    assert preferences.opened_data_sets == (folder,)


def test_who_looks_at_a_set_that_cannot_be_read_is_told(sets: DigitSets, tmp_path: Path, qtbot: QtBot) -> None:
    sentences: list[str] = []
    with qtbot.waitSignal(sets.failed) as failed:
        sets.look_at(tmp_path / "none", lambda _: None, sentences.append)
    assert failed.args == sentences
    assert "there is no such file" in sentences[0]
    with qtbot.waitSignal(sets.failed):
        sets.look_at(tmp_path / "none", lambda _: None)


def test_a_remembered_set_that_may_not_be_looked_for_is_not_there(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    exists = Path.exists

    def forbidden(path: Path) -> bool:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", forbidden)
    preferences = Preferences()
    preferences.data_set = closed
    sets = make(preferences)
    sets.wanted()
    assert sets.loading == paths.DIGITS


def test_a_set_opened_while_another_is_wanted_by_then_is_remembered_and_not_used(
    sets: DigitSets, tmp_path: Path, qtbot: QtBot
) -> None:
    one, other = make_folder(tmp_path / "one", training=60), make_folder(tmp_path / "other", training=60)
    sets.open(one)
    sets.open(other)
    qtbot.waitUntil(lambda: uses(sets, "other"))
    assert {path for _, path in sets.choices()} >= {one, other}


def test_a_damaged_set_is_told_though_another_is_wanted_by_then(sets: DigitSets, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sets.failed):
        sets.open(tmp_path / "nothing")
        sets.open(make_folder(tmp_path / "other", training=60))
    qtbot.waitUntil(lambda: uses(sets, "other"))
