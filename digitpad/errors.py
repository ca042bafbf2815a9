"""The errors a person may meet: each carries one sentence that says what is wrong with what."""


class DigitpadError(Exception):
    """Something a person can put right. ``str(error)`` is the sentence to show."""


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


class SittingError(DigitpadError):
    """What a window keeps for the next start, which cannot be written or read."""


class PictureError(DigitpadError):
    """A picture that cannot be read as a drawing of a digit."""


class TrainingError(DigitpadError):
    """A run of training that cannot go on."""
