"""What the window has to say lies over the page at its lower right, moves nothing and takes no focus: ``Toast``."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from digitpad.errors import SENTENCE, one_line
from digitpad.gui.widgets.actions import with_key
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.card import Card
from digitpad.gui.widgets.folding import NARROW
from digitpad.gui.widgets.theme import GAP, grown

_STAY_MS = 8000
_WIDEST, _NARROWEST, _MARGIN = 400, 324, GAP  # pixels, the first two where text has its usual size
_FLAT = 640  # pixels: its width where there is little room
_SHARE = 0.42  # of the width of what it lies over: on the left people draw
_FLAT_SHARE = 0.6  # as much of it, for what lies flat
_MOST = 3  # sentences that stay until they are closed
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_CLOSE_KEY, _ACTION_KEY = "Esc", "Ctrl+Return"


class Side(Enum):
    """Where the toast lies, beside what it is not to cover."""

    LEFT = "left"
    ABOVE = "above"


@dataclass(frozen=True)
class Said:
    """A sentence that goes by itself after some seconds, and an ``action``, in a word, that calls ``act``."""

    sentence: str
    action: str = ""
    act: Callable[[], None] | None = None


class Toast(QWidget):
    """A few cards above each other, the newest lowest, over the lower right of a widget.

    A sentence that stays is closed by its button or by Esc; one that goes by itself waits while the pointer or the
    focus is on it, and gives way to the next. Where there is little room it is wide, and so less high.

    Signal: ``placed()`` whenever it may lie elsewhere, or no longer.
    """

    placed = Signal()

    def __init__(self, over: QWidget, stay_ms: int = _STAY_MS) -> None:
        """Lie over ``over``; what goes by itself stays for ``stay_ms``."""
        super().__init__(over)
        self.setObjectName("toast")
        self._over = over
        self._clear: dict[QWidget, Side] = {}  # what it does not cover
        self._staying: dict[Card, object] = {}  # what each is about, the newest last
        self._act: Callable[[], None] | None = None
        self._ended = False  # whether nothing goes by itself any more
        self._focus_before: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._passing = Card("said")
        self._action = self._passing.add_button("said_action", "", "", self._do)
        self._passing.add_closing_button(_CLOSE_KEY)
        self._timer = QTimer(self)
        self._timer.setObjectName("going")
        self._timer.setSingleShot(True)
        self._timer.setInterval(stay_ms)
        self._timer.timeout.connect(self._end_passing)
        self._close_key = QShortcut(QKeySequence(_CLOSE_KEY), self, self.close_newest)
        self._action_key = QShortcut(QKeySequence(_ACTION_KEY), self, self._do)
        self.add(self._passing)
        self._arrange()
        over.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._remember_focus)

    def add(self, card: Card) -> None:
        """Show ``card`` among the others, above all, whenever it has something to say."""
        self._insert(card, 0)

    def keep_clear(self, widget: QWidget, side: Side) -> None:
        """Lie on this ``side`` of ``widget`` while that is in sight, in the way, and leaves the room."""
        self._clear[widget] = side
        around: QWidget | None = widget
        while around is not None and around is not self._over:  # each of which may move, and it with them
            around.installEventFilter(self)
            around = around.parentWidget()

    def free_beside(self, widget: QWidget) -> int:
        """Return how much of the width of ``widget``, from the left, it does not lie over."""
        there = self._there(widget)
        covered = self.isVisible() and self.geometry().intersects(there)
        return max(0, self.x() - there.x()) if covered else there.width()

    # What is said

    @property
    def sentences(self) -> list[str]:
        """What is said at the moment and can be closed, the last first."""
        return [card.sentence for card in (self._passing, *reversed(self._staying)) if card.sentence]

    @property
    def sentence(self) -> str:
        """What was said last and can be closed; "" for nothing."""
        return next(iter(self.sentences), "")

    def show_said(self, said: Said) -> None:
        """Say what goes by itself, in place of what was said like that before."""
        self._act = said.act
        self._action.setText(said.action)
        self._action.setToolTip(with_key(said.action, _ACTION_KEY))
        self._action.setVisible(bool(said.action))
        self._passing.say(said.sentence)
        self._stay()

    def say(self, sentence: str, about: object = None) -> None:
        """Say what stays until it is closed, or until what it is ``about`` is settled."""
        sentence = one_line(sentence, SENTENCE)
        card = next((card for card in self._staying if card.sentence == sentence), None)
        if card is None:
            card = Card("notice", urgent=True)
            card.add_closing_button(_CLOSE_KEY)
            self._insert(card, 0)
        self._column.removeWidget(card)
        self._column.insertWidget(self._column.indexOf(self._passing), card)
        self._staying.pop(card, None)
        self._staying[card] = about
        for oldest in list(self._staying)[:-_MOST]:
            oldest.dismiss()
        card.say(sentence)

    def settle(self, about: object) -> None:
        """Close what was said about ``about``."""
        for card in [card for card, of in self._staying.items() if of is about]:
            card.dismiss()

    def take_back(self, sentence: str) -> None:
        """Close what was said with this ``sentence``, which does not hold any more."""
        sentence = one_line(sentence, SENTENCE)
        for card in [card for card in self._staying if card.sentence == sentence]:
            card.dismiss()

    def clear(self) -> None:
        """Close all that can be closed."""
        for card in (self._passing, *list(self._staying)):
            card.dismiss()

    def close_newest(self) -> None:
        """Close what was said last."""
        card = self._passing if self._passing.sentence else next(reversed(self._staying), None)
        if card is not None:
            card.dismiss()

    def close_down(self) -> None:
        """Let nothing more happen by itself, not even with what is still said."""
        self._ended = True
        self._timer.stop()

    def _do(self) -> None:
        act, self._act = self._act, None
        self._passing.dismiss()
        if act is not None:
            act()

    def _stay(self) -> None:
        if not self._ended:
            self._timer.start()

    def _end_passing(self) -> None:
        if self._passing.looked_at:
            self._stay()
        else:
            self._passing.dismiss()

    # Where it lies, and the focus

    def _insert(self, card: Card, place: int) -> None:
        self._column.insertWidget(place, card)
        card.appeared.connect(partial(self._appear, card))
        card.dismissed.connect(partial(self._go, card))

    def _appear(self, card: Card) -> None:
        self._arrange()
        announce(card.label, card.sentence, urgent=card.urgent)

    def _go(self, card: Card, had_focus: bool) -> None:
        if card is self._passing:
            self._timer.stop()
            self._act = None
        elif card in self._staying:
            del self._staying[card]
            card.deleteLater()
        self._arrange()
        if had_focus and self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus()

    def _arrange(self) -> None:
        """Be as high as what is said needs, at the lower right; be away when nothing is."""
        cards = [card for card in self.findChildren(Card) if not card.isHidden()]
        self._close_key.setEnabled(bool(self.sentence))
        self._action_key.setEnabled(bool(self._passing.sentence) and self._act is not None)
        self.setVisible(bool(cards))
        room, liked = self._room_beside(), round(_FLAT_SHARE * self._over.width())
        flat = max((card.fit(room, liked) for card in cards), default=0)
        self.setGeometry(self._place(flat))
        self.raise_()
        self.placed.emit()

    def _room_beside(self) -> int:
        """Return how wide it can be beside all that it is to lie on the left of."""
        clear = [widget for widget, side in self._clear.items() if side is Side.LEFT and widget.isVisible()]
        ends = [widget.mapTo(self._over, QPoint()).x() - 2 * _MARGIN for widget in clear]
        return min([self._over.width() - 2 * _MARGIN, *(end for end in ends if end >= grown(_NARROWEST))])

    def _place(self, flat: int) -> QRect:
        """Return where it lies; what is to lie ``flat`` in it takes so much of width."""
        room = self._over.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        narrowest = grown(_NARROWEST)
        usual = max(narrowest, min(grown(_WIDEST), round(_SHARE * self._over.width())), flat)
        place = self._sized(room, max(_FLAT, usual) if self._over.width() < grown(NARROW) else usual)
        for widget, side in self._clear.items():
            there = self._there(widget)
            if not widget.isVisible() or not place.intersects(there):
                continue
            if side is Side.ABOVE:
                place.moveBottom(there.top() - 1 - _MARGIN)
            elif there.left() - 2 * _MARGIN >= narrowest:
                room.setRight(there.left() - 1 - _MARGIN)
                place = self._sized(room, usual)
        return place

    def _there(self, widget: QWidget) -> QRect:
        """Return where ``widget`` lies in what it lies over."""
        return QRect(widget.mapTo(self._over, QPoint()), widget.size())

    def _sized(self, room: QRect, widest: int) -> QRect:
        """Return the lower right of ``room``, as large as what is said needs."""
        width = min(widest, room.width())
        place = QRect(0, 0, width, self._column.totalHeightForWidth(width))
        place.moveBottomRight(room.bottomRight())
        return place

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep its place when what it lies over, or beside, has another size or place."""
        if event.type() in _MOVES:
            self._arrange()
        return False

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with what is in it."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return done

    def _remember_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and now is not None and self.isAncestorOf(now) and not self.isAncestorOf(before):
            self._focus_before = before
