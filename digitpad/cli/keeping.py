"""Where ``digitpad train`` writes its network, and what becomes of one that cannot be written there."""

import sys
import tempfile
from pathlib import Path

from digitpad.errors import SENTENCE, ModelError, one_line, reason
from digitpad.files.writing import check_writable, writing
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run


def writable(name: str, recipe: Recipe) -> Path:
    """Return the path of ``name``. Raises ModelError where nothing can be written, while nothing is lost by it."""
    output = Path(name)
    if not name.strip():
        raise ModelError("FILE is empty; it names the file to write the network to.")
    with writing(output, ModelError):
        if not output.absolute().parent.is_dir():
            raise ModelError(f"{output}: there is no such folder to write to.")
        check_writable(output, recipe.network().parameters.nbytes)
        if output.exists() and not (output.is_file() and output.stat().st_size == 0):
            _must_be_a_network(output)
    return output


def save(output: Path, model: Model, told: str) -> bool:
    """Write the network to ``output`` and say what was ``told`` of it, or write it to another place and return False.

    Raises ModelError where that fails, too.
    """
    try:
        model_file.save(output, model)
    except ModelError as error:
        try:
            rescued = Path(tempfile.mkdtemp(prefix="digitpad-"), output.name)  # of this person's alone
        except OSError as other:  # also where there is no folder for that at all
            raise ModelError(f"{error} Nor can it be kept elsewhere ({reason(other)}).") from None
        model_file.save(rescued, model)
        print(f"digitpad: {error} The network is in {rescued}.", file=sys.stderr)
        return False
    print(f"{one_line(str(output), SENTENCE)}: {told}")
    return True


def keep(checkpoint: Path, model: Model, told: bool) -> bool:
    """Write the network, whole or not at all, or say why it cannot be; training goes on all the same.

    It is tried each time, for a disk may be full for a moment, and ``told`` once: returns whether it was by now.
    """
    try:
        model_file.save(checkpoint, model)
    except ModelError as error:
        if not told:
            print(f"digitpad: {error}", file=sys.stderr)
        return True
    return told


def measured(run: Run) -> Point | None:
    """Return what was measured with the newest weights of ``run``, those that are written; None where nothing was."""
    return next((point for point in reversed(run.points) if point.epochs == run.at), None)


def _must_be_a_network(output: Path) -> None:
    """Raise ModelError where the file ``output`` holds anything else, which nobody wants to lose."""
    try:
        model_file.load(output, model_file.TEN_OR_FOUR)
    except ModelError:
        raise ModelError(
            f"{output}: is no network of digitpad, so it is not written over; name another file."
        ) from None
