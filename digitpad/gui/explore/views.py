"""``OneOf``, buttons of which one is down, and ``Views``, for pages that show one of several views by them."""

from PySide6.QtWidgets import QButtonGroup, QWidget

from digitpad.gui.explore.controls import button
from digitpad.gui.explore.page import Page
from digitpad.gui.widgets.layouts import column_in, row_of


class OneOf(QButtonGroup):
    """Buttons side by side in ``row``, of which one is down, the first to begin with. Signal: ``idClicked(i)``."""

    def __init__(self, *buttons: tuple[str, str]) -> None:
        """Make a button for each text and tooltip."""
        super().__init__()
        made = [button(text, tip, checkable=True) for text, tip in buttons]
        for i, one in enumerate(made):
            self.addButton(one, i)
            one.setProperty("tight", len(made) > 2)
        made[0].setChecked(True)
        self.row = row_of(*made, None)


class Views(OneOf):
    """The views of a page: each has a column of ``pictures`` and one of ``controls``, below the buttons."""

    def __init__(self, page: Page, *buttons: tuple[str, str]) -> None:
        """Make a view for each text and tooltip of a button, and show the first."""
        super().__init__(*buttons)
        page.controls.addLayout(self.row)
        self._widgets = [[QWidget() for _ in buttons] for _ in range(2)]
        self.pictures, self.controls = ([column_in(widget) for widget in widgets] for widgets in self._widgets)
        for layout, stretch, widgets in zip((page.picture, page.controls), (1, 0), self._widgets, strict=True):
            for widget in widgets:
                layout.addWidget(widget, stretch)
        self.idClicked.connect(self._show)
        self._show(0)

    def show_named(self, name: str) -> None:
        """Show the view whose button says ``name``, if there is one."""
        for one in self.buttons():
            if one.text().replace("&", "") == name:
                one.click()

    def _show(self, chosen: int) -> None:
        for widgets in self._widgets:
            for i, widget in enumerate(widgets):
                widget.setVisible(i == chosen)
