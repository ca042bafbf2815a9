"""``digitpad install-desktop``: digitpad in the menus of a Linux desktop."""

import argparse
import sys

from digitpad.desktop import entry
from digitpad.errors import DigitpadError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what takes it out again."""
    parser.epilog = (
        "the menu's entry, the icon and the type of networks' files are put into this person's own folder\n"
        "(~/.local/share, or XDG_DATA_HOME); nothing else is changed, and no rights are needed"
    )
    parser.add_argument("--remove", action="store_true", help="take it out of the menus again")


def run(arguments: argparse.Namespace) -> int:
    """Put digitpad, its icon and the type of its files where this person's desktop finds them, or remove them.

    Returns the exit code.
    """
    if sys.platform in ("win32", "darwin"):
        raise DigitpadError("install-desktop is for the menus of Linux desktops, and this system's are not like them.")
    folder = entry.data_folder()
    if arguments.remove:
        there = entry.remove(folder)
        print(f"digitpad is out of the menus now: {folder}" if there else f"digitpad was in no menu of {folder}.")
        return 0
    entry.install(folder, entry.window_command())
    print(f"digitpad is in the menus now, and opens its networks: {folder / entry.ENTRY}")
    return 0
