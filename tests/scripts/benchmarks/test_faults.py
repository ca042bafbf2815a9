"""What the program survives: that each way not to is told."""

import sys
from pathlib import Path

import pytest
from benchmarks import faults
from benchmarks.faults import Fate, fate_of
from benchmarks.probes import Fault, NotSurvived, all_faults, check, fault
from benchmarks.programs import fault as program


def test_there_are_faults_of_every_kind_each_with_a_name_of_its_own() -> None:
    found = all_faults()
    kinds = {name.split(":")[0] for name in found}
    assert kinds == {"dying", "strangers", "incoming", "outgoing", "losing", "lasting"}
    assert len(set(found)) == len(found) > 100
    assert all(fault(name).seconds > 0 for name in found)


def test_one_that_is_survived() -> None:
    fate = fate_of("outgoing: two windows with one home: a setting changes only itself")
    assert fate.numbers["s"] > 0
    assert str(fate).startswith("outgoing: two windows with one home")
    assert fate.numbers["survived"] == int(not fate.why)


def test_it_is_told_how_one_was_not_survived() -> None:
    assert str(Fate("a fault", {"survived": 0}, "it hangs")) == "a fault: NOT survived: it hangs"
    assert (
        Fate("a fault", {"survived": 1}).as_json("faults") == '{"section": "faults", "what": "a fault", "survived": 1}'
    )


def test_what_does_not_hold_is_not_survived() -> None:
    check(True, "never said")
    with pytest.raises(NotSurvived, match="said"):
        check([], "said")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("pass", ""),
        ("print('why: it is gone'); sys.exit(3)", "it is gone"),
        ("1 / 0", "exit code 1: ZeroDivisionError: division by zero"),
        ("time.sleep(60)", "not over after 2 s"),
        ("os._exit(5)", "exit code 5: without a word"),
    ],
)
def test_each_way_to_end_is_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, why: str) -> None:
    monkeypatch.setattr(faults, "fault", lambda _: Fault(lambda _: None, 2, 100))
    (tmp_path / "stand_in.py").write_text(f"import os, signal, sys, time\n{code}\n", encoding="utf-8")
    monkeypatch.setattr(faults, "_PROGRAM", [str(tmp_path / "stand_in.py")])
    assert fate_of("a fault").why == why


def test_a_probe_that_takes_too_much_memory_is_not_survived(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    greedy = Fault(lambda _: None, 1, 0)
    monkeypatch.setattr(program, "fault", lambda _: greedy)
    monkeypatch.setattr(program, "peak_mb", lambda: 5.0)
    monkeypatch.setattr(program, "limit", lambda: None)
    monkeypatch.setattr(sys, "argv", ["fault", "greedy", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert ended.value.code == 3
    assert capsys.readouterr().out == "why: took 5 MB\n"
