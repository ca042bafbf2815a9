"""A program: digitpad as a person starts it, used at random.

Arguments: seconds of all of it, seed, gap in ms, folder, and the seconds after which memory is judged.

Each action is a line of ``actions.txt`` in the folder, each problem a line on standard output; the last line is what
came of it, as JSON.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

import hostile
from driving import Steps, close, drive
from memory import limit

from digitpad.gui.window.main_window import MainWindow
from soaking.actions import act
from soaking.person import Person
from soaking.shape import Shape
from soaking.staying import take_all
from soaking.watch import Watch, threads_left

_REST_EVERY_S = 60.0  # the person tidies up and memory is measured


class Sitting:
    """Has a person use the window until the time is over, then closes it."""

    def __init__(self, seconds: float, seed: int, gap_ms: float, folder: Path, warm_up: float) -> None:
        """Write and find all files in ``folder``; memory is judged after ``warm_up`` seconds."""
        self._seconds, self._seed, self._gap_ms, self._folder = seconds, seed, gap_ms, folder
        self._warm_up = warm_up
        self.problems: list[str] = []

    def steps(self, window: MainWindow) -> Steps:
        """Look around, do this and that, tidy up now and then, and close the window."""
        saved = self._folder / "saved"
        saved.mkdir()
        take_all()
        person = self.person = Person(window, self._seed, written(self._folder / "files"), saved)
        watch = self.watch = Watch(lambda: person.doing, self._gap_ms, self._tell)
        self.shape = Shape(window)
        with watch.on(), (self._folder / "actions.txt").open("w", encoding="utf-8", buffering=1) as log:
            yield from person.look_around()
            self._look()
            began, rest_at, before = perf_counter(), 0.0, ""
            while (now := perf_counter() - began) < self._seconds:
                if now >= rest_at and self._seconds >= _REST_EVERY_S:
                    yield from self._rest()
                    rest_at = now + _REST_EVERY_S
                for pause in act(person):
                    if before != person.doing:
                        before = person.doing
                        print(f"{perf_counter() - began:.2f} s {before}", file=log)
                    yield pause
                self._look()
            if self._seconds >= _REST_EVERY_S:
                yield from self._rest()
            person.doing = "closing"
            close(window)
            yield 0

    def _rest(self) -> Steps:
        yield from self.person.tidy_up()
        self._look()
        self.watch.measure_memory()

    def _look(self) -> None:
        for problem in self.shape.problems(changed=self.person.changed_shape):
            self.watch.note(problem)

    def _tell(self, problem: str) -> None:
        self.problems.append(problem)
        print(json.dumps(problem), flush=True)

    def outcome(self) -> dict[str, object]:
        """Return what came of it, once the program has ended."""
        growth = self.watch.growth(self._warm_up / 60)
        if growth and growth.too_much:
            self._tell(f"memory grew by {growth.resident:.1f} MB a minute, what is in use by {growth.in_use:.1f}")
        if left := threads_left():
            self._tell(f"still at work at the end: {', '.join(left)}")
        return {
            "actions": self.person.actions,
            "longest_ms": round(self.watch.longest_ms),
            "while": self.watch.longest_while,
            "memory_mb": [round(point.resident) for point in self.watch.memory],
            "in_use_mb": [round(point.in_use) for point in self.watch.memory],
            "growth_mb": growth and [round(mb, 2) for mb in growth],
            "problems": len(self.problems),
        }


def written(folder: Path) -> list[Path]:
    """Write good and odd files into ``folder`` and return where they are."""
    folder.mkdir()
    contents = {
        **{f"net {i}.safetensors": content for i, content in enumerate(hostile.networks().values())},
        **{f"good {i}.safetensors": hostile.network(told=hostile.curves(f"run {i}"), seed=i) for i in range(9)},
        **{f"picture {i}.png": content for i, content in enumerate(hostile.pictures().values())},
        **{f"strokes {i}.jsonl": content for i, content in enumerate(hostile.strokes().values())},
        **hostile.sets(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [*(folder / name for name in contents), folder, folder / "missing.png"]


def main() -> None:
    """Run the program and print what came of it."""
    seconds, seed, gap_ms, folder = float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])
    warm_up = float(sys.argv[5])
    limit()
    sitting = Sitting(seconds, seed, gap_ms, folder, warm_up)
    code = drive(sitting.steps)
    outcome = sitting.outcome()
    print(json.dumps({**outcome, "code": code}))


if __name__ == "__main__":
    main()
