"""Pictures of curves that hold the experiment they are of, so that it can be opened from them again."""

from pathlib import Path

from PySide6.QtGui import QImage

from digitpad.errors import ExperimentError, PictureError
from digitpad.train.experiment_file import SavedExperiment

_KEY = "digitpad experiment"  # of a text in a PNG file
_HEAD_BYTES = 64 << 10  # of a file: Qt writes texts before the pixels


def put_into(image: QImage, experiment: SavedExperiment) -> None:
    """Have ``image`` hold ``experiment`` in its PNG file."""
    image.setText(_KEY, experiment.to_json())


def held_in(path: Path) -> SavedExperiment | None:
    """Return the experiment that the picture at ``path`` holds; None for any other picture, and for what is none.

    Raises PictureError where the file cannot be read, and ExperimentError where what it holds cannot be opened.
    """
    from digitpad.gui.services import picture_file  # what reads pictures is loaded when the first one comes

    content = picture_file.content_of(path)
    if _KEY.encode() not in content[:_HEAD_BYTES]:
        return None
    try:
        text = picture_file.decoded(content).text(_KEY)  # before it is decoded, Qt knows texts in one line alone
    except PictureError:
        return None  # whoever opens it as a picture says why
    if not text:
        return None
    try:
        return SavedExperiment.from_json(text)
    except ValueError as error:
        raise ExperimentError(f"{path}: the experiment in this picture cannot be opened: {error}.") from error
