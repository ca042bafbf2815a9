"""Measure the program.

    python3 scripts/bench.py [accuracy] [robustness] [latency] [startup] [training] [sweep] [gui] [explore] [map]
                             [synthetic] [personal] [data] [numbers] [pictures] [parity] [faults] [long]
                             [--data FOLDER] [--pens FILE.jsonl] [--strokes FILE.jsonl ...]
                             [--refuse FILE.jsonl ...] [--json] [--seed N]

accuracy: how the default network reads MNIST's test set, digits as strokes (--strokes), recorded pens replayed in the
window, and refuses drawings that are no digit (--refuse, and some by a script), in one reading and in nine; how large
its file is, and how quickly it reads and starts. What looks like a digit is left out of --refuse.
robustness: how it reads MNIST's test digits drawn into a canvas slanted, thick, thin, tiny, huge, off centre, shaky,
fast or with gaps.
latency: from a drawing to ten outputs, and from a mouse movement to the painted answer, off-screen.
startup: from starting the process to a window that takes strokes, off-screen and warm.
training: an epoch of the book's network against the book's loop, against its matrix products alone, and against other
libraries where they are installed; and, with MNIST, the book's results.
sweep: how much sooner nine networks that differ in eta alone have learned when they learn at once; and, with MNIST,
which eta is best after a few epochs and after many.
gui: what training does to the window, and the window to training: speed, timers, drawing, memory; needs MNIST.
explore: how quickly the Explore tab opens and its pages follow a slider.
map: what the map of digits costs, and how well it holds the labels apart.
synthetic: what a network learns from the built-in digits alone, read on MNIST's test set and on recorded pens.
personal: what learning a hand does to each of some writers' errors, and to MNIST's.
data: a million stored drawings: adding one, opening the panel, memory.
numbers: whether numbers made of held-apart digits (--pens, --strokes, MNIST) are read wholly right, and how often one
digit is cut in two, or what is no digit (--refuse) taken for a number.
pictures: how the Draw tab reads pictures of every kind that people bring, and what it is sure of and wrong.
parity: the page that the default network is exported as, in Chromium: its size, what it changes, and whether it reads
recorded pens as the window does; needs MNIST and pens.
faults: what the program survives, each in a process of its own: mistakes inside it, files of strangers, kills, use
for long.
long: what comes after ten thousand strokes, a stroke of a minute and longer, five hundred runs, ten large networks; and
reading a hundred thousand drawings.

MNIST is looked for in the folder that DIGITPAD_MNIST names, or in --data FOLDER; recorded pens, digits as strokes with
their writers (digitpad/data/strokes.py), in the file that DIGITPAD_PENS names, or --pens FILE.jsonl. A section that
needs what is not there says so.

Without names, everything is measured; --json prints one object a line. A warning ends a section as an error does.
"""

import environment

environment.enter()

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before NumPy is loaded

import argparse
import sys
from importlib import import_module

from benchmarks.inputs import MissingError

SECTIONS = (
    "accuracy", "robustness", "latency", "startup", "training", "sweep", "gui", "explore", "map", "synthetic",
    "personal", "data", "numbers", "pictures", "parity", "faults", "long",
)  # fmt: skip


def main() -> None:
    """Run the sections named, or all."""
    parser = argparse.ArgumentParser(description="Measure the program.")
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--data", metavar="FOLDER", help="folder with MNIST's four files")
    parser.add_argument("--pens", metavar="FILE.jsonl", help="digits as strokes, with their writers")
    for name, what in (("--strokes", "digits as strokes"), ("--refuse", "strokes of what is no digit")):
        parser.add_argument(name, nargs="+", action="extend", default=[], metavar="FILE.jsonl", help=what)
    parser.add_argument("--seed", type=int, metavar="N", help="of the pictures: others than were looked at so far")
    arguments = parser.parse_args()
    if arguments.data:
        os.environ["DIGITPAD_MNIST"] = arguments.data
    if arguments.pens:
        os.environ["DIGITPAD_PENS"] = arguments.pens
    for variable, files in (("DIGITPAD_STROKES", arguments.strokes), ("DIGITPAD_REFUSE", arguments.refuse)):
        if files:
            os.environ[variable] = os.pathsep.join(files)
    if arguments.seed is not None:
        os.environ["DIGITPAD_SEED"] = str(arguments.seed)
    for name in arguments.sections:
        if name not in SECTIONS:
            parser.error(f"{name}: the sections are {', '.join(SECTIONS)}")
    for name in arguments.sections or SECTIONS:
        section = import_module(f"benchmarks.{name}")  # each loads what it needs, and no more
        try:
            for row in section.measure():
                print(row.as_json(name) if arguments.json else f"{name}: {row}", flush=True)
        except MissingError as missing:
            print(f"bench: {name} needs {missing}.", file=sys.stderr)


if __name__ == "__main__":
    main()
