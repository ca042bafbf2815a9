"""Which data sets there are to choose from, and what is remembered of them."""

from pathlib import Path

import pytest

from digitpad import paths
from digitpad.data.dataset import Kind
from digitpad.gui.services.library import Library
from digitpad.gui.services.preferences import Preferences
from tests.data.test_mnist import two_sets
from tests.digits import digits


def test_at_first_there_is_what_comes_with_the_program(home: Path) -> None:
    library = Library(Preferences())
    assert library.choices() == [("Built-in digits", paths.DIGITS)]
    assert library.first() == paths.DIGITS
    assert not library.finds_mnist
    assert not library.has_mnist


def test_mnist_is_there_once_its_files_are_and_not_when_they_are_damaged(home: Path) -> None:
    home.mkdir()
    own = two_sets(home / "mnist")
    library = Library(Preferences())
    assert library.choices() == [("Built-in digits", paths.DIGITS), ("MNIST", own)]
    assert library.first() == own
    assert library.has_mnist
    library.forget(own, damaged=True)
    assert not library.has_mnist
    library.note(own, digits(20, 10))  # which is another set
    assert library.choices()[1] == ("bars", own)
    assert not library.has_mnist


def test_a_folder_called_mnist_is_not_taken_for_it(home: Path, tmp_path: Path) -> None:
    library = Library(Preferences())
    library.add(tmp_path / "MNIST")
    assert library.choices()[1] == ("MNIST", tmp_path / "MNIST")
    assert not library.has_mnist
    made = digits(20, 10)
    library.note(tmp_path / "MNIST", type(made)("MNIST", made.training, made.test, Kind.MNIST))
    assert library.has_mnist


def test_the_sets_opened_last_are_remembered_and_the_one_in_use_comes_first(home: Path, tmp_path: Path) -> None:
    preferences = Preferences(home / "settings.json")
    library = Library(preferences)
    opened = [tmp_path / f"{number}.npz" for number in range(8)]
    for path in [*opened, opened[3]]:
        library.add(path)
    expected = [opened[i] for i in (3, 7, 6, 5, 4, 2)]
    preferences.finish()
    assert [path for _, path in Library(Preferences(home / "settings.json")).choices()] == [paths.DIGITS, *expected]
    library.use(opened[3])
    assert library.first() == paths.DIGITS  # the other is not there any more
    opened[3].touch()
    assert library.first() == opened[3]
    library.forget(opened[3])
    assert [path for _, path in library.choices()] == [paths.DIGITS, *expected[1:]]
    preferences.finish()


def test_what_is_always_there_is_not_remembered(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path))
    preferences = Preferences()
    library = Library(preferences)
    library.add(paths.DIGITS)
    library.add(tmp_path)
    assert preferences.opened_data_sets == ()
