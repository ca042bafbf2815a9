"""``digitpad install-desktop``: into the menus of a Linux desktop, and out of them."""

import sys
from pathlib import Path

import pytest

from digitpad import cli
from digitpad.desktop import entry

if sys.platform not in ("win32", "darwin"):

    def test_it_goes_into_the_menus_and_out_of_them(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        place = tmp_path / "applications" / "digitpad.desktop"
        assert cli.main(["install-desktop", "--remove"]) == 0
        assert capsys.readouterr().out == f"digitpad was in no menu of {tmp_path}.\n"
        assert cli.main(["install-desktop"]) == 0
        assert str(place) in capsys.readouterr().out
        (line,) = (line for line in place.read_text().splitlines() if line.startswith("TryExec="))
        assert Path(line.removeprefix("TryExec=")).is_file()
        assert cli.main(["install-desktop", "--remove"]) == 0
        assert not place.exists()

    def test_a_folder_that_is_not_absolute_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        for named in ("", "relative/share"):
            monkeypatch.setenv("XDG_DATA_HOME", named)
            assert entry.data_folder() == tmp_path / ".local" / "share"


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_it_says_that_it_is_for_linux(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], system: str
) -> None:
    monkeypatch.setattr("digitpad.cli.install_desktop.sys.platform", system)
    assert cli.main(["install-desktop"]) == 2
    assert "for the menus of Linux desktops" in capsys.readouterr().err
