"""``Task``: what a page asks to bring about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What is to be brought about, and ``why`` it is so, for whom has done it: rich text, written here.

    Of a page's several tasks each has a ``name``, which stays what it is: by that it is remembered.
    """

    text: str
    why: str
    name: str = ""
