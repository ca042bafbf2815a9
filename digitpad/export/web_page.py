"""A page to draw on in a browser: one HTML file with a network in it, which needs nothing else and sends nothing."""

import json
import re
import zlib
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from digitpad import __version__, paths
from digitpad.data import mnist
from digitpad.draw.nine import view_places
from digitpad.errors import ExportError
from digitpad.export import quantization
from digitpad.export.quantization import Layer
from digitpad.export.single_precision import check_fits
from digitpad.files.reading import opened
from digitpad.files.writing import write_atomically, writing
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.train.model_file import Model

# In this order: each uses only what stands before it.
MODULES = (
    "rounding", "ink", "preprocess", "nine", "network", "unpacking", "reading", "several", "erasing", "drawing",
    "pointer", "pad", "page",
)  # fmt: skip
_MARK = b'<meta name="generator" content="digitpad '
_MARK_WITHIN = 1000  # bytes
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_LEVEL, _MEMORY, _RAW = 6, 9, -15  # of deflate


@dataclass(frozen=True)
class Variant:
    """A page that does more: ``modules`` and ``styles`` of ``resources/web``, by name, follow the page's own.

    ``connect`` is where they may send anything to, in the words of a Content-Security-Policy, such as "'self'".
    """

    modules: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    connect: str = "'none'"


def save(path: Path, model: Model, *, half: bool = False) -> None:
    """Write the page of ``model`` to ``path``, whole or not at all.

    Raises ExportError where it cannot be written, and for a network that no page can hold.
    """
    page = build(model, half=half)
    with writing(path, ExportError):
        write_atomically(path, page)


def is_page(path: Path) -> bool:
    """Whether the file is such a page. Raises ExportError when it cannot be read."""
    with opened(path, ExportError) as file:
        return _MARK in file.read(_MARK_WITHIN)


def build(model: Model, *, half: bool = False, variant: Variant | None = None) -> bytes:
    """Return the page of ``model``, in UTF-8.

    Its weights are in equal steps, corrected on the digits that come with the program, or in ``half`` precision. Raises
    ExportError for weights too large for single precision.
    """
    return page_of(layers_of(model, half=half), model, variant or Variant())


def layers_of(model: Model, *, half: bool = False) -> list[Layer]:
    """Return the layers of ``model`` as the page has them. Raises ExportError."""
    network = model.network
    check_fits(network, "a page")
    if half:
        return quantization.in_float16(network)
    digits = mnist.load_training(paths.DIGITS)
    return quantization.in_steps(network, greys(digits.images, np.float32))


def page_of(layers: list[Layer], model: Model, variant: Variant) -> bytes:
    """Return the page with these ``layers`` of ``model``'s network."""
    nine = model.provenance.reads_nine
    style = "\n".join(_text(f"{name}.css") for name in ("page", *variant.styles))
    script = "\n".join(['"use strict";', *map(_module, (*MODULES, *variant.modules))])
    facts = {
        "name": model.provenance.name,
        "story": _story(model),
        "network": _kind(layers, model.network, nine=nine),
    }
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; connect-src {variant.connect}; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {
        "VERSION": __version__,
        "POLICY": policy,
        "STYLE": style,
        "DATA": _block("facts", "application/json", _json(facts))
        + _block("weights", "text/plain", b64encode(_packed(layers, nine=nine)).decode()),
        "SCRIPT": script,
    }
    return re.sub(r"@([A-Z]+)@", lambda found: parts[found[1]], _text("page.html")).encode()


def _story(model: Model) -> list[tuple[str, str]]:
    """Return what is known of the network, by name, for whoever reads the page."""
    told = model.provenance.rows
    told.pop("name", None)  # which stands above the page
    layers = told.pop("sizes", "-".join(map(str, model.network.sizes)))
    rows = {"layers": layers, "hidden neurons": model.network.activation.name, "cost": model.network.cost.name}
    return [*(rows | told).items(), ("made with", f"digitpad {__version__}")]


def _kind(layers: list[Layer], network: Network, *, nine: bool) -> dict[str, object]:
    """Return what the page has to know to unpack the network."""
    each = [
        {"inputs": layer.codes.shape[1], "neurons": len(layer.biases), "activation": network.neurons(number).name}
        for number, layer in enumerate(layers)
    ]
    return {"layers": each, "nine": nine, "half": layers[0].codes.dtype == np.float16}


def _packed(layers: list[Layer], *, nine: bool) -> bytes:
    """Return the numbers of the page, compressed; ``resources/web/unpacking.js`` says in which order."""
    floats = [view_places()] if nine else []
    floats += [part for layer in layers for part in (layer.steps, layer.biases)]
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, zlib.Z_FILTERED)
    numbers = [*(part.astype("<f4") for part in floats), *(_little(layer.codes) for layer in layers)]
    return b"".join([*(deflate.compress(part.tobytes()) for part in numbers), deflate.flush()])


def _little(codes: np.ndarray) -> np.ndarray:
    return codes.astype(codes.dtype.newbyteorder("<"))


def _block(name: str, kind: str, content: str) -> str:
    """Return data that the page's script finds by ``name``."""
    return f'<script id="{name}" type="{kind}">{content}</script>\n'


def _json(value: object) -> str:
    """Return JSON in which nothing can end the element it stands in, or be taken for markup or a line's end."""
    text = json.dumps(value, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _hash(content: str) -> str:
    """Return how a policy names the one ``content`` that it allows."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _module(name: str) -> str:
    """Return a module as a part of the one script: ``$name`` has what it exports, and others see nothing else of it."""
    source = _text(f"{name}.js")
    exported = ", ".join(found[2] for found in _EXPORT.finditer(source))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = $\2;", source))
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();"


def _text(name: str) -> str:
    return (paths.WEB / name).read_text(encoding="utf-8")
