"""Texts from files, from names of files and from people, made fit for places where Qt would find a meaning in them."""

import re

from PySide6.QtGui import Qt

_LONGEST_WORD = 30  # letters
_BREAK = "\u200b"  # a blank without width


def as_it_is(text: str) -> str:
    """Return rich text that shows ``text`` as it is.

    For tool tips and labels that would take for rich text what looks like it, and open the pictures it names.
    """
    return Qt.convertFromPlainText(breakable(text), Qt.WhiteSpaceMode.WhiteSpaceNormal)


def in_menu(text: str) -> str:
    """Return ``text`` for a menu, where & marks the letter that chooses."""
    return text.replace("&", "&&")


def in_title(text: str) -> str:
    """Return ``text`` for the title of a window, where [*] is the place of the mark that something is not saved."""
    return text.replace("[*]", "[*][*]")


def breakable(text: str, longest: int = _LONGEST_WORD) -> str:
    """Return ``text`` so that lines can break within words of more than ``longest`` letters and no window widens."""
    letter = rf"[^\s{_BREAK}]"
    return re.sub(f"{letter}{{{longest}}}(?={letter})", rf"\g<0>{_BREAK}", text)
