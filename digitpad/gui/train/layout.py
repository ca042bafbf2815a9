"""How the Train tab fits the window: the recipe at the left, or over the rest where that is narrow: ``Story``."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QWidget

from digitpad.gui.train.commands import Commands
from digitpad.gui.train.recipe_panel import RecipePanel, command_button
from digitpad.gui.train.story_splitter import StorySplitter
from digitpad.gui.widgets.layouts import column_in, row_of
from digitpad.gui.widgets.theme import GAP, grow, grown

_NARROW = 900  # pixels: below that the recipe is a drawer
_ONE_ROW, _SECOND_ROW = 1200, 40  # pixels: below that the buttons of what is inside need a row more
_HIGH, _MANY_ROWS = 680, 2  # pixels: where it is so high, there is room for so many rows of runs
_SMALLEST = QSize(480, 300)
_CURVES, _LOOK = 244, 244  # pixels: the least height of the curves, and of what is inside
_EASY, _SHARE = 404, 0.645  # pixels that curves are easily read in, and how much of the height they may take for that
_USUAL = 0.58  # of the height, where there is more than enough


class Story(QWidget):
    """Lays out the recipe at the left; at the right, one below the other, curves, runs and what is inside.

    What has no room is scrolled to; where the window is narrow, a button shows the recipe over the rest. The handle
    below the curves makes them higher or lower, and what is to be scrolled longer or shorter.
    """

    def __init__(
        self,
        parent: QWidget,
        panel: RecipePanel,
        commands: Commands,
        question: QWidget,
        curves: QWidget,
        runs: QWidget,
        inside: QWidget,
    ) -> None:
        """Put these together in ``parent``; the ``question`` stays in sight above what is scrolled."""
        super().__init__(parent)
        self.panel, self._curves, self._runs, self._inside = panel, curves, runs, inside
        self.narrow = False
        below = QWidget()
        column = column_in(below)
        column.addWidget(runs)
        column.addWidget(inside, 1)
        self._below, self._chosen = below, 0.0  # the share of the height that the person gave the curves; 0 for none
        self._splitter = StorySplitter()
        self._splitter.dragged.connect(self._choose)
        self._scroll = scroll = QScrollArea()
        scroll.setObjectName("story_scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        self.drawer = _drawer_button()
        self.drawer.toggled.connect(self._slide)
        self._bar = _command_bar(self.drawer, commands)
        right = column_in()
        right.addWidget(self._bar)
        right.addWidget(question)
        right.addWidget(scroll, 1)
        self._row = row_of(panel, parent=self, spacing=GAP * 2)
        self._row.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP * 2)
        self._row.addLayout(right, 1)
        self._bar.hide()
        scroll.setWidget(self._splitter)
        self._splitter.hold(curves, below)  # last, as what is moved later is dressed once more
        scroll.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """Return a size that nothing that happens changes."""
        return QSize(grown(_SMALLEST.width()), _SMALLEST.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make a drawer of the recipe where there is little room, and give it its place again where there is enough."""
        super().resizeEvent(event)
        narrow = self.width() < grown(_NARROW)
        if narrow != self.narrow:
            self.narrow = narrow
            self._bar.setVisible(narrow)
            self.panel.be_drawer(narrow)
            self._row.setContentsMargins(GAP * 2, GAP if narrow else GAP * 2, GAP * 2, GAP * 2)
            if narrow:
                self._row.removeWidget(self.panel)
            else:
                self._row.insertWidget(0, self.panel)
            self.panel.setVisible(not narrow)
            self.drawer.setChecked(False)
            self._row.activate()  # or what is at the right would be laid out for a width that it has not
        self._place_drawer()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the parts again where text has another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_heights()

    def _fit_heights(self) -> None:
        """Let what is below the curves be scrolled to, rather than press them flat, unless the person wants that."""
        grow(self._inside, minimumHeight=_LOOK + (_SECOND_ROW if self.width() < grown(_ONE_ROW) else 0))
        rows = _MANY_ROWS if self.height() >= grown(_HIGH) else 1
        self._runs.setFixedHeight(self._runs.minimumSizeHint().height() * rows)
        room, least, below = self._scroll.height(), grown(_CURVES), self._below.minimumSizeHint().height()
        if self._chosen:
            curves = max(least, round(self._chosen * room))
        else:
            easy = min(grown(_EASY), max(least, round(_SHARE * self.height())))
            curves = max(easy, min(round(_USUAL * room), room - GAP - below))
        self._curves.setMinimumHeight(least)
        self._splitter.setMinimumHeight(curves + GAP + below)
        self._splitter.resize(self._splitter.width(), max(room, curves + GAP + below))
        self._splitter.setSizes([curves, self._splitter.height() - GAP - curves])

    def _choose(self, height: int) -> None:
        """Have the curves as high as the person wants them, but let the handle stay in sight."""
        room = self._scroll.height()
        self._chosen = min(max(height, 1), room - GAP) / room
        self._fit_heights()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Fit the parts into the room there is for them."""
        if event.type() is QEvent.Type.Resize:
            self._fit_heights()
        return False

    def _place_drawer(self) -> None:
        if self.narrow:
            top = self._bar.geometry().bottom() + GAP
            self.panel.setGeometry(QRect(0, top, self.panel.minimumWidth() + 2 * GAP, self.height() - top))

    def _slide(self, out: bool) -> None:
        if not self.narrow:
            return
        self._place_drawer()
        self.panel.setVisible(out)
        if out:
            self.panel.raise_()

    def close_drawer(self) -> None:
        """Put the recipe away where it lies over the rest."""
        self.drawer.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the recipe away with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.drawer.isChecked():
            self.drawer.setChecked(False)
            self.drawer.setFocus()
        else:
            super().keyPressEvent(event)


def _drawer_button() -> QToolButton:
    button = QToolButton()
    button.setObjectName("recipe_drawer")
    button.setText("Recipe")
    button.setToolTip("Show or hide the recipe (Esc)")
    button.setCheckable(True)
    button.setProperty("tight", True)
    return button


def _command_bar(drawer: QToolButton, commands: Commands) -> QWidget:
    """Return what stands above the rest where the recipe is a drawer: its button, and those of the recipe."""
    bar, buttons = QWidget(), list[QToolButton]()
    for command in (commands.start, commands.step, commands.epoch, commands.stop):
        button = command_button(command, primary=command is commands.start)
        button.setObjectName(f"bar_{command.objectName()}")
        buttons.append(button)
    row_of(drawer, *buttons, None, parent=bar)
    return bar
