"""Networks, digits, pictures and drawings, from files and into them."""

from collections.abc import Iterator
from os import PathLike

from digitpad.data.dataset import Digits
from digitpad.data.strokes import drawing_of, read_drawings
from digitpad.draw.drawing import Drawing
from digitpad.draw.placing import placed
from digitpad.errors import BlankPictureError
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK, DIGITS
from digitpad.train import model_file
from digitpad.train.model_file import Model

StrPath = str | PathLike[str]


def load_network(path: StrPath | None = None) -> Network:
    """Return the network in the file at ``path``, or the one that comes with digitpad.

    Raises DigitpadError, one sentence that names the file, where it holds none.

    >>> import digitpad
    >>> network = digitpad.load_network()
    >>> network.sizes[0], network.sizes[-1]
    (784, 10)
    """
    return load_model(path).network


def load_model(path: StrPath | None = None) -> Model:
    """Return the network in the file at ``path``, or the one that comes with digitpad, and how it was made.

    Raises DigitpadError, one sentence that names the file, where it holds none.

    >>> import digitpad
    >>> model = digitpad.load_model()
    >>> model.provenance.name, model.provenance.reads_nine
    ('default network', True)
    """
    return model_file.load(DEFAULT_NETWORK if path is None else path)


def save_network(path: StrPath, network: Network | Model) -> None:
    """Write the network, with how it was made if that is told, to ``path``: whole or not at all.

    The program opens such files, too. Raises DigitpadError when it cannot be written, and ValueError for a network that
    is not from 784 greys to ten digits, as neither could open it again.

    >>> import digitpad, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = os.path.join(folder, "net.safetensors")
    ...     digitpad.save_network(file, digitpad.Network([784, 12, 10], seed=1))
    ...     digitpad.load_network(file)
    <Network 784-12-10: sigmoid neurons, quadratic cost, 9,550 weights and biases in float32>
    """
    model = network if isinstance(network, Model) else Model(network)
    sizes = model.network.sizes
    if (sizes[0], sizes[-1]) != (784, 10):
        raise ValueError(f"a network of {sizes[0]} inputs and {sizes[-1]} outputs: files hold those of 784 and 10")
    model_file.save(path, model)


def load_digits(path: StrPath | None = None) -> Digits:
    """Return the digits in a file or folder, or those that come with digitpad: ``training`` and ``test``.

    IDX files as MNIST has them, NumPy's npz and npy, CSV tables, the book's pickle, and zip files or folders of these;
    nothing in them is run. Raises DigitpadError, one sentence that names the file, for anything else.

    >>> import digitpad
    >>> digits = digitpad.load_digits()
    >>> len(digits.training), len(digits.test), digits.test.images.shape
    (10000, 2000, (2000, 784))
    """
    from digitpad.data.formats.opening import open_digits

    return open_digits(DIGITS if path is None else path)


def load_picture(path: StrPath) -> Drawing:
    """Return the ink of the digit in a picture or photograph (PNG, JPEG, BMP, GIF, WebP or TIFF), none of a blank one.

    Raises DigitpadError, one sentence that names the file, where there is something else in it, or several digits.
    """
    from digitpad.data.picture_file import picture_of_file  # Pillow is loaded where there is a picture

    try:
        return Drawing(picture=picture_of_file(path))
    except BlankPictureError:
        return Drawing()


def load_drawings(path: StrPath) -> Iterator[Drawing]:
    """Yield the drawings in a file of strokes, one JSON object a line, as the program exports them.

    Raises DigitpadError, one sentence that names the line, for what is no drawing.
    """
    for _, strokes in read_drawings(path):
        yield drawing_of(placed(strokes))
