"""Whether anything may move by itself: ``may_move``."""

from PySide6.QtWidgets import QStyle, QWidget


def may_move(widget: QWidget) -> bool:
    """Whether ``widget`` may move something by itself: not where the system is asked to keep everything still."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0
