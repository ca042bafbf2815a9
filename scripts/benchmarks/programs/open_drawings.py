"""Open the Data tab on stored drawings, in the file named; print the seconds that takes, and the memory in MB."""

import sys
from pathlib import Path
from time import perf_counter

from hands import wait_until
from memory import peak_mb
from offscreen import open_window

from digitpad import paths
from digitpad.gui.services.session import Session
from digitpad.train import model_file

_PAGE = 200  # drawings


def main() -> None:
    """Wait for the first page."""
    session = Session(model_file.load(paths.DEFAULT_NETWORK), drawings=Path(sys.argv[1]))
    with open_window(session) as window:
        started = perf_counter()
        window.tabs.setCurrentIndex(2)
        wait_until(lambda: window.data.gallery.count() == _PAGE)
        print(perf_counter() - started)
    print(peak_mb())


if __name__ == "__main__":
    main()
