"""What the fuzzer tries, tried a little: nothing but the project's own errors may come."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

import pytest
from fuzzing.mutators import changed_bytes
from fuzzing.readers import READERS
from pytestqt.qtbot import QtBot

from digitpad.errors import DigitpadError

TIMES = 12


def _changed(random: Random, data: bytes) -> bytes:
    return changed_bytes(data, random)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.qt_log_ignore("libpng", "qt.gui.imageio", extend=True)
def test_odd_files_are_refused_in_a_sentence_or_read(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    reader = READERS[name]
    path = tmp_path / reader.name
    seeds = reader.seeds()
    contents = list(seeds)
    for number in range(TIMES):
        random = Random(f"{name} {number}")
        raw = partial(_changed, random)
        contents.append(reader.mutate(random.choice(seeds), random, raw))
    read = 0
    for content in contents:
        path.write_bytes(content)
        with suppress(DigitpadError):  # and nothing else
            reader.read(path)
            read += 1
    assert read, "not one of them could be read: the reader is not what is tried"


def test_without_atheris_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import fuzz

    monkeypatch.setattr(fuzz, "find_spec", lambda _: None)
    assert fuzz.main() == 2
    assert "-m pip install atheris" in capsys.readouterr().err


def test_each_reader_is_named_where_the_command_is_explained() -> None:
    import fuzz

    assert [name for name in READERS if name not in (fuzz.__doc__ or "")] == []
