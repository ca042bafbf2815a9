"""The style sheet: shapes and distances, and of colours the roles only.

It never changes: for other colours the palette does, and for larger text the fonts do. To read a new sheet costs Qt
twenty times as long as to look up the colours again, and the window stands still meanwhile.
"""

from digitpad.gui.widgets.colours import CHECKED

GAP = 8  # pixels: spacing comes in multiples of this
RADIUS = 8  # pixels: corners

_EM = 17  # pixels: what Qt takes for an em, the height of a line, where text has its usual size


def _em(pixels: float) -> str:
    """Return a length that grows with the text."""
    return f"{pixels / _EM:.4f}em"


STYLE_SHEET = f"""
    QMenuBar {{ background: palette(window); color: palette(placeholder-text); padding: 4px 8px; }}
    QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 6px; }}
    QMenuBar::item:selected {{ background: palette(midlight); color: palette(text); }}
    QMenu {{ background: palette(base); color: palette(text); border: 1px solid palette(dark); padding: 4px; }}
    QMenu::item {{ padding: 6px {_em(28)} 6px {_em(24)}; border-radius: 4px; }}
    QMenu::right-arrow {{ image: url("marks:folded.svg"); width: {_em(12)}; height: {_em(12)}; right: {_em(6)}; }}
    QMenu::indicator {{ width: {_em(14)}; height: {_em(14)}; left: {_em(6)}; }}
    QMenu::indicator:checked {{ image: url("marks:ticked.svg"); }}
    QMenu::item:selected {{ background: palette(alternate-base); }}
    QMenu::item:disabled {{ color: palette(placeholder-text); }}
    QMenu::separator {{ height: 1px; background: palette(mid); margin: 4px 8px; }}
    QStatusBar {{ background: palette(window); border-top: 1px solid palette(mid); }}
    QStatusBar::item {{ border: none; }}
    QToolTip {{
        background: palette(base); color: palette(text); border: 1px solid palette(dark); padding: 4px 6px;
    }}
    QLabel[quiet="true"] {{ color: palette(placeholder-text); }}
    QLabel[caption="true"] {{ color: palette(placeholder-text); }}
    #rule {{ background: palette(mid); border: none; }}
    #task {{ background: palette(light); border-radius: 6px; padding: 8px 10px; }}
    #task[done="true"] {{ background: palette(alternate-base); }}
    #answer {{ color: palette(placeholder-text); }}
    #answer[verdict="sure"] {{ color: palette(text); }}
    * {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QToolButton, QPushButton {{
        background: palette(base); color: palette(text); border: 1px solid palette(dark); border-radius: {RADIUS}px;
        padding: 6px 14px;
    }}
    QToolButton:hover, QPushButton:hover {{ border-color: palette(text); }}
    QToolButton:pressed, QPushButton:pressed {{ background: palette(midlight); }}
    QToolButton:checked {{
        background: palette(highlight); border-color: palette(highlight); color: palette(highlighted-text);
    }}
    QToolButton:disabled, QPushButton:disabled {{
        color: palette(dark); background: transparent; border-color: palette(mid);
    }}
    QToolButton[tight="true"] {{ padding: 5px 6px; }}
    QToolButton[flat="true"] {{ padding: 3px 6px; background: transparent; border-color: transparent; }}
    QToolButton[flat="true"]:hover {{ border-color: palette(dark); }}
    QToolButton[fold="true"], QToolButton[fold="true"]:checked {{
        padding: 3px 6px 3px 0; background: transparent; border-color: transparent; color: palette(text);
    }}
    QToolButton[fold="true"]:hover {{ border-color: palette(dark); }}
    QToolButton[fold="true"]::right-arrow {{ image: url("marks:folded.svg"); }}
    QToolButton[fold="true"]::down-arrow {{ image: url("marks:arrow.svg"); }}
    QToolButton[popupMode="2"] {{ padding-right: {_em(22)}; }}
    QToolButton::menu-indicator {{
        image: url("marks:arrow.svg"); width: {_em(12)}; height: {_em(12)};
        subcontrol-origin: padding; subcontrol-position: center right; right: 5px;
    }}
    QToolButton[primary="true"] {{
        background: palette(highlight); border-color: palette(highlight); color: palette(highlighted-text);
    }}
    QToolButton[primary="true"]:hover {{ border-color: palette(text); }}
    QToolButton[primary="true"]:disabled {{
        background: palette(alternate-base); border-color: palette(alternate-base); color: palette(dark);
    }}
    QFileDialog {{
        backward-icon: url("marks:back.svg"); forward-icon: url("marks:forward.svg");
        filedialog-parent-directory-icon: url("marks:up.svg");
    }}
    QFileDialog QToolButton {{ padding: 3px; border-color: transparent; background: transparent; }}
    QFileDialog QToolButton:hover {{ border-color: palette(dark); }}
    QFileDialog QToolButton:checked {{ border-color: palette(highlight); background: palette(alternate-base); }}
    QTabWidget::pane {{ border: none; border-top: 1px solid palette(mid); }}
    QTabWidget::tab-bar {{ left: {GAP}px; }}
    QTabBar {{ background: palette(window); }}
    QTabBar::tab {{
        background: transparent; color: palette(placeholder-text); padding: 8px 16px; border: none;
        border-bottom: 2px solid transparent;
    }}
    QTabBar::tab:hover {{ color: palette(text); }}
    QTabBar::tab:selected {{ color: palette(text); border-bottom: 2px solid palette(highlight); }}
    QTabBar::scroller {{ width: 44px; }}
    QTabBar QToolButton {{ padding: 2px; }}
    QTabBar QToolButton::left-arrow {{ image: url("marks:back.svg"); width: 12px; height: 12px; }}
    QTabBar QToolButton::right-arrow {{ image: url("marks:forward.svg"); width: 12px; height: 12px; }}
    QTabBar#results {{ background: palette(base); }}
    QTabBar#results::tab, QTabBar#ways::tab {{ padding: 4px 10px; }}
    QToolButton[tile="true"] {{ padding: 5px 2px; }}
    QToolButton[tile="true"]:checked {{
        background: palette(alternate-base); border-color: palette(dark); color: palette(text);
        border-bottom: 3px solid palette(highlight); padding-bottom: 3px;
    }}
    #sources {{ padding: 4px; }}
    #sources::item {{ padding: 7px 8px 7px 5px; border-left: 3px solid transparent; }}
    #sources::item:selected {{
        background: palette(alternate-base); color: palette(text); border-left: 3px solid palette(highlight);
    }}
    #runs {{ background: transparent; }}
    #recipe_panel[drawer="true"] {{
        background: palette(window); border: none; border-right: 1px solid palette(dark);
    }}
    #collecting {{
        background: palette(base); border: 1px solid palette(mid); border-radius: {RADIUS}px;
    }}
    #card {{ background: palette(base); border: 1px solid palette(mid); border-radius: {RADIUS}px; }}
    QLineEdit, QComboBox, QSpinBox {{
        background: palette(base); color: palette(text); border: 1px solid palette(dark); border-radius: 6px;
        padding: 4px 8px; selection-background-color: palette(highlight);
        placeholder-text-color: palette(placeholder-text);  /* or it is half of the text's colour */
        selection-color: palette(highlighted-text);
    }}
    #slider_value {{ background: transparent; padding: 2px 5px; }}
    #experiment_question {{
        background: palette(base); color: palette(text); border: 1px solid palette(dark); border-radius: 6px;
        padding: 2px 4px; placeholder-text-color: palette(placeholder-text);
        selection-background-color: palette(highlight); selection-color: palette(highlighted-text);
    }}
    QLineEdit:hover, QComboBox:hover, QSpinBox:hover {{ border-color: palette(text); }}
    QLineEdit[wrong="true"] {{ border: 2px solid palette(bright-text); padding: 3px 7px; }}
    #slider_value[wrong="true"] {{ padding: 1px 4px; }}
    QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
        color: palette(dark); background: transparent; border-color: palette(mid);
    }}
    QSpinBox {{ padding: 3px 0 2px; }}  /* as high as what it stands beside; at its sides not every Qt heeds it */
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
    QSpinBox QLineEdit {{ background: transparent; border: none; padding: 0; }}
    QComboBox::drop-down {{ border: none; width: {_em(22)}; }}
    QComboBox::down-arrow {{ image: url("marks:arrow.svg"); width: {_em(12)}; height: {_em(12)}; }}
    QCheckBox {{ spacing: {GAP}px; padding: 3px 4px; }}
    QCheckBox::indicator, QTableView::indicator {{
        width: {_em(14)}; height: {_em(14)}; border: {_em(1)} solid palette(dark); border-radius: {_em(4)};
        background: palette(base);
    }}
    QCheckBox::indicator:disabled {{ border-color: palette(mid); }}
    QCheckBox::indicator:checked, QTableView::indicator:checked {{
        background: {CHECKED}; border-color: {CHECKED}; image: url("marks:check.svg");
    }}
    QCheckBox::indicator:checked:disabled {{ background: palette(dark); border-color: palette(dark); }}
    QRadioButton {{ spacing: {GAP}px; padding: 2px 0; }}
    QRadioButton::indicator {{
        width: {_em(14)}; height: {_em(14)}; border: {_em(1)} solid palette(dark);
        border-radius: {_em(7.65)};  /* rounded, never more than half: Qt has no corners round then */
        background: palette(base);
    }}
    QRadioButton::indicator:checked {{
        border-color: palette(highlight);
        background: qradialgradient(
            cx: 0.5, cy: 0.5, fx: 0.5, fy: 0.5, radius: 0.5,
            stop: 0.36 palette(base), stop: 0.5 palette(highlight)
        );
    }}
    QComboBox QAbstractItemView {{
        background: palette(base); color: palette(text); border: 1px solid palette(dark); outline: none;
        selection-background-color: palette(alternate-base); selection-color: palette(text);
    }}
    .QScrollArea, .QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{
        background: palette(dark); border-radius: 3px; min-height: 24px; margin: 2px;
    }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{
        background: palette(dark); border-radius: 3px; min-width: 24px; margin: 2px;
    }}
    QScrollBar::handle:hover {{ background: palette(placeholder-text); }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: transparent; }}
    QTableView, QListView {{
        background: palette(base); color: palette(text); border: none; outline: none;
        placeholder-text-color: palette(placeholder-text);
        selection-background-color: palette(alternate-base); selection-color: palette(text);
    }}
    #gallery {{
        padding: 4px; /* the ring of the focus lies in it, not on the images */
        selection-background-color: palette(highlight); selection-color: palette(highlighted-text);
    }}
    #gallery::item {{ border-radius: 6px; }}
    #gallery::item:selected {{ background: palette(highlight); color: palette(highlighted-text); }}
    QHeaderView::section {{
        background: palette(base); color: palette(placeholder-text); border: none; padding: 2px 4px;
    }}
    QTableCornerButton::section {{ background: palette(base); border: none; }}
    QProgressBar {{ background: palette(alternate-base); border: 1px solid palette(dark); border-radius: 3px; }}
    QProgressBar::chunk {{ background: palette(highlight); border-radius: 2px; }}
    #room_seat {{
        border: 1px solid palette(mid); border-radius: 6px; padding: 4px; color: palette(placeholder-text);
        min-width: 36px;
    }}
    #room_seat[sent="true"] {{ background: palette(base); border-color: palette(highlight); color: palette(text); }}
    #question {{ background: palette(light); border: none; border-radius: {RADIUS}px; }}
    #form_message {{
        background: palette(light); color: palette(text); border-radius: 6px; padding: 6px 8px;
    }}
    QSlider {{ min-height: {_em(24)}; }}
    QSlider::groove:horizontal {{ height: {_em(4)}; border-radius: {_em(1.8)}; background: palette(dark); }}
    QSlider::sub-page:horizontal {{
        height: {_em(4)}; border-radius: {_em(1.8)}; background: palette(highlight);
    }}
    QSlider::handle:horizontal {{  /* as wide as it is high, also where these are rounded */
        width: {_em(4)}; padding: 0 {_em(6)}; margin: {_em(-6)} 0; border-radius: {_em(7.65)};
        background: palette(highlight);
    }}
    QSlider::handle:horizontal:disabled {{ background: palette(mid); }}
    QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled {{ background: palette(mid); }}
    QFrame[toast="true"] {{
        background: palette(base); border: 1px solid palette(dark); border-radius: {RADIUS}px;
    }}
    QFrame[toast="true"][urgent="true"] {{ background: palette(light); }}
"""
