"""A reader is fuzzed in rounds, and what each of them finds is told."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = subprocess.CompletedProcess[str]


def rounds(monkeypatch: pytest.MonkeyPatch, *each: Callable[[Path], Run]) -> None:
    """Have these in place of processes."""
    import fuzz  # not above: it enters its environment, which the fixture for all scripts keeps it from

    coming: Iterator[Callable[[Path], Run]] = iter(each)
    monkeypatch.setattr(fuzz, "_round", lambda _name, folder, _corpus, _seconds: next(coming)(folder))


def found(said: str, *names: str, code: int = 0) -> Callable[[Path], Run]:
    """Return a round that writes files with these ``names``."""

    def run(folder: Path) -> Run:
        for name in names:
            (folder / name).write_text(said, encoding="utf-8")
        (folder / "counts.json").write_text('{"tried": 7}', encoding="utf-8")
        return Run([], code, "", f"{said} told\n")

    return run


def fuzzed(keep: Path) -> int:
    """Fuzz a reader, and return the exit code."""
    from fuzz import fuzz  # as above

    return fuzz("csv", 100, keep)


def test_what_was_found_is_told_once_with_what_the_round_said_that_found_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds(
        monkeypatch,
        found("first", "1 ValueError in a.py, line 3.csv"),
        found("second"),
        found("third", "1 slow.csv", "2 ValueError in a.py, line 3.csv"),
        found("last", "1 ValueError in a.py, line 3.csv", "crash-0a1b", code=77),
    )
    assert fuzzed(tmp_path) == 1
    told = capsys.readouterr()
    assert "csv: tried 28" in told.out
    assert told.out.count("ValueError in a.py, line 3") == told.out.count("slow") == told.out.count("crash-0a1b") == 1
    assert told.err.split() == ["first", "told", "third", "told", "last", "told"]
    kept = {path.name.split(" ", 2)[2]: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert kept == {"ValueError in a.py, line 3.csv": "first", "slow.csv": "third", "crash-0a1b": "last"}


def test_a_round_that_takes_too_long_does_not_lose_what_others_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(command: list[str], timeout: float, **_: object) -> Run:
        folder = Path(command[4])
        if folder.name != "round 0":
            raise subprocess.TimeoutExpired(command, timeout)
        return found("first", "1 slow.csv")(folder)

    monkeypatch.setattr(subprocess, "run", run)
    assert fuzzed(tmp_path) == 1
    told = capsys.readouterr()
    assert "slow" in told.out
    assert "first told" in told.err
    assert "timed out" in told.err
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["first"]
