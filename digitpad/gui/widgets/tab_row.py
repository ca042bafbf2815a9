"""A row of tabs on a page that scrolls: ``TabRow``."""

from PySide6.QtWidgets import QTabBar

from digitpad.gui.widgets.wheel import WheelScrolls


class TabRow(WheelScrolls, QTabBar):
    """Tabs, under which the wheel scrolls the page."""
