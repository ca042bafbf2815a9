"""Where MNIST is looked for."""

from pathlib import Path

import pytest

from digitpad import paths
from tests.data.test_mnist import forbid
from tests.digits import folder as make_folder

FILES = [f"{part}-{kind}-ubyte" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder of MNIST's files, not made yet."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    return tmp_path / "home" / "mnist"


@pytest.mark.parametrize("lacking", FILES)
@pytest.mark.parametrize("end", ["", ".gz"])
def test_the_program_s_own_folder_is_mnist_once_all_four_files_are_there(own: Path, lacking: str, end: str) -> None:
    assert paths.mnist_folder() is None
    own.mkdir(parents=True)
    for name in FILES:
        if name != lacking:
            (own / f"{name}{end}").touch()
    (own / f".{lacking}.0123").touch()  # half of it
    assert paths.mnist_folder() is None
    (own / lacking.replace("-idx", ".idx")).touch()
    assert paths.mnist_folder() == own


def test_a_folder_that_was_named_comes_first_whatever_it_lacks(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.parent.mkdir()
    make_folder(own, 2, 2)
    (tmp_path / "named").mkdir()
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path / "named"))
    assert paths.mnist_folder() == tmp_path / "named"
    monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path / "nowhere"))
    assert paths.mnist_folder() == own


def test_what_may_not_be_looked_into_is_not_there_unless_it_was_named(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.parent.mkdir()
    forbid(make_folder(own, 2, 2).parent, monkeypatch)
    assert paths.mnist_folder() is None
    monkeypatch.setenv("DIGITPAD_MNIST", str(own))
    assert paths.mnist_folder() == own
