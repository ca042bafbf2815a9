"""``digitpad export``: a network in forms that other programs use."""

import argparse
from collections.abc import Callable
from pathlib import Path

from digitpad.errors import SENTENCE, DigitpadError, ExportError, one_line
from digitpad.files.writing import writing
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.model_file import Model

_WEB = """\
OUT.html is a page to draw on, in any browser and without the internet: the network is in it, and
it sends nothing anywhere. Its weights are rounded to a few equal steps, which makes the page small
and changes hardly any answer; --float16 keeps them nearly as they are, in four times the room.

examples:
  digitpad export web digits.html
  digitpad export web digits.html --model net.safetensors
"""

_ONNX = """\
OUT.onnx takes greys and returns outputs and the digit; what has to be done with a picture before, and
how the network was made, stands in its metadata. It is written by the package onnx, which the extra
digitpad[onnx] brings along.

examples:
  digitpad export onnx digits.onnx
  digitpad export onnx digits.onnx --model net.safetensors
"""

_NOTEBOOK = """\
OUT.ipynb is chapter 1 of the book in cells to run and change, in Jupyter or another program for
notebooks whose Python has digitpad: from NAND to a network that learns, and one that reads a drawing.
That is the network --model names, by its path, or the one that comes with the program. A notebook
that somebody has changed is not written over.

examples:
  digitpad export notebook chapter1.ipynb
  digitpad export notebook chapter1.ipynb --model net.safetensors
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the forms there are; each takes ``--model`` after its name, too."""
    parser.epilog = "each form says by --help what it is: digitpad export web --help"
    forms = parser.add_subparsers(title="forms", metavar="form", required=True)
    web = _add_form(forms, "web", "OUT.html", "one file to draw on in a browser", _WEB)
    web.add_argument("--float16", action="store_true", help="weights in half precision instead of equal steps")
    web.set_defaults(write=_write_web)
    onnx = _add_form(forms, "onnx", "OUT.onnx", "one file for other programs for neural networks", _ONNX)
    onnx.set_defaults(write=_write_onnx)
    notebook = _add_form(forms, "notebook", "OUT.ipynb", "chapter 1 as a notebook, in which it reads", _NOTEBOOK)
    notebook.set_defaults(write=_write_notebook)


def run(arguments: argparse.Namespace) -> int:
    """Write the network that ``--model`` names, and say how large it became. Returns the exit code."""
    write: Callable[[Path, Model, argparse.Namespace], None] = arguments.write
    output = Path(arguments.output)
    if not arguments.output.strip():
        raise ExportError(f"{arguments.metavar} is empty; it names the file to write.")
    model = model_file.load(arguments.model)
    with writing(output, ExportError):
        if not output.absolute().parent.is_dir():
            raise ExportError(f"{output}: there is no such folder to write to.")
    write(output, model, arguments)
    print(f"{one_line(arguments.output, SENTENCE)}: {output.stat().st_size / 1e6:.2f} MB")
    return 0


def _add_form(
    forms: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, metavar: str, text: str, more: str
) -> argparse.ArgumentParser:
    form = forms.add_parser(
        name, help=text, description=text, epilog=more, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    form.add_argument("output", metavar=metavar, help="the file to write")
    form.add_argument(
        "--model", type=Path, default=argparse.SUPPRESS, metavar="FILE",  # what was said before the form's name holds
        help="network to export, a safetensors file (default: the one that comes with the program)",
    )  # fmt: skip
    form.set_defaults(metavar=metavar)
    return form


def _keep(output: Path, is_ours: Callable[[Path], bool], what: str) -> None:
    """Raise ExportError where the file ``output`` holds anything else than ``what``, which nobody wants to lose."""
    with writing(output, ExportError):
        if not output.is_file() or output.stat().st_size == 0:
            return
    try:
        ours = is_ours(output)
    except DigitpadError:
        ours = False
    if not ours:
        raise ExportError(f"{output}: is no {what} of digitpad, so it is not written over; name another file.")


def _write_web(output: Path, model: Model, arguments: argparse.Namespace) -> None:
    from digitpad.export import web_page

    _keep(output, web_page.is_page, "page")
    web_page.save(output, model, half=arguments.float16)


def _write_onnx(output: Path, model: Model, _: argparse.Namespace) -> None:
    from digitpad.export import onnx

    _keep(output, onnx.is_network, "network in ONNX")
    onnx.save(output, model)


def _write_notebook(output: Path, _: Model, arguments: argparse.Namespace) -> None:
    from digitpad.export import notebook

    _keep(output, notebook.is_untouched, "untouched notebook")
    notebook.save(output, None if arguments.model == DEFAULT_NETWORK else arguments.model)
