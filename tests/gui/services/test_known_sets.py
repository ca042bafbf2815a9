"""Which data sets there are to choose from, and what is remembered of them."""

from pathlib import Path

import pytest

from digitpad import paths
from digitpad.data.dataset import Kind
from digitpad.gui.services.known_sets import KnownSets
from digitpad.gui.services.preferences import Preferences
from tests.data.test_mnist import two_sets
from tests.digits import digits


def test_at_first_there_is_what_comes_with_the_program(home: Path) -> None:
    known = KnownSets(Preferences())
    assert known.choices() == [("Built-in digits", paths.DIGITS)]
    assert known.first() == paths.DIGITS
    assert not known.finds_mnist
    assert not known.has_mnist


def test_mnist_is_there_once_its_files_are_and_not_when_they_are_damaged(home: Path) -> None:
    home.mkdir()
    own = two_sets(home / "mnist")
    known = KnownSets(Preferences())
    assert known.choices() == [("Built-in digits", paths.DIGITS), ("MNIST", own)]
    assert known.first() == own
    assert known.has_mnist
    known.forget(own, damaged=True)
    assert not known.has_mnist
    known.note(own, digits(20, 10))  # which is another set
    assert known.choices()[1] == ("bars", own)
    assert not known.has_mnist


def test_a_folder_called_mnist_is_not_taken_for_it(home: Path, tmp_path: Path) -> None:
    known = KnownSets(Preferences())
    known.add(tmp_path / "MNIST")
    assert known.choices()[1] == ("MNIST", tmp_path / "MNIST")
    assert not known.has_mnist
    made = digits(20, 10)
    known.note(tmp_path / "MNIST", type(made)("MNIST", made.training, made.test, Kind.MNIST))
    assert known.has_mnist


def test_the_sets_opened_last_are_remembered_and_the_one_in_use_comes_first(home: Path, tmp_path: Path) -> None:
    preferences = Preferences(home / "settings.json")
    known = KnownSets(preferences)
    opened = [tmp_path / f"{number}.npz" for number in range(8)]
    for path in [*opened, opened[3]]:
        known.add(path)
    expected = [opened[i] for i in (3, 7, 6, 5, 4, 2)]
    preferences.finish()
    assert [path for _, path in KnownSets(Preferences(home / "settings.json")).choices()] == [paths.DIGITS, *expected]
    known.use(opened[3])
    assert known.first() == paths.DIGITS  # the other is not there any more
    opened[3].touch()
    assert known.first() == opened[3]
    known.forget(opened[3])
    assert [path for _, path in known.choices()] == [paths.DIGITS, *expected[1:]]
    preferences.finish()


def test_what_is_always_there_is_not_remembered(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path))
    preferences = Preferences()
    known = KnownSets(preferences)
    known.add(paths.DIGITS)
    known.add(tmp_path)
    assert preferences.opened_data_sets == ()
