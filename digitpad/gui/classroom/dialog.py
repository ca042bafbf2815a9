"""Collect in class: the address and the code for all to see, the seats that fill, and what the class is asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from digitpad.classroom.addresses import LOOPBACK
from digitpad.gui.classroom.collecting import Collecting
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.named_box import Box
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import GAP, LARGE, caption, dress, font, grown
from digitpad.gui.words import a_digit, counted

_COLUMNS = 10  # of seats
_WIDTH, _HEIGHT = 660, 560  # pixels, where text has its usual size
_BEFORE = (
    "Pads in your class's browsers send digits to this computer, where they come to your drawings on the Data tab. "
    "Strokes alone are sent, by the number of a seat; no name and no address is kept.\n\nWhoever is on your network "
    "and knows the code can send drawings. The room closes with this window."
)


class ClassroomDialog(QDialog):
    """Opens a room when the person says so, and closes it with itself.

    Signals: ``failed(sentence)``; ``learn_wanted(name of the room)`` when half of the class is to be learned from.
    """

    failed = Signal(str)
    learn_wanted = Signal(str)

    def __init__(self, window: QWidget, session: Session) -> None:
        """Begin without a room; pads will read with the network in use."""
        super().__init__(window)
        self.setObjectName("classroom_dialog")
        self.setWindowTitle("Collect in class")
        self.collecting = Collecting(self, session.drawings, session.model)
        self._pages = QStackedWidget()
        for page in (self._make_before(), self._make_room()):
            self._pages.addWidget(page)
        buttons = QDialogButtonBox()
        self.open_room = self._button(buttons, "Open the room", "open_room", self._open)
        self.learn = self._button(buttons, "Learn from half of the class", "learn_class", self._learn)
        self.open_room.setDefault(True)
        self.stop = self._button(buttons, "Close", "close_room", self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
        column.setSpacing(GAP * 2)
        column.addWidget(Scrolling(self._pages), 1)
        column.addWidget(buttons)
        screen = window.screen().availableGeometry().size()
        self.resize(min(grown(_WIDTH), screen.width() - 40), min(grown(_HEIGHT), screen.height() - 80))
        collecting = self.collecting
        collecting.addresses_found.connect(self._list_addresses)
        collecting.changed.connect(self._show)
        collecting.came.connect(self._show_seats)
        collecting.failed.connect(self.failed)
        collecting.closed.connect(self.deleteLater)
        collecting.find_addresses()
        self._show()
        self._show_seats()

    def _button(self, buttons: QDialogButtonBox, text: str, name: str, slot: Callable[[], object]) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.clicked.connect(lambda _=False: slot())
        return button

    # What is in it

    def _make_before(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP * 2)
        heading = QLabel("A room for your class to draw into")
        heading.setFont(font(LARGE, strong=True))
        words = QLabel(_BEFORE)
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        label = QLabel("This computer's address")
        self.address = Box()
        self.address.setObjectName("room_address")
        self.address.setMinimumContentsLength(30)
        label.setBuddy(self.address)
        self.address.setAccessibleName("This computer's address")
        self.address.setToolTip("Where browsers in the classroom find this computer")
        row.addWidget(label)
        row.addWidget(self.address)
        row.addStretch()
        self.opening = QLabel()
        self.opening.setProperty("quiet", True)
        for part in (heading, words):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.opening)
        column.addStretch()
        return page

    def _make_room(self) -> QWidget:
        page = QWidget()
        self.url, self.code, self.asked, self.total = QLabel(), QLabel(), Box(), QLabel()
        for label, name, size in ((self.url, "room_url", 1.5 * LARGE), (self.code, "room_code", 3 * LARGE)):
            label.setObjectName(name)
            label.setFont(font(size, strong=True))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # which those flags give it
        self.asked.setObjectName("room_asked")
        self.asked.setAccessibleName("The class is asked for")
        self.asked.setToolTip("The digit that each pupil is asked to draw next")
        self.asked.addItem("the ten digits in turn", None)
        for digit in range(10):
            self.asked.addItem(a_digit(digit), digit)
        self.asked.activated.connect(self._ask_for)
        self.total.setProperty("quiet", True)
        top = QVBoxLayout()
        top.setSpacing(0)
        top.addWidget(caption("Open in a browser"))
        top.addWidget(self.url)
        top.addSpacing(GAP)
        top.addWidget(caption("Code"))
        top.addWidget(self.code)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        label = QLabel("The class is asked for")
        label.setBuddy(self.asked)
        row.addWidget(label)
        row.addWidget(self.asked)
        row.addStretch()
        row.addWidget(self.total)
        self._seats: dict[int, QLabel] = {}
        self._seats_caption = caption("Seats, and how many drawings came from each")
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP // 2)
        for place in range(_COLUMNS):  # empty ones keep theirs, so that no seat moves when another is taken
            self._grid.setColumnStretch(place, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP * 2)
        column.addLayout(top)
        column.addLayout(row)
        column.addWidget(self._seats_caption)
        column.addLayout(self._grid)
        column.addStretch()
        return page

    # What it shows

    def _list_addresses(self, found: list[str]) -> None:
        for address in found:
            only = f"{address} (for this computer alone)" if address == LOOPBACK else address
            self.address.addItem(only, address)
        self._show()

    def _show(self) -> None:
        room, url = self.collecting.room, self.collecting.url
        self._pages.setCurrentIndex(1 if room and url else 0)
        self.open_room.setVisible(not url)
        self.open_room.setEnabled(room is None and self.address.count() > 0)
        self.address.setEnabled(room is None)
        self.opening.setText("The pad is being made, with the network in use…" if room else "")
        self.learn.setVisible(bool(url))
        self.stop.setText("Close the room" if url else "Close")
        if room and url:
            self.url.setText(url.removesuffix("/"))
            half = len(room.code) // 2
            self.code.setText(f"{room.code[:half]} {room.code[half:]}")
            self.code.setAccessibleName(" ".join(room.code))

    def _show_seats(self) -> None:
        seats = self.collecting.seats
        for number, drawings in seats:
            if number not in self._seats:
                self._seats[number] = self._add_seat(number)
            sent = sum(drawings)
            seat = self._seats[number]
            seat.setText(f"{number}\n{sent or '–'}")
            seat.setAccessibleName(f"Seat {number}, {counted(sent, 'drawing')}")
            if seat.property("sent") != (sent > 0):
                seat.setProperty("sent", sent > 0)
                dress(seat)
        total = sum(sum(drawings) for _, drawings in seats)
        self.total.setText(
            f"{counted(total, 'drawing')} from {counted(len(seats), 'seat')}" if seats else "Nobody is here yet."
        )
        self.learn.setEnabled(sum(any(drawings) for _, drawings in seats) > 1)

    def _add_seat(self, number: int) -> QLabel:
        seat = QLabel()
        seat.setObjectName("room_seat")
        seat.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(seat, (number - 1) // _COLUMNS, (number - 1) % _COLUMNS)
        return seat

    # What is done

    def _open(self) -> None:
        self.collecting.open(self.address.currentData())

    def _ask_for(self) -> None:
        if self.collecting.room:
            self.collecting.room.asked = self.asked.currentData()

    def _learn(self) -> None:
        if self.collecting.room:
            self.learn_wanted.emit(self.collecting.room.name)

    def done(self, result: int) -> None:
        """Close the room with the window."""
        super().done(result)
        self.collecting.close()

    def close_down(self) -> None:
        """Close the room, and wait until nothing of it is left."""
        self.collecting.close_down()
