"""The command that uses the window at random."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scripts.running import script

_TOLERANT_MS = 20_000  # a turn of the event loop on a machine that runs other tests, too


def test_ten_seconds_of_use_leave_nothing_to_complain_of() -> None:
    result = script("soak.py", 1 / 12, "--seed", 5, "--gap", _TOLERANT_MS, "--warm-up", 1 / 12)
    assert result.returncode == 0, result.stdout
    assert result.stdout.endswith("clean\n")
    found = re.search(r"actions (\d+), longest_ms (\d+)", result.stdout)
    assert found is not None
    assert int(found[1]) >= 5
    assert 0 < int(found[2]) < _TOLERANT_MS


@pytest.mark.parametrize("arguments", [["a while"], [], ["1", "--seed", "x"]])
def test_what_it_cannot_do_is_refused(arguments: list[str]) -> None:
    result = script("soak.py", *arguments)
    assert result.returncode == 2
    assert "error:" in result.stderr


def test_a_window_that_stands_still_is_told_with_what_was_done() -> None:
    result = script("soak.py", 0.02, "--gap", 0, "--warm-up", 0)
    assert result.returncode == 1
    assert re.search(r"- while [a-z].*: the window stood still for [\d,]+ ms, [\d,]+ of them at work", result.stdout)
    assert "The last 20 lines of actions.txt:" in result.stdout


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("print(); print('words'); print('{\"actions\": 3}')", ""),
        ("print('\"it stood still\"'); print('{\"actions\": 3}')", "it stood still"),
        ("print('\"it stood still\"')", "the program ended before its time"),
        ("print('{\"code\": 1}')", "the program ended with exit code 1"),
        ("print('{\"actions\": 3}'); raise SystemExit(4)", "the program died: exit code 4"),
    ],
)
def test_what_the_program_tells_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], program: str, problem: str
) -> None:
    import soak

    (tmp_path / "soaking").mkdir()
    (tmp_path / "soaking" / "program.py").write_text(program, encoding="utf-8")
    (tmp_path / "actions.txt").write_text("0.00 s drawing\n", encoding="utf-8")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "crash.log").write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")
    monkeypatch.setattr(soak, "_SCRIPTS", tmp_path)
    assert soak.soak(1, 1, 250, tmp_path) == bool(problem)
    printed = capsys.readouterr().out
    assert "clean" in printed if not problem else f"- {problem}\n" in printed
    assert ("Fatal Python error" in printed) == ("0.00 s drawing" in printed) == bool(problem)


if sys.platform != "win32":  # which has no such signal

    def test_who_ends_it_ends_the_program_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        import soak

        wait = subprocess.Popen.communicate

        def communicate(process: subprocess.Popen[str], timeout: float | None = None) -> tuple[str, str]:
            (tmp_path / "waits").touch()
            return wait(process, timeout=timeout)

        (tmp_path / "soaking").mkdir()
        program = """if True:
            import os, signal, sys, time
            from pathlib import Path

            parent, asked = os.getppid(), False
            Path("process").write_text(str(os.getpid()))
            while os.getppid() == parent:  # or it would go on for ever where the soak leaves it
                Path(sys.argv[4], str(time.monotonic())).touch()
                if not asked and Path("waits").exists():  # not while the soak still begins it
                    os.kill(parent, signal.SIGTERM)
                    asked = True
        """
        (tmp_path / "soaking" / "program.py").write_text(program, encoding="utf-8")
        (tmp_path / "temporary").mkdir()
        monkeypatch.setattr(soak, "_SCRIPTS", tmp_path)
        monkeypatch.setattr(subprocess.Popen, "communicate", communicate)
        monkeypatch.setattr(sys, "argv", ["soak.py", "1"])
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
        before = signal.getsignal(signal.SIGTERM)
        try:
            with pytest.raises(SystemExit):
                soak.main()
        finally:
            signal.signal(signal.SIGTERM, before)
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "process").read_text()), 0)
        assert list((tmp_path / "temporary").iterdir()) == []
