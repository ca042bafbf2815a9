"""Tells a person why the window does not open, without terminal and Qt: in a dialog of the system's, and a file."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path

from digitpad import __version__
from digitpad.errors import SENTENCE, one_line, reason, words
from digitpad.files.writing import write_atomically
from digitpad.paths import user_folder

FILE = "cannot-start.txt"  # in the person's folder
_TITLE = "digitpad"
_MOST = 4000  # letters in the dialog, which get there on a command line: systems refuse one of 128 KB
_STOP_SIGN = 0x10  # of Windows's message boxes
_APPLE_SCRIPT = (
    "on run arguments",
    f'display dialog (item 1 of arguments) with title "{_TITLE}" buttons {{"OK"}} default button 1 with icon stop',
    "end run",
)


def tell(sentence: str, report: str = "", show: Callable[[str], object] | None = None) -> Path | None:
    """Show ``sentence`` in a dialog, and write it with the ``report`` to a file, which is returned if it could be.

    ``show`` is what shows it, the system's own dialog unless another is given.
    """
    sentence = sentence.strip() or "digitpad has ended, and does not know why."
    path, where = None, ""
    try:
        path = _write(sentence, report)
        where = f"\n\nThis is also written in {one_line(str(path), SENTENCE)}"
    except Exception as error:  # also what is missing or damaged
        why = reason(error) if isinstance(error, OSError) else words(error)
        where = f"\n\nIt could not be written to a file: {why}."
    shown = sentence if len(sentence) <= _MOST else f"…{sentence[-_MOST:]}"  # what was said last is why it ended
    (show or show_dialog)(f"{shown}{where}")
    return path


def show_dialog(text: str) -> None:
    """Show ``text`` as it is in a dialog of the system's, and wait until it is closed; nothing where there is none."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, _TITLE, _STOP_SIGN)
    elif command := dialog(text, sys.platform):
        quiet = subprocess.DEVNULL
        with suppress(OSError, ValueError):  # a program that cannot be run, a text that no command line can hold
            subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, check=False)


def dialog(text: str, system: str) -> list[str]:
    """Return the command that shows ``text`` on ``system``, as ``sys.platform`` has it; empty where there is none."""
    if system == "darwin":
        return ["osascript", *(part for line in _APPLE_SCRIPT for part in ("-e", line)), text]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return []
    # What looks like markup would be taken for it: each has its own way to be told that it is none.
    marked_up = f"<qt>{escape(text)}</qt>".replace("\\", "&#92;").replace("\n", "<br/>")
    for command in (
        ["zenity", "--error", "--no-markup", "--width=480", f"--title={_TITLE}", f"--text={text}"],
        ["kdialog", "--title", _TITLE, "--error", marked_up],
        ["xmessage", "-center", "-title", _TITLE, f" {text}"],  # the blank, as what begins with "-" would be an option
        ["notify-send", "--urgency=critical", _TITLE, escape(text)],
    ):
        if shutil.which(command[0]):
            return command
    return []


def _write(sentence: str, report: str) -> Path:
    """Write both, when it was and what it ran on, to a file, and return its path."""
    lines = (
        time.strftime("%Y-%m-%d %H:%M:%S"),
        f"digitpad {__version__}, Python {platform.python_version()}, {platform.platform()}",
        sentence,
        report,
    )
    content = "\n".join(lines).encode("utf-8", "replace")
    try:
        path = user_folder() / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except Exception:  # which may be why it does not start
        path = Path(tempfile.mkdtemp(prefix="digitpad-")) / FILE
        write_atomically(path, content)
    return path
