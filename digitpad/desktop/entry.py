"""What a Linux desktop knows a program by: its entry in the menus, its icon, and the type of its files.

Sources: the specifications of freedesktop.org on desktop entries, icon themes, base directories and shared MIME info.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from digitpad.errors import DigitpadError
from digitpad.files.writing import write_atomically, writing
from digitpad.paths import ICON, ICONS, home_folder

WINDOW = "digitpad-window"  # the program that is started
NETWORK, EXPERIMENT = "application/x-digitpad-network", "application/x-digitpad-experiment"
ENTRY, TYPES = "applications/digitpad.desktop", "mime/packages/digitpad.xml"

_LARGEST = 256  # pixels: the side of ICON
_RESERVED = re.compile(r"[\s\"'\\><~|&;$*?#()`]")  # by the specification, in an argument that is not quoted

_ENTRY = """\
[Desktop Entry]
Version=1.0
Type=Application
Name=digitpad
GenericName=Handwritten Digits
Comment=Draw a digit and watch a neural network read it, live
Exec={command} %f
TryExec={program}
Icon=digitpad
Terminal=false
StartupNotify=true
StartupWMClass=digitpad
Categories=Education;ArtificialIntelligence;
Keywords=neural network;digit;handwriting;MNIST;machine learning;
MimeType={network};{experiment};
"""

# Other programs' safetensors files have the same ending: only what is inside tells them apart, and a system looks there
# if two types claim the ending alike. After eight bytes of length comes JSON, in which our networks say what they are.
_TYPES = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-safetensors">
    <comment>Tensors</comment>
    <magic priority="50">
      <match type="string" offset="4" value="\\0\\0\\0\\0{{&quot;"/>
    </magic>
    <glob pattern="*.safetensors" weight="40"/>
  </mime-type>
  <mime-type type="{network}">
    <comment>Network of digitpad</comment>
    <sub-class-of type="application/x-safetensors"/>
    <icon name="digitpad"/>
    <magic priority="60">
      <match type="string" offset="4" value="\\0\\0\\0\\0{{&quot;">
        <match type="string" offset="10:4096" value="&quot;digitpad network&quot;"/>
      </match>
    </magic>
    <glob pattern="*.safetensors" weight="40"/>
  </mime-type>
  <mime-type type="{experiment}">
    <comment>Experiment of digitpad</comment>
    <sub-class-of type="application/json"/>
    <icon name="digitpad"/>
    <magic priority="60">
      <match type="string" offset="1:256" value="&quot;digitpad experiment&quot;"/>
    </magic>
    <glob pattern="*.digitpad"/>
  </mime-type>
</mime-info>
"""

_UPDATES = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))


def files(command: Sequence[str]) -> dict[str, bytes]:
    """Return what belongs into a folder of shared data, by path, for a window that ``command`` opens.

    Raises DigitpadError where the path of a program is such that no desktop can start it.
    """
    if any(re.search(r"[\x00-\x1f\x7f]", argument) for argument in command):
        raise DigitpadError(f"{command[0]}: no desktop starts a program whose path has a control character.")
    # Quoted as an argument, and then as a text of the entry.
    quoted = " ".join(map(_quoted, command)).replace("\\", "\\\\")
    entry = _ENTRY.format(
        command=quoted, program=command[0].replace("\\", "\\\\"), network=NETWORK, experiment=EXPERIMENT
    )
    icons = {int(file.stem): file for file in ICONS.glob("*.png")} | {_LARGEST: ICON}
    return {
        ENTRY: entry.encode("utf-8", "surrogateescape"),
        TYPES: _TYPES.format(network=NETWORK, experiment=EXPERIMENT).encode(),
        **{f"icons/hicolor/{side}x{side}/apps/digitpad.png": icons[side].read_bytes() for side in sorted(icons)},
    }


def window_command() -> list[str]:
    """Return what opens the window of the program that runs here, wherever it is started from."""
    frozen = bool(getattr(sys, "frozen", False))
    beside = Path(sys.executable).parent if frozen else Path(sysconfig.get_path("scripts"))
    program = beside / WINDOW
    return [str(program)] if program.is_file() else [sys.executable, "-P", "-m", "digitpad.desktop.window"]


def data_folder() -> Path:
    """Return the folder of the person's own shared data, which the desktop looks into."""
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if os.path.isabs(named) else home_folder() / ".local" / "share"


def install(folder: Path, command: Sequence[str]) -> None:
    """Put digitpad into the menus of whoever uses ``folder``; again where it was. Raises DigitpadError."""
    for name, content in files(command).items():
        path = folder / name
        with writing(path, DigitpadError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
    _update(folder)


def remove(folder: Path) -> bool:
    """Remove what ``install`` put into ``folder``, and nothing else; whether anything was. Raises DigitpadError."""
    there = [path for name in files([WINDOW]) if os.path.lexists(path := folder / name)]
    for path in there:
        with writing(path, DigitpadError):
            path.unlink(missing_ok=True)
    if there:
        _update(folder)
    return bool(there)


def _update(folder: Path) -> None:
    """Have the desktop look at the folder again, where it keeps a register and its tools are there."""
    quiet = subprocess.DEVNULL
    for tool, kind in _UPDATES:
        if shutil.which(tool) and (folder / kind).is_dir():
            subprocess.run([tool, folder / kind], stdin=quiet, stdout=quiet, stderr=quiet, check=False)


def _quoted(argument: str) -> str:
    argument = argument.replace("%", "%%")
    if not _RESERVED.search(argument):
        return argument
    return '"' + re.sub(r'(["`$\\])', r"\\\1", argument) + '"'
