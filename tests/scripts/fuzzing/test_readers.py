"""What the fuzzer tries, tried a little: nothing but the project's own errors may come."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def _held_by_themselves() -> Iterator[list[str]]:
    """Yield a list that gets the errors at the end which nobody has any more, and which hold themselves.

    What they were raised in lives as long as they do, and with it a picture or all that was found of a set: until the
    garbage collector comes, which counts objects and not their bytes.
    """
    held: list[str] = []
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield held
        gc.collect()
        held += [repr(each) for each in gc.garbage if isinstance(each, BaseException)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


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
    with _held_by_themselves() as held:
        for content in contents:
            path.write_bytes(content)
            with suppress(DigitpadError):  # and nothing else
                reader.read(path)
                read += 1
    assert held == []
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
