"""What is kept of a sitting: whole, the old or the new, whatever happens while it is written or thrown away."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from digitpad.draw.drawing import Drawing, Stroke
from digitpad.errors import DigitpadError
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.made import Made
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.sitting import Place, Sitting, claim_all


def drawing(n: int) -> Drawing:
    return Drawing(tuple(Stroke(np.full((3, 3), (i + 1) / 100), 0.05) for i in range(n)))


def network(seed: int) -> Model:
    return Model(Network([784, 10], seed=seed))


def made(seed: int) -> Made:
    return Made(f"network {seed}", float(seed), 7850 * 4, lambda: network(seed))


def run(number: int, seed: int = 0) -> Run:
    return Run(number, Recipe(hidden=()), "bars", latest=network(seed).network)


def told(place: Place) -> tuple[object, ...]:
    """What is in a place, as something to compare."""
    loaded = place.load()
    assert loaded.whole
    kept = loaded.sitting
    weights = float(loaded.model.network.parameters[0]) if loaded.model else None
    others = [(one.title, one.made_at, float(one.load().network.parameters[0])) for one in kept.made]
    runs = [(one.number, one.name, float(one.latest.parameters[0]) if one.latest else None) for one in kept.runs]
    return len(kept.drawing.strokes), weights, kept.path, runs, kept.shown, kept.tab, others


def reopened(home: Path) -> list[Place]:
    """The places of windows that are gone, as the next start finds them."""
    places = claim_all(home)
    for place in places:
        place.leave()
    return places


def left(home: Path, sitting: Sitting, *, closed: bool = False) -> Place:
    place = Place.new(home)
    place.keep(sitting, closed=closed)
    place.leave()
    return place


def full() -> Sitting:
    """A sitting with something of everything."""
    used = made(1)
    return Sitting(drawing(2), False, used, None, (run(1, 2), run(4, 3)), 4, "Train", (used, made(6)))


def test_everything_comes_back(tmp_path: Path) -> None:
    left(tmp_path, full())
    (place,) = reopened(tmp_path)
    weights = [float(network(seed).network.parameters[0]) for seed in (1, 2, 3)]
    name = Recipe(hidden=()).title
    runs = [(1, name, weights[1]), (4, name, weights[2])]
    others = [(f"network {seed}", float(seed), float(network(seed).network.parameters[0])) for seed in (1, 6)]
    assert told(place) == (2, weights[0], None, runs, 4, "Train", others)
    state = place.state
    assert (state.drawn, state.has_network, len(state.runs), state.others, state.closed) == (True, True, 2, 1, False)


@pytest.mark.parametrize("now", [-60 * 365 * 86400.0, 0.0, 2.5e11])
def test_it_comes_back_whatever_the_clock_is_set_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: float
) -> None:
    monkeypatch.setattr(time, "time", lambda: now)
    left(tmp_path, Sitting(drawing(2), made=(Made.of_model(network(3)),)))
    (again,) = reopened(tmp_path)
    loaded = again.load()
    assert loaded.whole
    assert len(loaded.sitting.drawing.strokes) == 2
    assert len(loaded.sitting.made) == 1


def test_a_network_in_a_file_is_read_from_there_and_not_copied(tmp_path: Path) -> None:
    file = tmp_path / "mine.safetensors"
    model_file.save(file, network(7))
    place = left(tmp_path / "home", Sitting(path=file))
    assert [one.name for one in place.folder.iterdir() if one.suffix == ".safetensors"] == []
    loaded = place.load()
    assert loaded.sitting.path == file
    assert loaded.model is not None
    file.unlink()
    gone = place.load()
    assert (gone.model, gone.sitting.path) == (None, None)
    assert gone.troubles == (f"{file}: there is no such file.",)
    assert gone.whole  # nothing that was kept here is lost


def test_only_what_changed_is_written_and_nothing_else_stays(tmp_path: Path) -> None:
    place, whole = Place.new(tmp_path), full()
    place.keep(whole)
    before = set(os.listdir(place.folder))
    place.keep(replace(whole, drawing=drawing(3)))
    after = set(os.listdir(place.folder))
    assert {name.split("-")[0] for name in before ^ after} == {"drawing"}
    assert len(before) == len(after)
    place.keep(Sitting())
    assert set(os.listdir(place.folder)) == {"lock", "state.json"}
    place.leave()


def test_a_drawing_is_written_by_itself_and_the_later_one_stays_in_whatever_order_they_are_written(
    tmp_path: Path,
) -> None:
    place, first = Place.new(tmp_path), full()
    place.keep(first)
    before = set(os.listdir(place.folder))
    early, late = Sitting(drawing(3)), Sitting(drawing(4), finished=True)
    place.keep_drawing(late)
    assert {name.split("-")[0] for name in before ^ set(os.listdir(place.folder))} == {"drawing"}
    place.keep_drawing(early)
    place.keep(replace(first, drawing=early.drawing, tab="Data"))  # which looked at it later
    place.keep_drawing(late)
    place.leave()
    (found,) = reopened(tmp_path)
    strokes, *_, tab, _ = told(found)
    assert (strokes, tab, found.state.finished) == (3, "Data", False)
    assert told(found)[1:4] == told(left(tmp_path / "other", first))[1:4]


def test_what_somebody_removed_from_a_place_in_use_is_written_anew(tmp_path: Path) -> None:
    place, whole = Place.new(tmp_path), full()
    place.keep(whole)
    for file in place.folder.glob("*.safetensors"):
        file.unlink()
    for number, one in enumerate(whole.made):  # the window has the one in use at hand
        one.come_from(network((1, 6)[number]))
    place.keep_drawing(replace(whole))
    assert [file.name for file in place.folder.glob("*.safetensors")] == [place.state.drawing]
    place.keep(whole)
    place.leave()
    (found,) = reopened(tmp_path)
    assert told(found) == told(left(tmp_path / "other", full()))


class SlowDisk:
    """A disk on which no large file is written before ``go_on`` is set; ``writing`` is when one is to be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writing, self.go_on, sync = Event(), Event(), os.fsync

        def fsync(descriptor: int) -> None:
            if os.fstat(descriptor).st_size > 1 << 20:
                self.writing.set()
                assert self.go_on.wait(60)
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)


def test_a_drawing_waits_for_no_run_that_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, disk = Place.new(tmp_path), SlowDisk(monkeypatch)
    large = Run(1, Recipe(hidden=(800,)), "bars", latest=Network([784, 800, 10], seed=1))
    sitting = Sitting(drawing(2), runs=(large,))
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(place.keep, sitting)
        assert disk.writing.wait(60)
        place.keep_drawing(Sitting(drawing(3)))
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", no_room)
            with pytest.raises(DigitpadError, match="No space left on device"):
                place.keep_drawing(Sitting(drawing(7)))
        killed_now = tmp_path / "killed now"
        shutil.copytree(place.folder, killed_now / place.folder.name)
        place.keep_drawing(Sitting(drawing(5)))
        disk.go_on.set()
        writing.result(60)
    place.leave()
    for home, strokes, runs in (killed_now, 3, 0), (tmp_path, 5, 1):
        (found,) = reopened(home)
        assert (told(found)[0], len(found.state.runs)) == (strokes, runs)
        assert set(os.listdir(found.folder)) == {"lock"} | found.state.files


def test_the_place_of_a_window_that_lives_is_not_touched(tmp_path: Path) -> None:
    place = Place.new(tmp_path)
    assert claim_all(tmp_path) == []  # not even before anything is in it
    place.keep(full())
    assert claim_all(tmp_path) == []
    place.keep(full(), closed=True)
    place.leave()
    (found,) = claim_all(tmp_path)
    assert found.state.closed
    assert claim_all(tmp_path) == []  # one window has hold of it now
    found.leave()


def test_a_window_that_is_killed_lets_go_of_its_place(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from digitpad.train.sitting import Place, Sitting; "
        f"place = Place.new(pathlib.Path({str(tmp_path)!r})); place.keep(Sitting(path=pathlib.Path('x'))); "
        "print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as window:
        assert window.stdout
        window.stdout.readline()
        assert claim_all(tmp_path) == []
        window.kill()
    (place,) = reopened(tmp_path)
    assert place.state.has_network


def test_empty_places_go_and_the_newest_comes_first(tmp_path: Path) -> None:
    Place.new(tmp_path).leave()
    left(tmp_path, Sitting())
    older, newer = left(tmp_path, full()), left(tmp_path, Sitting(tab="Data"), closed=True)
    assert [place.folder for place in reopened(tmp_path)] == [newer.folder, older.folder]
    assert {folder.name for folder in tmp_path.iterdir()} == {older.folder.name, newer.folder.name}


def test_what_a_person_puts_beside_or_into_places_stays(tmp_path: Path) -> None:
    home, pictures = tmp_path / "sittings", tmp_path / "pictures"
    kept, empty = left(home, full()), left(home, Sitting())
    (home / "backup").mkdir()
    shutil.copytree(kept.folder, home / "backup" / kept.folder.name)
    part = "drawing-0123abcd.safetensors"
    for folder in (pictures, home / "backup", kept.folder, empty.folder, kept.folder / "photos"):
        folder.mkdir(exist_ok=True)
        (folder / "photo.png").touch()
    for file in (pictures / part, home / "backup" / part, home / "0123456789abcdef"):
        file.touch()
    if os.name == "posix":
        (home / "fedcba9876543210").symlink_to(pictures)
        (home / "pictures").symlink_to(pictures)

    def there() -> set[Path]:
        return {file for folder in (home, pictures) for file in folder.rglob("*") if file.name != "lock"}

    before = there()
    (kept.folder / part).touch()
    assert [place.folder for place in reopened(home)] == [kept.folder]
    assert there() == before - {empty.folder / "state.json"}
    (place,) = claim_all(home)
    place.throw_away()
    own = {kept.folder / name for name in place.state.files | kept.state.files}
    assert there() == before - own - {empty.folder / "state.json"}
    assert claim_all(home) == []


def test_what_another_was_kept_instead_of_is_gone_at_whatever_moment_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Place.new(tmp_path)
    old.keep(full())
    new = Place.new(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Place, "throw_away", lambda _: None)  # killed before it came to that
        new.keep(full(), instead_of=[old])
    old.leave()
    new.leave()
    assert [place.folder for place in reopened(tmp_path)] == [new.folder]
    assert not old.folder.exists()


class Killed(BaseException):
    """The end of a process, as far as it can be played in one."""


def steps(monkeypatch: pytest.MonkeyPatch, last: int) -> list[str]:
    """Let the process end with its ``last``-th file operation; return the list of those that came."""
    came: list[str] = []

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            came.append(name)
            if len(came) > last:
                raise Killed
            return real(*arguments, **named)

        return step

    for owner, name in ((Path, "open"), (Path, "replace"), (Path, "unlink"), (os, "fsync"), (os, "rmdir")):
        monkeypatch.setattr(owner, name, counted(name, getattr(owner, name)))
    return came


@pytest.mark.parametrize("last", range(33))
def test_killed_after_any_step_of_writing_it_holds_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    place = Place.new(tmp_path)
    place.keep(full())
    used = made(8)
    new = Sitting(drawing(5), False, used, None, (run(1, 9),), 1, "Draw", (used, made(6)))
    with monkeypatch.context() as patched:
        steps(patched, last)
        done = False
        with contextlib.suppress(Killed):
            place.keep(new)
            done = True
    place.leave()
    (found,) = reopened(tmp_path)
    assert set(os.listdir(found.folder)) == {"lock"} | found.state.files  # and the next start sweeps what was left
    strokes, *_ = told(found)
    assert told(found) == told(left(tmp_path / "other", full() if strokes == 2 else new))
    assert strokes == 5 or not done
    assert done or last < 32  # more steps than that there are not


@pytest.mark.parametrize("last", range(12))
def test_killed_after_any_step_of_writing_a_drawing_it_holds_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    place = Place.new(tmp_path)
    place.keep(full())
    with monkeypatch.context() as patched:
        steps(patched, last)
        done = False
        with contextlib.suppress(Killed):
            place.keep_drawing(Sitting(drawing(5)))
            done = True
    place.leave()
    (found,) = reopened(tmp_path)
    assert set(os.listdir(found.folder)) == {"lock"} | found.state.files
    strokes, *rest = told(found)
    assert rest == list(told(left(tmp_path / "other", full())))[1:]
    assert strokes == 5 or (strokes == 2 and not done)
    assert done or last < 11  # more steps than that there are not


@pytest.mark.parametrize("last", range(8))
def test_killed_while_it_is_thrown_away_it_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    place = Place.new(tmp_path)
    place.keep(full())
    with monkeypatch.context() as patched:
        steps(patched, last)
        try:
            place.throw_away()
        except Killed:
            place.leave()
    for found in reopened(tmp_path):
        told(found)


def no_room(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_what_cannot_be_written_leaves_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, whole = Place.new(tmp_path), full()
    place.keep(whole)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", no_room)
        with pytest.raises(DigitpadError, match="No space left on device"):
            place.keep(replace(whole, drawing=drawing(9)))
    place.leave()
    (found,) = reopened(tmp_path)
    assert told(found)[0] == 2


def test_where_nothing_can_be_kept_there_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        Place.new(tmp_path / "file" / "sittings")
    assert claim_all(tmp_path / "file") == []
    assert claim_all(tmp_path / "missing") == []


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"version": 9}', "[" * 100_000, '{"version": 1, "tab": 3}'])
def test_a_state_of_another_kind_stays_where_it_is(tmp_path: Path, content: str) -> None:
    place = left(tmp_path, full())
    (place.folder / "state.json").write_text(content)
    assert claim_all(tmp_path) == []
    assert (place.folder / "state.json").read_text() == content


@pytest.mark.parametrize(
    "odd",
    [{"instead_of": 5}, {"instead_of": None}, {"instead_of": [["a"]]}, {"runs": 1}, {"made": [1]}, {"made": {"a": 1}},
     {"saved_at": 1e300}, {"saved_at": float("nan")}, {"version": 1, "saved_at": 1e300}, {"version": 1, "saved_at": 2},
     {"network": {}}, {"drawing": 0.0}, {"drawing": "a\0b"}, {"drawing": "../a"},
     {"drawing": ".."}, {"drawing": "state.json"}, {"runs": ["lock"]},
     {"runs": ["/etc/passwd"]},
     {"made": [{"file": "a/b", "title": "a", "made_at": 1.0}]}, {"runs": ["\ud800"]}, {"path": False}, {"tab": 0}],
    ids=ascii,
)  # fmt: skip
def test_a_state_with_a_part_of_another_kind_stays_and_keeps_nothing_from_starting(
    tmp_path: Path, odd: dict[str, object]
) -> None:
    place = left(tmp_path, full())
    file = place.folder / "state.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | odd))
    assert claim_all(tmp_path) == []
    assert file.exists()


@pytest.mark.parametrize("name", [".", "state.json"])
def test_one_that_cannot_be_looked_at_stays_and_so_do_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for n in (1, 2):
        place = Place.new(tmp_path)
        place.keep(Sitting(drawing(n)))
        place.leave()
    odd = place.folder / name

    def failing(look: Callable[..., os.stat_result], path: Path, **named: bool) -> os.stat_result:
        if not isinstance(path, int) and Path(path) == odd:
            raise OSError(5, "Input/output error")
        return look(path, **named)

    with monkeypatch.context() as patched:
        for look in ("stat", "lstat"):
            patched.setattr(os, look, partial(failing, getattr(os, look)))
        (other,) = claim_all(tmp_path)
        other.leave()
    places = claim_all(tmp_path)
    assert len(places) == 2
    for place in places:
        place.leave()


def test_a_new_one_that_cannot_be_looked_at_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path) -> Path:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "lstat", failing)
    with pytest.raises(OSError, match="Input/output error"):
        Place.new(tmp_path)


def test_what_can_be_read_of_a_damaged_one_is(tmp_path: Path) -> None:
    place = left(tmp_path, full())
    assert place.state.network
    file = place.folder / place.state.network
    file.write_bytes(file.read_bytes()[:-5])
    (found,) = reopened(tmp_path)
    loaded = found.load()
    assert not loaded.whole
    assert (loaded.model, loaded.sitting.network) == (None, None)
    assert [one.title for one in loaded.sitting.made] == ["network 6"]
    assert len(loaded.sitting.runs) == 2
    (trouble,) = loaded.troubles
    assert trouble.startswith(f"{file}: ")


def test_pipes_in_the_places_of_files_are_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):  # Windows has no pipes among its files
        return
    place = left(tmp_path, full())
    for file in place.folder.iterdir():
        if file.name not in ("lock", "state.json"):
            file.unlink()
            os.mkfifo(file)
    (found,) = reopened(tmp_path)
    loaded = found.load()
    assert not loaded.whole
    assert (loaded.sitting.drawing.empty, loaded.sitting.runs) == (True, ())
    assert all(trouble.endswith(": it is not a file.") for trouble in loaded.troubles)
    for name in ("state.json", "lock"):
        (place.folder / name).unlink()
        os.mkfifo(place.folder / name)
        assert claim_all(tmp_path) == []


def test_what_is_kept_elsewhere_already_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = left(tmp_path, full(), closed=True)
    (found,) = claim_all(tmp_path)
    sitting = found.load().sitting
    new = Place.new(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(model_file, "load", lambda _: pytest.fail("read"))  # nor is it read
        patched.setattr(model_file, "save", lambda *_: pytest.fail("written"))
        new.keep(sitting, instead_of=[found])
    new.leave()
    (place,) = reopened(tmp_path)
    assert place.folder != old.folder
    assert told(place) == told(left(tmp_path / "other", full()))


def test_where_a_disk_knows_no_links_networks_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left(tmp_path, full(), closed=True)
    (found,) = claim_all(tmp_path)
    new = Place.new(tmp_path)

    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", none)
    new.keep(found.load().sitting, instead_of=[found])
    new.leave()
    (place,) = reopened(tmp_path)
    assert told(place) == told(left(tmp_path / "other", full()))


def test_a_network_whose_file_is_gone_keeps_nothing_else_from_being_kept(tmp_path: Path) -> None:
    place = left(tmp_path, full())
    sitting = place.load().sitting
    (place.folder / place.state.made[1].file).unlink()
    new = left(tmp_path, replace(sitting, drawing=drawing(7)))
    strokes, weights, *_, others = told(new)
    assert (strokes, weights) == (7, float(network(1).network.parameters[0]))
    assert others == [("network 1", 1.0, weights)]


def test_a_sitting_of_the_version_before_opens_with_the_network_that_was_in_use(tmp_path: Path) -> None:
    place = left(tmp_path, full())
    file = place.folder / "state.json"
    state = json.loads(file.read_text())
    state = {name: value for name, value in state.items() if name != "made"} | {"version": 1, "saved_at": 0.0}
    file.write_text(json.dumps(state))
    (found,) = reopened(tmp_path)
    strokes, weights, *_, others = told(found)
    assert (strokes, weights) == (2, float(network(1).network.parameters[0]))
    assert isinstance(others, list)
    assert [one[1:] for one in others] == [(0.0, weights)]
    assert set(os.listdir(found.folder)) >= {state["network"]}
