"""The program, killed at random moments: a few times here, two hundred times by hand."""

import json

from tests.scripts.running import script


def test_a_few_kills_tear_and_lose_nothing() -> None:
    result = script("kills.py", 6, "--longest", 4, "--jobs", 2, "--seed", 900, "--json")
    assert result.returncode == 0, result.stderr
    counted = json.loads(result.stdout)
    assert [counted[name] for name in ("kills", "torn", "older", "lost")] == [6, 0, 0, 0]
