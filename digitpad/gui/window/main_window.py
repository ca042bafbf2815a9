"""The program's window: puts tabs, menus, status line and messages together."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QMainWindow

from digitpad.draw.drawing import Picture
from digitpad.errors import one_line
from digitpad.gui.draw.hints import Hint
from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.guard import do_all, tried
from digitpad.gui.services.autosave import Autosave
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.folders import Folders
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.services.sitting_now import View
from digitpad.gui.widgets.fetching import FetchingBar
from digitpad.gui.widgets.foreign import in_title
from digitpad.gui.widgets.offer import Offer
from digitpad.gui.widgets.theme import Theme
from digitpad.gui.widgets.toast import Said, Side, Toast
from digitpad.gui.widgets.transfer_line import TransferLine
from digitpad.gui.window import menus, placing
from digitpad.gui.window.about import about_network, about_program
from digitpad.gui.window.closing import ClosingQuestion
from digitpad.gui.window.copying import Copying
from digitpad.gui.window.exporting import Exporting
from digitpad.gui.window.in_class import InClass
from digitpad.gui.window.looks import Looks
from digitpad.gui.window.opening import Opening
from digitpad.gui.window.recent import RecentNetworks
from digitpad.gui.window.recovery import Recovery
from digitpad.gui.window.saving import Saving
from digitpad.gui.window.saving_drawing import SavingDrawing
from digitpad.gui.window.status import StatusLine
from digitpad.gui.window.tabs import Tabs
from digitpad.train.advice import Advice

if TYPE_CHECKING:
    from digitpad.gui.data.tab import DataTab
    from digitpad.gui.explore.tab import ExploreTab
    from digitpad.gui.train.hands import Hands
    from digitpad.gui.train.tab import TrainTab


class MainWindow(QMainWindow):
    """The program's one window."""

    def __init__(
        self, session: Session, theme: Theme, preferences: Preferences | None = None, sittings: Path | None = None
    ) -> None:
        """Build the window around what its parts share.

        Without ``preferences`` nothing is remembered, and without ``sittings``, the folder that has a place for each
        window, nothing of what is in it is kept.
        """
        super().__init__()
        self.session, self.theme, self.preferences = session, theme, preferences or Preferences()
        self.digits = DigitSets(self.preferences, self)
        self.tabs, self.status = Tabs(self, session, self.digits, self.preferences), StatusLine(session)
        recent, self.folders = RecentNetworks(self.preferences), Folders(self.preferences, self)
        self.opening = Opening(self, session, self.digits, recent)
        self.copying, self.looks = Copying(self, self.tabs), Looks(self, theme, self.preferences)
        self.exporting, self.saving_drawing = Exporting(self, session), SavingDrawing(self.tabs)
        self.in_class = InClass(self, session)
        self.saving = Saving(self, session, recent, self._shown_in_front)
        self.autosave = Autosave(self, session, sittings, self._view, lambda: self.draw.canvas.is_quick)
        self.toast, self.offer, self.fetching = Toast(self.tabs), Offer(), FetchingBar(self.digits)
        self.transfer = TransferLine(session.drawings.transfers)
        self.recovery = Recovery(self, session, self.tabs, self.autosave, self.offer)
        self._closing = ClosingQuestion(self, session, self.saving.save_unsaved)
        self.setCentralWidget(self.tabs)
        self.setStatusBar(self.status)
        self._make_menus(recent)
        self._connect()
        self.setAcceptDrops(True)
        placing.restore(self, self.preferences)
        self.draw.set_brush(self.preferences.brush)
        self._tell_trouble()
        self._show_file()
        self.draw.canvas.setFocus()  # and not the first button, where Space would press it

    def _make_menus(self, recent: RecentNetworks) -> None:
        bar = self.menuBar()
        menus.add_file_menu(
            bar, self.opening, self.saving, self.saving_drawing, recent, self.exporting, self.recovery,
            self.show_preferences, self.close,
        )  # fmt: skip
        menus.add_edit_menu(bar, self.tabs, self.opening, self.copying, self.in_class.show)
        about = partial(about_network, self)
        menus.add_network_menu(
            bar, self.session, self.draw, self.opening, self.exporting, lambda: about(self.session.model)
        )
        menus.add_train_menu(bar, self.tabs)
        menus.add_view_menu(bar, self, self.tabs, self.looks)
        menus.add_help_menu(bar, self.show_keys, partial(about_program, self))

    def _connect(self) -> None:
        drawings = self.session.drawings
        keepers = self.autosave, self.recovery, self.in_class
        writers = self.copying, self.exporting, self.saving, self.saving_drawing
        for part in (self.opening, *writers, self.tabs, self.digits, drawings, self.session.trainer, *keepers):
            part.failed.connect(partial(self.toast.say, about=part))
        for keeper in (self.autosave, drawings, self.preferences):
            keeper.settled.connect(self.toast.take_back)
        trainer = self.session.trainer
        trainer.warned.connect(lambda sentence, _: self.toast.say(sentence, about=Advice))
        trainer.runs_changed.connect(partial(self.toast.settle, Advice))  # another run is what comes after a warning
        for part in (*writers, self.tabs, drawings):
            part.reported.connect(self.status.say)
        self.exporting.ended.connect(self.status.unsay)
        self.digits.reported.connect(self.toast.say)  # which stays until it is read
        for part in (self.tabs, self.opening, self.exporting):
            part.said.connect(self.toast.show_said)
        drawings.done.connect(lambda sentence, undo: self.toast.show_said(Said(sentence, "Undo", undo)))
        drawings.undone.connect(lambda sentence: self.toast.show_said(Said(sentence)))  # in place of what has "Undo"
        for card in (self.transfer, self.fetching, self.offer):
            self.toast.add(card)
        self.toast.keep_clear(self.draw.look_inside_button, Side.LEFT)  # which the other stands beyond
        self.toast.placed.connect(lambda: self.draw.hints.give_way(self.toast.free_beside(self.draw.hints)))
        self.tabs.data_built.connect(lambda data: self.toast.keep_clear(data.tools.for_mine, Side.ABOVE))
        self.opening.opened.connect(partial(self.toast.settle, self.opening))
        self.opening.picture_read.connect(self._show_picture)
        self.opening.experiment_read.connect(self.tabs.open_experiment)
        self.opening.data_set_wanted.connect(self.tabs.show_data)
        self.saving.saved.connect(partial(self.toast.settle, self.saving))
        self.saving_drawing.saved.connect(partial(self.toast.settle, self.saving_drawing))
        self.copying.copied.connect(partial(self.toast.settle, self.copying))
        self.draw.save_wanted.connect(self.saving_drawing.ask_for)
        self.draw.copy_wanted.connect(self.copying.copy_drawing)
        self.exporting.said.connect(lambda _: self.toast.settle(self.exporting))
        self.tabs.learn_wanted.connect(self._learn)
        self.in_class.learn_wanted.connect(self._learn_from_class)
        self.tabs.save_wanted.connect(self.saving.save_as)
        self.draw.answered.connect(self.status.show_time)
        for changed in (self.draw.canvas.changed, self.draw.canvas.finished_changed):
            changed.connect(self.autosave.change_drawing)
        self.tabs.currentChanged.connect(self.autosave.change)
        self._closing.settled.connect(self.close)
        self.preferences.troubled.connect(self._tell_trouble)
        for changed in (self.session.model_changed, self.session.file_changed):
            changed.connect(self._show_file)

    # Tabs

    @property
    def draw(self) -> DrawTab:
        """The Draw tab."""
        return self.tabs.draw

    @property
    def train(self) -> "TrainTab":
        """The Train tab, built when it is first wanted: what draws its curves takes a while to load."""
        return self.tabs.train_page.content

    @property
    def data(self) -> "DataTab":
        """The Data tab, built when it is first wanted."""
        return self.tabs.data_page.content

    @property
    def explore(self) -> "ExploreTab":
        """The Explore tab, built when it is first wanted."""
        return self.tabs.explore_page.content

    def _show_picture(self, picture: Picture) -> None:
        self.draw.canvas.show_picture(picture)

    def _view(self) -> View:
        return View(self.draw.canvas.drawing, self.draw.canvas.finished, self.tabs.tabText(self.tabs.currentIndex()))

    def _shown_in_front(self) -> Snapshot | None:
        """Return the network that is shown on the Train tab, while that is in front."""
        return self.session.shown.snapshot if self.tabs.currentWidget() is self.tabs.train_page else None

    def show_keys(self) -> None:
        """Show the list of keys, beside the window; bring it to the front where it is there already."""
        from digitpad.gui.window.keys import KeysDialog

        dialog = self.findChild(KeysDialog) or KeysDialog(self)
        dialog.show()
        dialog.activateWindow()

    def show_preferences(self) -> None:
        """Let the person choose, in a dialog; bring it to the front where it is there already."""
        from digitpad.gui.window.preferences_dialog import PreferencesDialog

        dialog = self.findChild(PreferencesDialog)
        if dialog is None:
            reader = self.draw.reader
            dialog = PreferencesDialog(self, self.looks, reader, self.folders, self.autosave, self.recovery)
        dialog.show()
        dialog.activateWindow()

    def _learn(self) -> None:
        """Let the network learn the person's hand, in a dialog that tells what came of it."""
        from digitpad.gui.train.hands import MINE

        self.draw.hints.show_followed(Hint.LEARN)
        self._learn_from(MINE)

    def _learn_from_class(self, room: str) -> None:
        from digitpad.gui.train.hands import half_of

        self._learn_from(half_of(room))

    def _learn_from(self, hands: "Hands") -> None:
        from digitpad.gui.train.hand_dialog import HandDialog

        dialog = HandDialog(self, self.session, self.digits, hands)
        self.toast.settle(HandDialog)  # what was lacking before may be there by now
        dialog.failed.connect(partial(self.toast.say, about=HandDialog))
        dialog.reported.connect(self.status.say)
        dialog.collect_wanted.connect(self.tabs.collect)
        dialog.put_wanted.connect(self.tabs.show_drawing)
        dialog.open()

    def _show_file(self) -> None:
        path, made = self.session.path, self.session.made_in_use
        name = in_title(one_line(path.name)) if path else in_title(made.title) if made else ""
        self.setWindowFilePath(str(path) if path else "")
        self.setWindowTitle(f"{name}[*] - digitpad" if name else "digitpad[*]")
        self.setWindowModified(self.session.unsaved)

    def _tell_trouble(self) -> None:
        """Tell where the settings cannot be written, or read, also those another program has changed meanwhile."""
        trouble = self.preferences.take_trouble()
        if trouble:
            self.toast.say(trouble)

    # Events

    def changeEvent(self, event: QEvent) -> None:
        """Look at the settings when the person comes back from another program."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._tell_trouble()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome pictures and files."""
        if self.opening.accepts(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        if self.opening.take(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is in the window; then end what still works, and wait for it.

        Where it cannot be kept, ask what to do with drawings of a class; and with a network in no file, or a drawing.
        """
        if self._has_to_stay():
            event.ignore()
            return
        do_all(
            self._closing.close,
            self.autosave.close_down,
            self.recovery.close_down,
            self.tabs.close_down,
            self.session.trainer.close,
            *(dialog.close for dialog in self.findChildren(QDialog)),  # what one of them has at work ends with it
            self.in_class.close_down,
            self.status.close_down,
            self.toast.close_down,
            self.theme.close_down,
            self.opening.close_down,
            self.copying.close_down,
            self.exporting.close_down,
            self.saving.close_down,
            self.saving_drawing.close_down,
            self.digits.close_down,
            self.session.drawings.close_down,
            self._remember,
            self.preferences.finish,
        )
        super().closeEvent(event)

    def _has_to_stay(self) -> bool:
        """Whether something is told or asked before the window may close.

        A mistake in a step is told, and the next is taken: if it left this, Qt would close the window all the same, and
        what it has at work would go on unseen.
        """
        do_all(self.recovery.finish)
        if not tried(self.saving.finish, True):  # which the person did not see yet
            return True
        if tried(lambda: self._closing.needed_for_class(*self.in_class.find_unkept()), False):
            return True
        if tried(lambda: self.autosave.keep_now(closed=True), False):
            return False
        return tried(
            lambda: self._closing.needed(drawing_lost=self.autosave.wanted and not self.draw.canvas.empty), False
        )

    def _remember(self) -> None:
        with self.preferences.together():
            placing.remember(self, self.preferences)
            self.preferences.brush = self.draw.canvas.brush
