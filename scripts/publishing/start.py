"""What the programs of the folder run: ``digitpad``, and ``digitpad-window``, which a desktop starts."""

import os
import sys
from pathlib import Path

# What is started from here, such as a browser, is the system's and must find the system's libraries.
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before

# On Windows two programs, elsewhere one and a link to it.
if "digitpad-window" in (Path(sys.executable).stem, Path(sys.argv[0]).stem):
    from digitpad.desktop.window import main
else:
    from digitpad.__main__ import main

sys.exit(main())
