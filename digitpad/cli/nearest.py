"""Words that are nearly those there are: what a person may have meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher

# What people call commands elsewhere.
_ALSO = {
    "gui": ("open", "window", "run"),
    "train": ("learn", "fit"),
    "evaluate": ("test", "score"),
    "predict": ("read", "recognise", "recognize", "classify"),
    "info": ("show", "describe", "about"),
    "fetch": ("download", "get"),
}


def nearest_first(word: str, known: Iterable[str]) -> list[str]:
    """Return the ``known`` words, those first that ``word`` is most like, by themselves or by another name."""

    def likeness(one: str) -> float:
        return max(_likeness(name, word) for name in (one, *_ALSO.get(one, ())))

    return sorted(known, key=likeness, reverse=True)


def _likeness(known: str, word: str) -> float:
    return SequenceMatcher(None, known.strip("-"), word.lower()).ratio()
