"""The networks that were opened or saved last."""

from pathlib import Path

from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.recent import RecentNetworks


def test_the_newest_of_a_few_come_first_each_once(tmp_path: Path) -> None:
    recent = RecentNetworks(Preferences())
    assert not recent.paths
    files = [tmp_path / f"{i}.safetensors" for i in range(10)]
    for file in [*files, files[5]]:
        recent.add(file)
    assert list(recent.paths) == [files[i] for i in (5, 9, 8, 7, 6, 4, 3, 2)]
