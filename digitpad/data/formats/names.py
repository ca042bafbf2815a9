"""What the name of a file or an array says: images or labels, and of which part of which set."""

import re
from dataclasses import dataclass
from enum import Enum


class Part(Enum):
    """What digits are for."""

    TRAINING = "training"
    VALIDATION = "validation"
    TEST = "test"


class Role(Enum):
    """What an array holds of digits."""

    IMAGES = "images"
    LABELS = "labels"


@dataclass(frozen=True)
class Name:
    """A name taken apart: "emnist-digits-train-images-idx3-ubyte.gz" is the training images of "emnist-digits".

    ``set`` is what stands before; all of the name, without its endings, where it says neither part nor role. ``rest``
    is what else stands there, say the "100" of "mnist_train_100.csv".
    """

    set: str
    part: Part | None
    role: Role | None
    rest: str = ""


_PARTS = {
    Part.TRAINING: ("train", "training"),
    Part.VALIDATION: ("val", "valid", "validation"),
    Part.TEST: ("test", "testing", "t10k"),
}
_ROLES = {
    Role.IMAGES: ("x", "image", "images", "img", "imgs", "data", "features", "pixels", "inputs"),
    Role.LABELS: ("y", "label", "labels", "lbl", "lbls", "target", "targets", "class", "classes"),
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words}
ENDINGS = ("gz", "zip", "npz", "npy", "csv", "tsv", "pkl", "pickle")  # and IDX files end with "ubyte"
# So many one after the other at most, lest a name of thousands take minutes.
_ENDINGS = re.compile(rf"(\.({'|'.join(ENDINGS)}|txt|data|idx)){{1,9}}$", re.IGNORECASE)
# Of "train-images.idx3-ubyte": what says how the file is written.
_FORMAT = re.compile(r"idx\d?|ubyte|byte|int|npy|npz|csv|gz", re.IGNORECASE)
# "Xtrain" and "trainlabels" are two words each, "XTrain" and "trainX" by their capitals.
_WORD = re.compile(
    r"t10k|idx\d?|[xXyY](?=(?:train|test|val))|(?:training|train|testing|test)(?=(?:images?|labels?)?(?:[^a-z]|$))"
    r"|(?:images?|labels?)|[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+",
)


def parsed(name: str) -> Name:
    """Return what the name of a file or an array says, as far as it says something."""
    stem = without_endings(name.replace("\\", "/").rsplit("/", 1)[-1])
    begin, part, role, rest = len(stem), None, None, []
    for match in _WORD.finditer(stem):
        word = match[0].lower()
        if part is None and word in _PART_OF:
            part = _PART_OF[word]
        elif role is None and word in _ROLE_OF:
            role = _ROLE_OF[word]
        else:
            if begin < len(stem) and not _FORMAT.fullmatch(word):
                rest.append(word)
            continue
        begin = min(begin, match.start())
    return Name(stem[:begin].rstrip("-_. "), part, role, " ".join(rest))


def without_endings(name: str) -> str:
    """Return the name of a file or a folder without what only says how it is written: "digits" for "digits.csv.gz"."""
    return _ENDINGS.sub("", name)
