"""The command that measures the program."""

import json
import sys
import warnings

import pytest

from tests.scripts.running import SCRIPTS, script


def test_the_start_is_measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    import bench
    from benchmarks import startup

    monkeypatch.setattr(startup, "STARTS", 2)
    monkeypatch.setattr(sys, "argv", ["bench.py", "startup", "--json"])
    with warnings.catch_warnings():
        bench.main()
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["section"] for row in rows] == ["startup", "startup"]
    assert [row["n"] for row in rows] == [2, 2]
    assert all(0 < row["p50"] <= row["max"] for row in rows)


def test_a_section_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    result = script("bench.py", "robustness", "personal")
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        "bench: robustness needs MNIST: name its folder with --data or DIGITPAD_MNIST.",
        "bench: personal needs MNIST: name its folder with --data or DIGITPAD_MNIST.",
    ]


def test_a_section_that_there_is_not_is_refused_before_anything_is_measured() -> None:
    result = script("bench.py", "startup", "spelling")
    assert (result.returncode, result.stdout) == (2, "")
    assert "spelling: the sections are accuracy, robustness, latency" in result.stderr


def test_every_section_is_a_module_and_told_in_the_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # the script sets it for itself: put back afterwards
    import bench

    modules = {file.stem for file in (SCRIPTS / "benchmarks").glob("*.py")}
    assert set(bench.SECTIONS) <= modules
    assert bench.__doc__
    assert all(f"\n{name}: " in bench.__doc__ for name in bench.SECTIONS)
