"""Starts the program for a person: its window, or where there is no display the demonstration."""

import os
import stat
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from digitpad.draw.drawing import Picture
from digitpad.errors import SENTENCE, ModelError, one_line
from digitpad.gui import display
from digitpad.gui.app import make_application, make_window
from digitpad.gui.services.ending import Ending
from digitpad.gui.services.faults import Faults, crashes_noted
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.fault_dialog import FaultReports
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.window.recognising import Kind, is_number_to, kind_of, network_in, picture_in
from digitpad.paths import DEFAULT_NETWORK, user_folder
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

_MOST_REFUSALS = 2  # to close, of a window that nobody answers: it tells what could not be saved, and it asks
_SETTLED_MS = 700  # after the window was shown: what draws and reads the first stroke goes first


@dataclass(frozen=True)
class _Brought:
    """What a person names for the window, looked at before it is there.

    The network in ``path`` with its run, ``pictures`` by their files, and ``others``, which are opened in the window.
    """

    path: Path
    network: tuple[Model, Run | None, str]
    pictures: dict[Path, Picture]
    others: Mapping[Path, Kind]

    @classmethod
    def of(cls, model: Path, files: Sequence[Path]) -> "_Brought":
        """Raise DigitpadError for what cannot be opened, and for two networks."""
        kinds = {path: kind_of(path) for path in files}
        path = _one_of([model, *(path for path in files if kinds[path] is Kind.NETWORK)])
        network = network_in(path)
        of_model = is_number_to(network[0])
        read = {path: picture_in(path, of_model) for path in files if kinds[path] is Kind.PICTURE}
        pictures = {path: picture for path, picture in read.items() if isinstance(picture, Picture)}
        others = {
            path.absolute(): kind for path, kind in kinds.items() if kind is not Kind.NETWORK and path not in pictures
        }
        # What is remembered is looked for by the next start, which may be made from another folder.
        return cls(path.absolute(), network, pictures, others)


def run(model: Path, files: Sequence[Path] = ()) -> int:
    """Open the window with the network in ``model`` and what is in ``files``; return the exit code.

    A network among the files is used instead. Without a display that works, say so and show the program at work
    off-screen. Raises DigitpadError for what cannot be opened, and for two networks.
    """
    brought = _Brought.of(model, files)
    no_display = display.choose()
    if no_display:
        from digitpad.gui.demo import show_at_work

        print(f"digitpad: {no_display}, so here is the program at work off-screen.", flush=True)
        for other in brought.others:
            print(f"digitpad: {one_line(str(other), SENTENCE)}: needs the window, and is not opened.", file=sys.stderr)
        return show_at_work(brought.network[0], next(iter(brought.pictures.items()), None))
    _let_owner_use_files()
    app = make_application()
    faults, ending = Faults(user_folder()), Ending()
    with crashes_noted(user_folder()), faults.listening(), ending.listening():
        preferences = Preferences(user_folder() / "settings.json")
        given = brought.path if brought.path != DEFAULT_NETWORK else None
        session = Session(brought.network[0], given, user_folder() / "drawings.sqlite")
        sittings = user_folder() / "sittings"
        window = make_window(app, session, preferences, sittings)
        FaultReports(window, window.toast, faults, lambda: window.autosave.keeping)
        window.in_class.lost.connect(faults.note)
        ending.asked.connect(lambda number: _end(window, number))
        window.recovery.open_as_left(sittings, network_given=given is not None)
        _open(window, brought)
        window.show()
        window.draw.hinting.welcome()
        QTimer.singleShot(_SETTLED_MS, window.tabs, window.tabs.load_ahead)
        return app.exec()


def _let_owner_use_files() -> None:
    """Leave their owner all rights to the files made from now on; what others may, the umask says as before.

    One that takes the owner's is a mistake in the environment: the program could not look into its own new folder, nor
    the person into a network that was saved.
    """
    before = os.umask(0o077)
    os.umask(before & ~stat.S_IRWXU)


def _open(window: MainWindow, brought: _Brought) -> None:
    """Have in the window what the person has named."""
    if brought.path != DEFAULT_NETWORK:
        window.opening.take_network(brought.path, *brought.network)
    for picture in brought.pictures.values():
        window.draw.canvas.show_picture(picture)
    if brought.others:
        window.recovery.finish()  # which would go to another tab afterwards
    for other, kind in brought.others.items():
        window.opening.open_as(kind, other)


def _one_of(networks: Sequence[Path]) -> Path:
    """Return the network that is named beside the one that comes with the program. Raises ModelError for more."""
    named = list(dict.fromkeys(path for path in networks if path != DEFAULT_NETWORK))
    if len(named) > 1:
        raise ModelError(f"{named[0]} and {named[1]}: the window reads with one network; name only that.")
    return named[0] if named else DEFAULT_NETWORK


def _end(window: MainWindow, number: int) -> None:
    """Close the window and end by the system's signal ``number``, also where something is asked.

    Nobody may be there to answer.
    """
    if any(window.close() for _ in range(_MOST_REFUSALS + 1)):
        QApplication.exit(128 + number)
