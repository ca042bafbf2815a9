"""The errors a person may meet: each carries one sentence that says what is wrong with what."""


class DigitpadError(Exception):
    """Something a person can put right. ``str(error)`` is the sentence to show."""


class DataError(DigitpadError):
    """A data set that is missing, damaged or not what it says it is."""


class ModelError(DigitpadError):
    """A network file that is missing, damaged or not what it says it is."""


class PictureError(DigitpadError):
    """A picture that cannot be read as a drawing of a digit."""


class TrainingError(DigitpadError):
    """A run of training that cannot go on."""
