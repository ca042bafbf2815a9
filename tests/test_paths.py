"""Where the person's own files are, as the environment says."""

import sys
from pathlib import Path

import pytest

from digitpad import paths


def test_an_own_folder_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path))
    assert paths.user_folder() == tmp_path


def test_a_name_that_is_empty_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGITPAD_HOME")
    usual = paths.user_folder()
    monkeypatch.setenv("DIGITPAD_HOME", "")
    assert paths.user_folder() == usual
    assert usual.is_absolute()


if sys.platform != "win32":  # which asks no environment for the person's folders
    import pwd

    def test_for_somebody_without_a_home_folder_there_is_one_that_cannot_be_written(
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def unknown(user: int) -> None:
            raise KeyError(user)

        for name in ("DIGITPAD_HOME", "XDG_DATA_HOME", "HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(pwd, "getpwuid", unknown)
        with pytest.raises(NotADirectoryError):
            paths.user_folder().mkdir(parents=True)
        assert paths.home_folder().is_dir()


def test_a_folder_of_mnist_that_is_not_there_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    for name, missing in (("", False), (".", False), ("nowhere", True), ("file", True)):
        monkeypatch.setenv("DIGITPAD_MNIST", str(tmp_path / name) if name else "")
        assert paths.missing_mnist_folder() == (str(tmp_path / name) if missing else None)
    monkeypatch.delenv("DIGITPAD_MNIST")
    assert paths.missing_mnist_folder() is None
