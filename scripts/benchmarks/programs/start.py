"""Open the window and draw one digit; print the time, in seconds since 1970, when each was done."""

import sys
import time

from digitpad.gui import replay
from digitpad.gui.app import make_application, make_window
from digitpad.gui.demo import THREE


def main() -> None:
    """Start as the program does, and be as quick about it."""
    app = make_application()
    window = make_window(app)
    window.show()
    app.processEvents()
    print(time.time())
    replay.draw(window.draw.canvas, [THREE])
    app.processEvents()
    assert window.draw.answer.answer.text() == "3", window.draw.answer.answer.text()
    assert "pyqtgraph" not in sys.modules, "it takes a while to load, and only training needs it"
    print(time.time())
    window.close()


if __name__ == "__main__":
    main()
