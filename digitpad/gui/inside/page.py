"""``InsidePage``, and what pages that look inside the network know of the rest of the program: ``Shared``."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.seen import Seen
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.kept_current import KeptCurrent
from digitpad.gui.widgets.layouts import column_in
from digitpad.train.model_file import Model


@dataclass(frozen=True)
class Shared:
    """What pages know of the rest of the program.

    The ``session`` has the network in use, what it sees and the runs of training; the ``reader`` reads as the person
    chose; ``digits`` is the data set in use.
    """

    session: Session
    digits: DigitSets
    reader: Reader
    preferences: Preferences


class InsidePage(KeptCurrent):
    """One way to look inside the network while it reads.

    A page gives ``TITLE``, in the row of pages, and ``TIP``; it fills ``rows``, or all of itself by ``fill``, and shows
    in ``_update`` what is ``seen`` now. That runs only while the page is shown, and never before the answer is on the
    screen. What takes longer than an instant is done in its own ``background``: no page waits for what another has at
    work.

    Signals: ``put_wanted(drawing)`` when a Drawing or a Picture is to go on the canvas; ``overlay_wanted(overlay)``
    when an Overlay is to lie over what is there, or None for nothing; ``said(Said)``; ``failed(sentence)``.
    """

    TITLE = ""
    TIP = ""

    put_wanted = Signal(object)
    overlay_wanted = Signal(object)
    said = Signal(object)
    failed = Signal(str)

    def __init__(self, shared: Shared) -> None:
        """Begin with nothing in it."""
        super().__init__()
        self.shared = shared
        self.background = Background(self)
        self.background.failed.connect(self.failed)
        self.rows = column_in(self)

    def fill(self, body: QWidget) -> None:
        """Have ``body`` on the page, and a sentence instead of it while there is nothing to show in it."""
        self._instead, self._body = QLabel(), body
        self._instead.setWordWrap(True)
        self._instead.setObjectName("instead")
        self.rows.addWidget(self._instead)
        self.rows.addWidget(body, 1)
        self.rows.addStretch(0)

    def show_instead(self, sentence: str) -> None:
        """Show ``sentence`` and nothing else; "" for what the page was filled with."""
        self._instead.setText(sentence)
        self._instead.setVisible(bool(sentence))
        self._body.setVisible(not sentence)

    @property
    def seen(self) -> Seen | None:
        """What is on the canvas, and how the network in use reads it; None while it is blank."""
        return self.shared.session.seen

    @property
    def model(self) -> Model:
        """The network in use, and how it was made."""
        return self.shared.session.model

    def _update(self) -> None:
        """Show what is seen now, in 8 ms at most."""
        raise NotImplementedError

    def close_down(self) -> None:
        """Wait for what is at work; a page that can end it sooner does so first."""
        self.background.wait()
