"""What a file or a folder that a person brings is: ``Kind``, told by its name or its content; and what is in it."""

import os
from collections.abc import Container
from enum import Enum, auto
from functools import partial
from pathlib import Path

from digitpad.draw.drawing import IsNumber, Picture
from digitpad.draw.numbers import is_number
from digitpad.draw.photo.file_kinds import PICTURE_ENDINGS
from digitpad.errors import DataError, ModelError
from digitpad.files.reading import opened
from digitpad.train import experiment_file, model_file
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

# What reads pictures and data sets is loaded when the first one comes.

_HEAD_BYTES = 512  # of a file, to know an experiment by


class Kind(Enum):
    """What a file or a folder turned out to be."""

    NETWORK = auto()
    STROKES = auto()
    PICTURE = auto()
    PICTURES = auto()
    DATA_SET = auto()
    EXPERIMENT = auto()


_ENDINGS = {
    ".safetensors": Kind.NETWORK,
    **dict.fromkeys((".jsonl", ".ndjson"), Kind.STROKES),
    **dict.fromkeys(PICTURE_ENDINGS, Kind.PICTURE),
    experiment_file.SUFFIX: Kind.EXPERIMENT,
}


def kind_by_name(path: Path) -> Kind | None:
    """Return what is at ``path`` by the ending of its name; None where that says nothing."""
    return _ENDINGS.get(path.suffix.lower())


def kind_of(path: Path) -> Kind:
    """Return what is at ``path``, by its name where that says it.

    Raises DataError for what is not there, is nothing that can be opened, or cannot be read.
    """
    if kind := kind_by_name(path):
        with opened(path, DataError):
            return kind
    from digitpad.data.formats import forms
    from digitpad.data.formats.places import files_in
    from digitpad.data.formats.unpacking import source_of
    from digitpad.gui.services import picture_folder

    if os.path.isfile(path):
        with opened(path, DataError) as file:
            if experiment_file.recognises(file.read(_HEAD_BYTES)):
                return Kind.EXPERIMENT
    with files_in(path) as files:
        holds_files = files is not None
    if holds_files:
        return Kind.PICTURES if picture_folder.holds_pictures(path) else Kind.DATA_SET
    if forms.is_picture(source_of(path)):
        return Kind.PICTURE
    if forms.contents(source_of(path)) is None:
        raise forms.refusal(source_of(path))
    return Kind.DATA_SET


def network_in(path: Path, outputs: Container[int] = model_file.TEN) -> tuple[Model, Run | None, str]:
    """Return the model in the file, the run that it tells of, and why that cannot be shown.

    Raises ModelError, also where it has other ``outputs``.
    """
    model = model_file.shared(path, outputs)
    try:
        return model, Run.of_model(0, model), ""
    except ModelError as error:
        return model, None, str(error)


def is_number_to(model: Model) -> IsNumber:
    """Return what says of a picture's ink whether the model reads it as a number."""
    return partial(is_number, model.network, nine=model.provenance.reads_nine)


def picture_in(path: Path, of_model: IsNumber) -> Picture | SavedExperiment:
    """Return the ink in the picture, or the experiment that it holds where it is one of a run's curves.

    Raises PictureError, and ExperimentError where what it holds cannot be opened.
    """
    from digitpad.data.picture_file import picture_of_file
    from digitpad.gui.services.still import held_in

    return held_in(path) or picture_of_file(path, of_model)
