"""The left side of the Train tab: the recipe, a message about it, and the buttons: ``RecipePanel``."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)  # fmt: skip

from digitpad.data.dataset import Kind
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.train.commands import Commands
from digitpad.gui.train.form import RecipeForm
from digitpad.gui.train.opened_experiment import OpenedExperiment
from digitpad.gui.widgets.buttons import ActionButton, tool_button
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP, SMALL, dress, font, grow

_WIDTH = 300  # pixels
_GET_MNIST = "The book learns from MNIST, 70,000 digits that people wrote: <a href='get'>get MNIST</a> (12 MB)."


class RecipePanel(QFrame):
    """The form, what is wrong with it, one main button whose word changes, and whether the Draw tab follows training.

    Signals: ``follow_wanted(bool)``.
    """

    follow_wanted = Signal(bool)

    def __init__(self, form: RecipeForm, commands: Commands, sets: DigitSets, opened: OpenedExperiment) -> None:
        """Lay out ``form``, the buttons of ``commands``, and what shows all that the experiment ``opened`` hides."""
        super().__init__()
        self.setObjectName("recipe_panel")
        self._form, self._sets = form, sets
        self._lent: QWidget | None = None  # where the focus goes back to when it can
        self.message = QLabel()
        self.message.setObjectName("form_message")
        self.message.setFont(font(SMALL))
        self.message.setWordWrap(True)
        self.message.linkActivated.connect(lambda _: sets.fetch())
        self.message.hide()
        self.follow = QCheckBox("Follow on the Draw tab")
        self.follow.setObjectName("follow")
        self.follow.setToolTip("The Draw tab reads with the newest weights while they are learned")
        self.follow.toggled.connect(self.follow_wanted)
        self._scroll = scroll = QScrollArea()
        scroll.setObjectName("form_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.main = command_button(commands.start, primary=True)
        steps = QHBoxLayout()
        steps.setSpacing(GAP)
        for step in (commands.step, commands.epoch, commands.stop):
            steps.addWidget(command_button(step))
        column = column_in(self)
        column.addWidget(scroll, 1)
        column.addWidget(self._make_show_all(opened))
        column.addWidget(self.message)
        self._buttons = QWidget()
        buttons = column_in(self._buttons)
        buttons.addWidget(self.main)
        buttons.addLayout(steps)
        column.addWidget(self._buttons)
        column.addWidget(self.follow)
        grow(self, minimumWidth=_WIDTH, maximumWidth=_WIDTH)
        form.changed.connect(self._show_message)
        sets.changed.connect(self._show_message)
        sets.fetching_changed.connect(self._show_message)
        self._show_message()

    def put_form_in(self) -> None:
        """Lay the form out, when the panel is where it stays: what is moved later is dressed once more."""
        self._scroll.setWidget(self._form)

    def _make_show_all(self, opened: OpenedExperiment) -> QToolButton:
        button = tool_button("show_all", "Show all settings", "Show what this experiment hides")
        button.setProperty("flat", True)
        button.clicked.connect(opened.show_all)
        button.hide()
        opened.changed.connect(lambda: button.setVisible(bool(opened.hidden)))
        return button

    def be_drawer(self, drawer: bool) -> None:
        """Lie over the rest, which has the buttons, or stand beside it with them."""
        self._buttons.setVisible(not drawer)
        self.setProperty("drawer", drawer)
        dress(self)
        margin = GAP * 2 if drawer else 0
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(margin, margin, margin, margin)

    def hold_focus(self) -> None:
        """Take the focus to the main button before what has it may be disabled, or it would go to whatever is next."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._lent = None
        elif focus is not self.main and (isinstance(focus, QToolButton) or self._form.will_be_locked(focus)):
            self._lent = focus if isinstance(focus, QToolButton) else None
            self.main.setFocus()

    def give_focus_back(self) -> None:
        """Give the focus back to the button that lent it, where that can be pressed again."""
        if self._lent is not None and self._lent.isEnabled() and self.main.hasFocus():
            self._lent.setFocus()
            self._lent = None

    def _show_message(self) -> None:
        problem, digits = self._form.problem, self._sets.current
        # What was typed is quoted as it is; what offers to get MNIST has a link.
        self.message.setTextFormat(Qt.TextFormat.PlainText if problem else Qt.TextFormat.RichText)
        if not problem and digits and digits.kind is Kind.BUILT_IN and not self._sets.fetching:
            problem = "" if self._sets.has_mnist else _GET_MNIST
        self.message.setText(problem)
        self.message.setVisible(bool(problem))


def command_button(command: QAction, *, primary: bool = False) -> QToolButton:
    """Return a button for ``command``, as wide as there is room."""
    button = ActionButton(command)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setProperty("primary", primary)
    button.setProperty("tight", True)
    return button
