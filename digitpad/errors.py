"""The errors a person may meet: each carries one sentence that says what is wrong with what."""

import unicodedata

NAME, SENTENCE = 100, 1000  # letters at most, of what is shown as one
_LEFT_OF_WORD = 60  # letters
_WORDS = 200  # letters at most, of what an error of a library says
_JOINERS = "\u200c\u200d"  # some scripts and many emoji are written with them
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # Unicode's controls, formats, halves of pairs, ends of lines and paragraphs


def one_line(text: str, most: int = NAME) -> str:
    """Return a ``text`` from outside as it can be shown anywhere: one line of ``most`` letters at most.

    Blanks take the place of line breaks and of all that cannot be seen, such as what turns the direction of writing.
    What is too long is left out in the middle.
    """
    if len(text) > 4 * most:  # so that a text of any length takes no time
        text = f"{text[: 2 * most]}…{text[-2 * most :]}"
    seen = (" " if unicodedata.category(letter) in _UNSEEN and letter not in _JOINERS else letter for letter in text)
    line = "".join(seen).strip()
    if len(line) > most:
        line = f"{line[: most - most // 3 - 1]}…{line[len(line) - most // 3 :]}"
    return line


def in_short(sentence: str, most: int) -> str:
    """Return a ``sentence`` of one line in ``most`` letters at most, in words that can still be read.

    Of its longest word, as a file's name and folders are, the middle is left out, and only then what is between words.
    """
    longest = max(sentence.split(), key=len, default="")
    room = max(len(longest) - max(len(sentence) - most, 0), _LEFT_OF_WORD)
    return one_line(sentence.replace(longest, one_line(longest, room), 1) if longest else sentence, most)


def words(error: BaseException) -> str:
    """Return what an ``error`` of any kind says of itself, on one line; its name, where that is nothing."""
    try:
        said = " ".join(str(error).split())[:_WORDS]
    except Exception:  # its own text fails, too
        said = ""
    return said or type(error).__name__


def reason(error: OSError) -> str:
    """Return why it failed in the system's words, such as "No space left on device"."""
    return error.strerror or str(error) or type(error).__name__


class DigitpadError(Exception):
    """Something a person can put right. ``str(error)`` is the sentence to show, one line whatever it quotes."""

    def __init__(self, sentence: str) -> None:
        """Say ``sentence``."""
        super().__init__(one_line(sentence, SENTENCE))


class DataError(DigitpadError):
    """Digits in files that are missing, damaged, not what they say they are, or that cannot be written."""


class StoreError(DigitpadError):
    """The database of the person's own drawings, which cannot be used."""


class NotEnoughDrawings(DigitpadError):
    """Fewer of the person's own drawings than learning from them takes."""


class Cancelled(DigitpadError):
    """What was ended before it was done, by the person or with the program: nothing went wrong."""


class ModelError(DigitpadError):
    """A network file that is missing, damaged or not what it says it is."""


class ExportError(DigitpadError):
    """A network that cannot be written in the form of another program."""


class ExperimentError(DigitpadError):
    """The file of an experiment that is missing, damaged or not what it says it is, or that cannot be written."""


class SittingError(DigitpadError):
    """What a window keeps for the next start, which cannot be written or read."""


class PictureError(DigitpadError):
    """A picture that cannot be read as a drawing of a digit."""


class BlankPictureError(PictureError):
    """A picture of one colour, with nothing on it."""

    def __init__(self, sentence: str = "The picture is blank.") -> None:
        """Say so, or ``sentence``, which names the file as well."""
        super().__init__(sentence)


class TrainingError(DigitpadError):
    """A run of training that cannot go on."""
