"""Chapter 1 as a Jupyter notebook, whose cells run on ``import digitpad`` and end with a network reading a drawing.

The cells lie in resources/chapter.py, a program of its own that is cut at each ``# %%``.

Source: the notebook format, version 4.5, https://nbformat.readthedocs.io.
"""

import hashlib
import json
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from digitpad import __version__
from digitpad.errors import ExportError
from digitpad.files.reading import opened
from digitpad.files.writing import write_atomically, writing
from digitpad.paths import CHAPTER

_CUT, _MARKDOWN = "# %%", " [markdown]"
_DEFAULT = "digitpad.load_model()"  # as the chapter has it
_LARGEST_BYTES = 1 << 24  # with the outputs of all cells; a larger file is none of ours


def save(path: str | PathLike[str], network: Path | None = None) -> None:
    """Write the notebook, whole or not at all; it reads with the network in the file ``network``, or the default one.

    Raises ExportError when it cannot be written.
    """
    content = build(network).encode()
    path = Path(path)
    with writing(path, ExportError):
        write_atomically(path, content)


def is_untouched(path: Path) -> bool:
    """Return whether the file is one that ``save`` wrote and nobody changed since, though its cells may have been run.

    Raises ExportError where it cannot be read.
    """
    with opened(path, ExportError) as file:
        content = file.read(_LARGEST_BYTES + 1)
    try:
        made = json.loads(content)
        sources = ["".join(cell["source"]) for cell in made["cells"]]  # text, or a list of lines
        return bool(made["metadata"]["digitpad"]["sha256"] == _digest(sources))
    except (ValueError, LookupError, TypeError, RecursionError):  # whatever else there is in files of this name
        return False


def build(network: Path | None = None) -> str:
    """Return the notebook as JSON, which reads with the network in the file ``network``, or with the default one."""
    cells = _cells(network)
    made = {
        "cells": [_cell(number, *cell) for number, cell in enumerate(cells)],
        "metadata": {
            "digitpad": {"version": __version__, "sha256": _digest(source for _, source in cells)},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"  # as Jupyter writes it


def _cell(number: int, markdown: bool, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": "markdown" if markdown else "code",
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell if markdown else {**cell, "execution_count": None, "outputs": []}


def _cells(network: Path | None) -> list[tuple[bool, str]]:
    """Return of each cell whether it is text, and its source."""
    chapter = CHAPTER.read_text(encoding="utf-8")
    if network is not None:
        chapter = chapter.replace(_DEFAULT, f"digitpad.load_model({str(network.absolute())!a})")
    cells = []
    for part in chapter.split(f"\n{_CUT}")[1:]:  # what stands before the first says what the file is
        kind, _, source = part.partition("\n")
        markdown, source = kind == _MARKDOWN, source.strip()
        if markdown:
            source = "\n".join(line.removeprefix("#").removeprefix(" ") for line in source.splitlines())
        cells.append((markdown, source))
    return cells


def _digest(sources: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sources).encode("utf-8", "surrogatepass")).hexdigest()
