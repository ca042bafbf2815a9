"""The left side of the Train tab: settings, a message about them, and the buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from digitpad.data.dataset import Kind
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.train.commands import Commands
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.widgets.theme import GAP, SMALL, font, grow

_WIDTH = 332  # pixels
_GET_MNIST = "The book learns from MNIST, 70,000 digits that people wrote: <a href='get'>get MNIST</a> (12 MB)."


class Controls(QWidget):
    """The form, what is wrong with it, the buttons, and whether the Draw tab follows training.

    Signals: ``follow_wanted(bool)``.
    """

    follow_wanted = Signal(bool)

    def __init__(self, form: RecipeForm, commands: Commands, sets: DigitSets) -> None:
        """Lay out ``form`` and the buttons of ``commands``."""
        super().__init__()
        self._form, self._sets = form, sets
        self.message = QLabel()
        self.message.setObjectName("form_message")
        self.message.setFont(font(SMALL))
        self.message.setWordWrap(True)
        self.message.linkActivated.connect(lambda _: sets.fetch())
        self.message.hide()
        self.follow = QCheckBox("Follow training on the Draw tab")
        self.follow.setObjectName("follow")
        self.follow.setToolTip("The Draw tab reads with the newest weights while they are learned")
        self.follow.toggled.connect(self.follow_wanted)
        scroll = QScrollArea()
        scroll.setObjectName("form_scroll")
        scroll.setAccessibleName("Settings")
        scroll.setAccessibleDescription("The settings of the next run, which the arrow keys scroll")
        scroll.setWidget(form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(scroll, 1)
        column.addWidget(self.message)
        column.addLayout(_buttons(commands))
        column.addWidget(self.follow)
        grow(self, minimumWidth=_WIDTH, maximumWidth=_WIDTH)
        form.changed.connect(self._show_message)
        sets.changed.connect(self._show_message)
        sets.fetching_changed.connect(self._show_message)
        self._show_message()

    def _show_message(self) -> None:
        problem, digits = self._form.problem, self._sets.current
        # What was typed is quoted as it is; what offers to get MNIST has a link.
        self.message.setTextFormat(Qt.TextFormat.PlainText if problem else Qt.TextFormat.RichText)
        if not problem and digits and digits.kind is Kind.BUILT_IN and not self._sets.fetching:
            problem = "" if self._sets.has_mnist else _GET_MNIST
        self.message.setText(problem)
        self.message.setVisible(bool(problem))


def _buttons(commands: Commands) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(GAP)
    places = {
        commands.start: (0, 0, 1, 2), commands.stop: (0, 2, 1, 2),
        commands.step: (1, 0, 1, 1), commands.epoch: (1, 1, 1, 1),
        commands.go_on: (1, 2, 1, 1), commands.restart: (1, 3, 1, 1),
        commands.use: (2, 0, 1, 4),
    }  # fmt: skip
    for command, place in places.items():
        button = QToolButton()
        button.setDefaultAction(command)
        button.setObjectName(command.objectName())
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        button.setProperty("primary", command is commands.start)
        button.setProperty("tight", True)
        grid.addWidget(button, *place)
    return grid
