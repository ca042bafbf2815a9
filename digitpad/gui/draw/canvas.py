"""The canvas to draw on: mouse, touch or tablet pen in, a ``Drawing`` out."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QUndoStack,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.draw.drawing import BRUSH, Drawing, Picture, Stroke
from digitpad.draw.edit import Edit
from digitpad.draw.erasing import Eraser
from digitpad.draw.extents import Extents
from digitpad.gui.draw.invitation import Invitation
from digitpad.gui.draw.keyboard_pen import KeyboardPen
from digitpad.gui.draw.number_boxes import NumberBoxes
from digitpad.gui.draw.painted_ink import PaintedInk
from digitpad.gui.draw.pointer import Pointer
from digitpad.gui.draw.ring import ring_cursor
from digitpad.gui.draw.under_way import UnderWay
from digitpad.gui.services.history import Step
from digitpad.gui.services.overlay import Overlay
from digitpad.gui.widgets.escape import is_escape
from digitpad.gui.widgets.theme import RADIUS

BRUSHES = (0.02, 0.12)  # canvas sides: the thinnest and the thickest brush
_ERASER = 0.04  # canvas sides: radius
_CLICK = 3.0  # pixels: a hand moves no further that clicks
_REST_MS = 30  # without a change, before a drawing is made of what is left of very much
_LIGHTEST = 0.35  # the width of a line without pressure, relative to full pressure


class Canvas(QWidget):
    """A square pad that keeps what is drawn as strokes.

    Signals: ``changed()`` after anything on the canvas changed, the stroke under the pen included, and once more where
    it was not quick to know what there is; ``leaving(drawing)`` before a drawing is cleared or gives way to another,
    and when it is finished; ``finished_changed()`` when it is finished as it stands, or no more is;
    ``box_clicked(Hit)`` when a box around a digit was clicked on, or between two.
    """

    changed = Signal()
    leaving = Signal(object)
    finished_changed = Signal()
    box_clicked = Signal(object)

    def __init__(self, undo_stack: QUndoStack | None = None) -> None:
        """Start blank, drawing with a brush of medium width; its steps go to ``undo_stack``."""
        super().__init__()
        self.undo_stack = undo_stack if undo_stack is not None else QUndoStack(self)
        self._brush, self._erasing = BRUSH, False
        self._drawing, self.extents = Drawing(), Extents()
        self._finished: Drawing | None = None
        self._stroke: UnderWay | None = None  # while the pen is down
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._show_what_is_left)
        self._overlay: Overlay | None = None
        self._boxes: NumberBoxes | None = None
        self._clicked_box = False  # with the last stroke
        self._ink = PaintedInk(self)
        self._ink.refined.connect(self.update)
        self._pointer, self.keyboard_pen = Pointer(self, self), KeyboardPen(self, self)
        self.setObjectName("canvas")
        self.setAccessibleName("Drawing canvas")
        self.setAccessibleDescription(
            "Draw a digit here with the mouse, a finger or a pen, or by keys: Space puts a pen down and lifts it, the "
            "arrow keys move it"
        )
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)  # or nothing tells that a button was released elsewhere
        self.invitation = Invitation(self)
        self.invitation.changed.connect(self.update)
        self.changed.connect(self.invitation.end)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(224, 224)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What draws

    @property
    def brush(self) -> float:
        """The width of the brush at full pressure, in canvas sides."""
        return self._brush

    @brush.setter
    def brush(self, width: float) -> None:
        self._brush = width
        self._show_ring()

    @property
    def erasing(self) -> bool:
        """Whether the brush rubs out."""
        return self._erasing

    @erasing.setter
    def erasing(self, erasing: bool) -> None:
        self._erasing = erasing
        self._show_ring()

    def _show_ring(self) -> None:
        """Have a pointer as wide as what it draws, but not while it draws: the ink shows it then."""
        if self.drawing_now:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.setCursor(ring_cursor(round(self.pen_width), self.devicePixelRatioF()))
        if self.keyboard_pen.shown:
            self.update()

    # What is on the canvas

    @property
    def drawing(self) -> Drawing:
        """Everything on the canvas, the stroke under way included."""
        ink = self._stroke.ink if self._stroke else None
        return self._drawing.with_stroke(ink) if ink else self.settled

    @property
    def is_quick(self) -> bool:
        """Whether ``drawing`` takes no more than an instant: not while the hand rubs out very much."""
        return self._stroke is None or self._stroke.is_quick

    @property
    def settled(self) -> Drawing:
        """The same without a stroke under way, but without what an eraser has rubbed out."""
        eraser = self._stroke.eraser if self._stroke else None
        return eraser.drawing if eraser else self._drawing

    @property
    def empty(self) -> bool:
        """Whether nothing is on the canvas; quicker to know than all that is."""
        if self._stroke and self._stroke.eraser:
            return self._stroke.eraser.empty
        return self._drawing.empty and not self._stroke

    @property
    def finished(self) -> bool:
        """Whether the next stroke begins another drawing."""
        return self.settled == self._finished

    def show_picture(self, picture: Picture) -> None:
        """Replace what is on the canvas by the ink of a picture; undo brings it back."""
        self.show_drawing(Drawing(picture=picture), "picture")

    def show_drawing(self, drawing: Drawing, name: str = "drawing") -> None:
        """Replace what is on the canvas, a step of this ``name``; undo brings it back."""
        self.finish_stroke()
        self._replace(name, drawing)

    def clear(self) -> None:
        """Wipe the canvas; undo brings everything back."""
        self.finish_stroke()
        if not self._drawing.empty:
            self._replace("clear", Drawing())

    def clearing(self) -> Step:
        """Return a part of a step that wipes the canvas as it is now."""
        self.finish_stroke()
        return self._step("clear", Drawing())

    def begin_anew(self) -> None:
        """Let the next stroke begin another drawing; until then this one stays, and undo brings it back."""
        self.finish_stroke()
        self._finish(self._drawing)

    def beginning_anew(self) -> Step:
        """Return a part of a step with which the next stroke begins another drawing; there must be none under way."""
        drawing, before = self._drawing, self._finished

        def begin_anew() -> None:
            self._finish(drawing)

        def go_on() -> None:
            self._finished = before  # which may be this one, kept twice, or the one that undo comes to next
            self.finished_changed.emit()

        return Step("", begin_anew, go_on)

    def _finish(self, drawing: Drawing) -> None:
        self._finished = drawing
        self.leaving.emit(drawing)
        self.finished_changed.emit()

    @property
    def drawing_now(self) -> bool:
        """Whether the pen is down."""
        return self._stroke is not None and not self._stroke.lifted

    def undo(self) -> None:
        """Take back the last stroke, or the one under way."""
        self.finish_stroke()
        self.undo_stack.undo()

    def redo(self) -> None:
        """Bring back what was undone last."""
        self.finish_stroke()
        self.undo_stack.redo()

    def lift_pen(self) -> None:
        """End the stroke under way, or click; what an eraser has left of very much is found out in a moment."""
        stroke = self._stroke
        if stroke and stroke.hit:
            self.cancel_stroke()
            self._clicked_box = True
            self.box_clicked.emit(stroke.hit)
        elif self.is_quick or not stroke:
            self.finish_stroke()
        else:
            self._let_go(stroke)
            self.update()  # the eraser's ring goes
            self._rest.start(0)

    def finish_stroke(self) -> None:
        """Have no stroke under way: the pen is lifted, if it is down."""
        stroke = self._stroke
        if not stroke:
            return
        if stroke.hit:
            self.cancel_stroke()  # no click: it was not let go of there
            return
        after, before = self.settled, stroke.before
        ink = None if stroke.eraser else Stroke(stroke.points.copy(), stroke.brush)
        self._lift(stroke, ink)
        self._drawing = before
        if ink:
            if after is not before:
                self._replace("clear", after)  # the stroke began another drawing
            self._do("stroke", after.with_stroke(ink))
        elif after is not before:
            self._do("erase", after)
        else:
            self._show(before)

    def cancel_stroke(self) -> None:
        """Forget the stroke under way, if there is one."""
        if stroke := self._stroke:
            self._lift(stroke, None)
            self._show(stroke.before)

    def _lift(self, stroke: UnderWay, ink: Stroke | None) -> None:
        """Have ``stroke`` under way no more; it becomes ``ink``, if that is to be kept."""
        self._rest.stop()
        self._stroke = None
        self._ink.end_stroke(ink)
        self._let_go(stroke)

    def _let_go(self, stroke: UnderWay) -> None:
        """Have the hand that drew ``stroke`` free for another, and only once: that may have begun meanwhile."""
        if stroke.lifted:
            return
        stroke.lifted = True
        self._pointer.let_go()
        self.keyboard_pen.let_go()
        self._show_ring()

    def _replace(self, name: str, after: Drawing) -> None:
        self.leaving.emit(self._drawing)
        self._do(name, after)

    def _do(self, name: str, after: Drawing) -> None:
        self.undo_stack.push(self._step(name, after))

    def _step(self, name: str, after: Drawing) -> Step:
        edit = Edit.between(self._drawing, after)

        def make() -> None:
            self._show(edit.do(self._drawing))

        def take_back() -> None:
            self._show(edit.undo(self._drawing))

        return Step(name, make, take_back, nbytes=edit.nbytes)

    def _show(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self.update()
        self.changed.emit()

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Have ``overlay`` lie over what is drawn, or nothing."""
        if overlay is not self._overlay:
            self._overlay = overlay
            self.update()

    def show_boxes(self, boxes: NumberBoxes | None) -> None:
        """Have ``boxes`` around the digits of a number lie over what is drawn, or none."""
        if boxes is not self._boxes:
            self._boxes = boxes
            self.update()

    def to_widget(self, points: np.ndarray) -> list[QPointF]:
        """Return where ``points`` (n, 2), in canvas sides, lie in this widget."""
        square = self.square()
        return [QPointF(square.x() + x * square.width(), square.y() + y * square.width()) for x, y in points.tolist()]

    # The pen

    def contains(self, place: QPointF) -> bool:
        """Whether ``place`` is on the pad and not beside it."""
        return self.square().contains(place)

    def begin_stroke(self, place: QPointF, pressure: float, *, erase: bool) -> None:
        """Put the pen down on the pad."""
        self.finish_stroke()
        erases, self._clicked_box = erase or self.erasing, False
        eraser = Eraser(self._drawing, _ERASER, self.extents) if erases else None
        hit = self._boxes.at(place, self.square()) if self._boxes and not erases else None
        self._stroke = UnderWay(self._drawing, self._brush, eraser, hit)
        if not hit:
            self._begin_another(self._stroke)
        if self._drawing.empty:
            self.update()  # the hint goes
        self.extend_stroke(place, pressure)
        self._show_ring()

    def _begin_another(self, stroke: UnderWay) -> None:
        """Have the stroke under way begin another drawing, where this one is finished."""
        if self.finished and not stroke.eraser:
            self._drawing = Drawing()
            self.update()

    def extend_stroke(self, place: QPointF, pressure: float) -> None:
        """Go on with the stroke under way."""
        stroke, square = self._stroke, self.square()
        if stroke is None:  # whoever was told of it has ended it
            return
        # A hand that slides off the pad draws along its edge: what the network reads is what can be seen.
        x = min(max((place.x() - square.x()) / square.width(), 0.0), 1.0)
        y = min(max((place.y() - square.y()) / square.width(), 0.0), 1.0)
        if not stroke.add(x, y, _LIGHTEST + (1 - _LIGHTEST) * pressure):
            return
        if stroke.leave_box(_CLICK / square.width()):
            self._begin_another(stroke)
        rubbed = stroke.rub()
        if rubbed is not None:
            self._ink.rub(rubbed, _ERASER)
            self._rest.start(_REST_MS)
        self.update(stroke.touched(square, 2 * _ERASER))
        stroke.untold = not stroke.is_quick
        self.changed.emit()

    def _show_what_is_left(self) -> None:
        """Paint and tell what an eraser has left, where so far its path alone was taken from what was painted."""
        stroke = self._stroke
        if not stroke or not stroke.eraser:
            return
        if not stroke.is_quick:
            stroke.eraser.make_some()
            self._rest.start(0)
        elif stroke.lifted:
            self.finish_stroke()
        elif stroke.untold:
            stroke.untold = False
            self._show(stroke.eraser.drawing)

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Draw or rub out, through every point that the system recorded.

        The second half of a double click on a box is no dot, though the box may be elsewhere by then.
        """
        if event.type() == QEvent.Type.MouseButtonDblClick and self._clicked_box:
            return
        self._pointer.mouse(event)

    mouseMoveEvent = mouseReleaseEvent = mousePressEvent  # which of them it is, the event says

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen. Accepted, so that no mouse event follows."""
        event.accept()
        self._pointer.tablet(event)

    def event(self, event: QEvent) -> bool:
        """Handle here what has no handler of its own: touch, and what ends a stroke."""
        if isinstance(event, QTouchEvent):
            event.accept()  # so that no mouse event follows
            self._pointer.touch(event)
            return True
        if event.type() == QEvent.Type.WindowDeactivate:
            self.finish_stroke()  # its release may go to the window that is in front now
        elif event.type() == QEvent.Type.ShortcutOverride and self.drawing_now and is_escape(event):
            event.accept()  # meant for the stroke, and not for a message that it would close
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back the stroke under way with Escape; draw by other keys."""
        if self.drawing_now and is_escape(event):
            self.cancel_stroke()
        elif not self.keyboard_pen.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Draw by keys."""
        if not self.keyboard_pen.release(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lift the pen: its release may go to a menu that opened."""
        self.finish_stroke()
        self.keyboard_pen.leave()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Lift the pen, whose release would go to whatever hides the canvas, and paint nothing that nobody sees."""
        self.finish_stroke()
        self._ink.leave_off()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pointer as wide as what it draws."""
        self._show_ring()
        super().resizeEvent(event)

    # Painting

    def sizeHint(self) -> QSize:
        """Return a square that fits a small screen."""
        return QSize(520, 520)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper, and the ink on it."""
        square = self.square()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            outline = QPainterPath()
            outline.addRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS * 1.5, RADIUS * 1.5)
            painter.fillPath(outline, palette.color(QPalette.ColorRole.Base))
            painter.save()
            painter.setClipPath(outline)
            ink = palette.color(QPalette.ColorRole.Text)
            drawing = self.settled if self.is_quick else None
            stroke = self._stroke
            inked = stroke.ink if stroke else None
            self._ink.paint(painter, square, self.devicePixelRatioF(), drawing, ink, inked)
            if self._overlay:
                self._overlay.paint(painter, square, palette)
            if self._boxes:
                self._boxes.paint(painter, square, palette)
            painter.restore()
            painter.setPen(palette.color(QPalette.ColorRole.Dark))
            painter.drawPath(outline)
            if self.empty and not stroke:
                self.invitation.paint(painter, square, palette)
            if stroke and stroke.eraser and self.drawing_now:
                x, y = stroke.points[-1, :2].tolist()
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                centre = square.topLeft() + QPointF(x, y) * square.width()
                painter.drawEllipse(centre, _ERASER * square.width(), _ERASER * square.width())
            self.keyboard_pen.paint(painter)

    def focus_place(self) -> QRect:
        """Return where the ring of the focus goes: round the paper."""
        return self.square().toAlignedRect()

    @property
    def pen_width(self) -> float:
        """The width of what the pen draws or rubs out, in pixels."""
        return (2 * _ERASER if self._erasing else self._brush) * self.square().width()

    def square(self) -> QRectF:
        """Return where the paper lies, in pixels."""
        side = min(self.width(), self.height())
        return QRectF(0, 0, side, side)
