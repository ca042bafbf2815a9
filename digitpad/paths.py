"""The one door to the files that come with the program, and to the person's own."""

import contextlib
import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "resources"  # where the wheel puts the folder that lies beside the package in the source tree

RESOURCES = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"
DEFAULT_NETWORK = RESOURCES / "default.safetensors"
CHAPTER = RESOURCES / "chapter.py"  # the cells of the notebook that chapter 1 is exported as
CHAPTER_NETWORKS = RESOURCES / "chapter"  # its own network, before, during and after training
FONTS = RESOURCES / "fonts"
DIGITS = RESOURCES / "digits"  # the data set that comes with the program, as MNIST is written
ICON = RESOURCES / "icon.png"
ICONS = RESOURCES / "icons"  # the same, smaller, each named by its side in pixels
KEYS = RESOURCES / "keys.md"  # every key, and what it does
WEB = RESOURCES / "web"  # the parts of the page that a network is exported as
MARKS = RESOURCES / "marks"  # the arrow of lists that drop down and the tick of boxes, for light and dark


def user_folder() -> Path:
    """Return where the person's own files are: the program's folder in the system's place, or DIGITPAD_HOME."""
    if named := os.environ.get("DIGITPAD_HOME"):  # one that is empty is as good as none
        return Path(named)
    from platformdirs import user_data_dir

    with contextlib.suppress(RuntimeError):  # for somebody without a home folder, who may also be told of none
        if (folder := Path(user_data_dir("digitpad", appauthor=False))).is_absolute():
            return folder
    return Path(os.devnull, "digitpad")  # cannot be written, which is told as of any other


def home_folder() -> Path:
    """Return the person's home folder, or the topmost of all where the system knows none, as in containers."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.sep)


def own_mnist_folder() -> Path:
    """Return where the program keeps the MNIST it fetched."""
    return user_folder() / "mnist"


def savings_folder() -> Path:
    """Return where the names of data sets' savings are kept until those are done."""
    return user_folder() / "savings"


def missing_mnist_folder() -> str | None:
    """Return what DIGITPAD_MNIST names where that is no folder: the person should be told."""
    named = os.environ.get("DIGITPAD_MNIST")
    return named if named and named_mnist_folder() is None else None


def named_mnist_folder() -> Path | None:
    """Return the folder of MNIST's files that DIGITPAD_MNIST names, if it is one."""
    folder = Path(os.environ.get("DIGITPAD_MNIST", "") or os.devnull)
    with contextlib.suppress(OSError):  # if it may not be looked into, whoever opens it says so
        if not folder.is_dir():
            return None
    return folder.absolute()
