"""The one door to the files that come with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "resources"  # where the wheel puts the folder that lies beside the package in the source tree

RESOURCES = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"
DEFAULT_NETWORK = RESOURCES / "default.safetensors"
FONTS = RESOURCES / "fonts"
ICON = RESOURCES / "icon.png"
