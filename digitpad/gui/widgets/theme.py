"""How the program looks: colours for light and dark, one type scale, one spacing, in one place.

Custom widgets paint with the roles of ``QPalette``; the style sheet is made from the same colours:
``Window`` behind everything, ``Base`` the paper, ``Text`` the ink, ``PlaceholderText`` quiet words, ``Mid`` lines,
``AlternateBase`` the empty part of a bar, ``Highlight`` the one accent, ``BrightText`` its opposite, for mistakes.
"""

from dataclasses import dataclass

from PySide6.QtCore import QDir, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from digitpad.paths import FONTS, MARKS

SMALL, NORMAL, LARGE, HUGE = 12, 14, 22, 104  # pixels: the type scale
_USUAL = 15  # pixels: the text of a system is no larger until a person asks for it
GAP = 8  # pixels: spacing comes in multiples of this
RADIUS = 8  # pixels: corners


@dataclass(frozen=True)
class Colours:
    """One theme, as hexadecimal colours."""

    window: str
    paper: str
    text: str
    quiet: str
    line: str
    track: str
    bar: str
    accent: str
    on_accent: str
    contrast: str
    pressed: str
    notice: str


# The accents are the blues of Okabe and Ito's palette, which colour-blind people can tell from its other colours.
LIGHT = Colours(
    window="#f6f6f4",
    paper="#ffffff",
    text="#17181c",
    quiet="#5f626a",
    line="#dededa",
    track="#e9e9e6",
    bar="#8e919a",
    accent="#0072b2",
    on_accent="#ffffff",
    contrast="#d55e00",
    pressed="#ececea",
    notice="#fff1d6",
)
DARK = Colours(
    window="#17181a",
    paper="#0f1012",
    text="#f2f2f0",
    quiet="#a0a3aa",
    line="#34363a",
    track="#2a2b2e",
    bar="#7d8088",
    accent="#56b4e9",
    on_accent="#0f1012",
    contrast="#e8863a",
    pressed="#2a2b2e",
    notice="#3a2f18",
)


# Okabe and Ito's colours that stand out on white, and lighter ones of the same hues for black.
_SERIES = {
    LIGHT.paper: ("#0072b2", "#d55e00", "#009e73", "#b0559b", "#b38600", "#3a9bd6", "#6b6b6b"),
    DARK.paper: ("#56b4e9", "#e8863a", "#2fc79b", "#dd94c4", "#e6c34a", "#8fb8ff", "#b0b0b0"),
}


def series(i: int, palette: QPalette) -> QColor:
    """Return the colour of the ``i``-th of several lines in one plot; after seven they begin again."""
    colours = _SERIES[palette.color(QPalette.ColorRole.Base).name()]
    return QColor(colours[i % len(colours)])


class Theme(QObject):
    """Keeps the application in the system's light or dark, or in the one the person chose."""

    def __init__(self, app: QApplication) -> None:
        """Load the fonts and dress ``app``."""
        super().__init__(app)
        self._app = app
        self._chosen = Qt.ColorScheme.Unknown
        for file in sorted(FONTS.glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
        QDir.setSearchPaths("marks", [str(MARKS)])  # a style sheet cannot name every path itself
        app.setStyle("Fusion")
        app.setFont(font(NORMAL))
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    def choose(self, scheme: Qt.ColorScheme) -> None:
        """Use ``scheme`` from now on; ``Unknown`` follows the system."""
        self._chosen = scheme
        self._app.styleHints().setColorScheme(scheme)  # for what the system draws, such as the title bar
        self._apply()

    def _apply(self) -> None:
        scheme = self._app.styleHints().colorScheme() if self._chosen is Qt.ColorScheme.Unknown else self._chosen
        colours = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        self._app.setPalette(_palette(colours))
        self._app.setStyleSheet(_style_sheet(colours))


def font(pixels: int, *, strong: bool = False) -> QFont:
    """Return the program's font at a size of the type scale, its figures all of one width."""
    result = QFont("Inter")
    result.setPixelSize(_scaled(pixels))
    result.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def _scaled(pixels: int) -> int:
    """Return a size of the type scale, larger where the person has asked the system for larger text."""
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    return round(pixels * min(max(system / _USUAL, 1.0), 2.0))


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, c.window),
        (QPalette.ColorRole.WindowText, c.text),
        (QPalette.ColorRole.Base, c.paper),
        (QPalette.ColorRole.AlternateBase, c.track),
        (QPalette.ColorRole.Text, c.text),
        (QPalette.ColorRole.PlaceholderText, c.quiet),
        (QPalette.ColorRole.Button, c.paper),
        (QPalette.ColorRole.ButtonText, c.text),
        (QPalette.ColorRole.Mid, c.line),
        (QPalette.ColorRole.Dark, c.bar),
        (QPalette.ColorRole.Highlight, c.accent),
        (QPalette.ColorRole.HighlightedText, c.on_accent),
        (QPalette.ColorRole.BrightText, c.contrast),
        (QPalette.ColorRole.Link, c.accent),
        (QPalette.ColorRole.ToolTipBase, c.paper),
        (QPalette.ColorRole.ToolTipText, c.text),
    ):
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.quiet))
    return palette


def _mark(name: str, c: Colours) -> str:
    return f"marks:{name}-{'dark' if c is DARK else 'light'}.svg"


def _style_sheet(c: Colours) -> str:
    return f"""
        QMenuBar {{ background: {c.window}; color: {c.quiet}; padding: 4px 8px; }}
        QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 6px; }}
        QMenuBar::item:selected {{ background: {c.pressed}; color: {c.text}; }}
        QMenu {{ background: {c.paper}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
        QMenu::item {{ padding: 6px 28px 6px 24px; border-radius: 4px; }}
        QMenu::item:selected {{ background: {c.track}; }}
        QMenu::item:disabled {{ color: {c.quiet}; }}
        QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
        QStatusBar {{ background: {c.window}; border-top: 1px solid {c.line}; }}
        QStatusBar::item {{ border: none; }}
        QToolTip {{ background: {c.paper}; color: {c.text}; border: 1px solid {c.line}; padding: 4px 6px; }}
        QLabel[quiet="true"] {{ color: {c.quiet}; }}
        #rule {{ background: {c.line}; border: none; }}
        #task {{ background: {c.notice}; border-radius: 6px; padding: 8px 10px; }}
        #task[done="true"] {{ background: {c.track}; }}
        QLabel[caption="true"] {{ color: {c.quiet}; font-size: {_scaled(SMALL)}px; font-weight: 600; }}
        #verdict {{ font-weight: 600; }}
        #answer[verdict="blank"] {{ color: {c.quiet}; font-size: {_scaled(LARGE)}px; }}
        #answer[verdict="no digit"] {{ color: {c.quiet}; font-size: {_scaled(LARGE)}px; font-weight: 600; }}
        #answer[verdict="unsure"] {{ color: {c.quiet}; font-size: {_scaled(HUGE // 2)}px; font-weight: 600; }}
        #answer[verdict="sure"] {{ color: {c.text}; font-size: {_scaled(HUGE)}px; font-weight: 600; }}
        * {{ dialogbuttonbox-buttons-have-icons: 0; }}
        QToolButton, QPushButton {{
            background: {c.paper}; color: {c.text}; border: 1px solid {c.line}; border-radius: {RADIUS}px;
            padding: 6px 14px;
        }}
        QToolButton:hover, QPushButton:hover {{ border-color: {c.bar}; }}
        QToolButton:pressed, QPushButton:pressed {{ background: {c.pressed}; }}
        QToolButton:checked {{ background: {c.accent}; border-color: {c.accent}; color: {c.on_accent}; }}
        QToolButton:disabled {{ color: {c.bar}; background: transparent; }}
        QToolButton:focus, QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
        QToolButton[tight="true"] {{ padding: 5px 8px; }}
        QToolButton[tight="true"]:focus {{ padding: 4px 7px; }}
        QToolButton[primary="true"] {{ background: {c.accent}; border-color: {c.accent}; color: {c.on_accent}; }}
        QToolButton[primary="true"]:disabled {{ background: {c.track}; border-color: {c.track}; color: {c.bar}; }}
        QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
        QTabWidget::tab-bar {{ left: {GAP}px; }}
        QTabBar {{ background: {c.window}; }}
        QTabBar::tab {{
            background: transparent; color: {c.quiet}; padding: 8px 16px; border: none;
            border-bottom: 2px solid transparent;
        }}
        QTabBar::tab:hover {{ color: {c.text}; }}
        QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
        QTabBar::tab:focus {{ color: {c.accent}; }}
        QTabBar#results {{ background: {c.paper}; }}
        QTabBar#results::tab {{ padding: 4px 10px; font-size: {_scaled(SMALL)}px; }}
        QToolButton[tile="true"] {{ padding: 5px 2px; }}
        QToolButton[tile="true"]:checked {{
            background: {c.track}; border: 2px solid {c.accent}; color: {c.text}; padding: 4px 1px;
        }}
        #sources::item {{ padding: 7px 8px; border-radius: 6px; }}
        #sources::item:selected {{ background: {c.track}; color: {c.text}; }}
        #collecting {{
            background: {c.paper}; border: 1px solid {c.line}; border-radius: {RADIUS}px;
        }}
        #card {{ background: {c.paper}; border: 1px solid {c.line}; border-radius: {RADIUS}px; }}
        QLineEdit, QComboBox, QSpinBox {{
            background: {c.paper}; color: {c.text}; border: 1px solid {c.line}; border-radius: 6px;
            padding: 3px 8px; min-height: {_scaled(18)}px; selection-background-color: {c.accent};
            selection-color: {c.on_accent};
        }}
        QLineEdit:hover, QComboBox:hover, QSpinBox:hover {{ border-color: {c.bar}; }}
        QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {c.accent}; padding: 2px 7px; }}
        QLineEdit[wrong="true"] {{ border: 2px solid {c.contrast}; padding: 2px 7px; }}
        QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {c.bar}; background: transparent; }}
        QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
        QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{
            background: transparent; border: none; padding: 0 4px; min-height: 0;
        }}
        QComboBox::drop-down {{ border: none; width: 22px; }}
        QComboBox::down-arrow {{
            image: url("{_mark("arrow", c)}"); width: 12px; height: 12px;
        }}
        QCheckBox {{ spacing: {GAP}px; }}
        QCheckBox::indicator, QTableView::indicator {{
            width: 14px; height: 14px; border: 1px solid {c.bar}; border-radius: 4px; background: {c.paper};
        }}
        QCheckBox::indicator:disabled {{ border-color: {c.line}; }}
        QCheckBox::indicator:focus {{ border: 1px solid {c.accent}; }}
        QCheckBox::indicator:checked, QTableView::indicator:checked {{
            background: {c.accent}; border-color: {c.accent}; image: url("{_mark("check", c)}");
        }}
        QCheckBox::indicator:checked:disabled {{ background: {c.bar}; border-color: {c.bar}; }}
        QComboBox QAbstractItemView {{
            background: {c.paper}; color: {c.text}; border: 1px solid {c.line}; outline: none;
            selection-background-color: {c.track}; selection-color: {c.text};
        }}
        QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
        QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
        QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 3px; min-height: 24px; margin: 2px; }}
        QScrollBar::handle:vertical:hover {{ background: {c.bar}; }}
        QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
        QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 3px; min-width: 24px; margin: 2px; }}
        QScrollBar::handle:horizontal:hover {{ background: {c.bar}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QSplitter::handle {{ background: transparent; }}
        QTableView, QListView {{
            background: {c.paper}; color: {c.text}; border: none; outline: none;
            selection-background-color: {c.track}; selection-color: {c.text};
        }}
        QHeaderView::section {{
            background: {c.paper}; color: {c.quiet}; border: none; padding: 2px 4px; font-size: {_scaled(SMALL)}px;
        }}
        QProgressBar {{ background: {c.track}; border: none; border-radius: 3px; }}
        QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
        #form_message {{
            background: {c.notice}; color: {c.text}; border-radius: 6px; padding: 6px 8px;
            font-size: {_scaled(SMALL)}px;
        }}
        QSlider {{ min-height: 24px; }}
        QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c.track}; }}
        QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {c.accent}; }}
        QSlider::handle:horizontal {{
            width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; background: {c.accent};
        }}
        QSlider::handle:horizontal:disabled {{ background: {c.line}; }}
        QSlider::sub-page:horizontal:disabled {{ background: {c.track}; }}
        QSlider::handle:horizontal:focus {{ border: 2px solid {c.text}; width: 14px; height: 14px; }}
        QFrame[toast="true"] {{ background: {c.paper}; border: 1px solid {c.bar}; border-radius: {RADIUS}px; }}
        QFrame[toast="true"][urgent="true"] {{ background: {c.notice}; }}
    """
