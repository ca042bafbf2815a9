"""Pictures of curves that hold the experiment they are of, so that it can be opened from them again."""

from pathlib import Path

from PySide6.QtGui import QImage

from digitpad.errors import ExperimentError
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
    from digitpad.data.picture_file import content_of  # what reads pictures is loaded when the first one comes
    from digitpad.draw.photo.decoding import text_in

    content = content_of(path)
    if _KEY.encode() not in content[:_HEAD_BYTES]:
        return None
    text = text_in(content, _KEY)
    if not text:
        return None
    try:
        return SavedExperiment.from_json(text)
    except ValueError as error:
        raise ExperimentError(f"{path}: the experiment in this picture cannot be opened: {error}.") from error
