"""What a screen reader is given of a formula, and how one looks."""

import numpy as np
import pytest
from PySide6.QtGui import QAccessible, QTextDocument, QTextOption
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.controls import table_of
from digitpad.gui.explore.options import unbroken
from digitpad.gui.widgets.formula import (
    DOT,
    Formula,
    added,
    dot,
    factor,
    letter,
    norm,
    not_0,
    number,
    whole,
    whole_added,
    whole_factor,
)
from digitpad.gui.widgets.graph import plain, short
from digitpad.gui.widgets.theme import NORMAL, font
from tests.gui.images import brightness


def test_a_formula_is_read_out_with_its_numbers(qtbot: QtBot) -> None:
    formula = Formula()
    qtbot.addWidget(formula)
    for value, said in ((-0.5, "z = w1x1\n= 2.00 · (−0.50)"), (0.25, "z = w1x1\n= 2.00 · 0.25")):
        lines = f"{letter('z')} = {letter('w', 1)}{letter('x', 1)}", f"= {number(2)} {DOT} {factor(value)}"
        formula.show_lines(*lines)
        heard = QAccessible.queryAccessibleInterface(formula).text(QAccessible.Text.Name)
        assert heard.strip() == said


def test_columns_with_a_width_stay_where_they_are(qtbot: QtBot) -> None:
    table, cells = table_of(1, 3, ("", "before", "after"), "Outputs", (60, 70, 80))
    qtbot.addWidget(table)
    table.resize(400, 60)
    table.show()
    lefts = []
    for text in ("1", "−0.1234"):
        for cell in cells[0]:
            cell.setText(text)
        table.grab()  # laid out
        lefts.append([cell.geometry() for cell in cells[0]])
    assert lefts[0] == lefts[1]
    assert [place.width() for place in lefts[0]] == [60, 70, 80]


def test_a_number_that_was_chosen_keeps_its_decimals() -> None:
    assert [whole(value) for value in (2, 0.5, 0.055, -0.1234)] == ["2.00", "0.50", "0.055", "−0.1234"]
    assert whole(1.25, 1) == "1.25"
    assert (whole_factor(-0.055), whole_added(-0.055)) == ("(−0.055)", "− 0.055")


def test_a_number_may_be_very_large_infinite_or_none() -> None:
    values = 999_999_999, 1e9, -3.4e38, 1.797e308, np.inf, -np.inf, np.nan
    texts = ["999999999.00", "1.0·10⁹", "−3.4·10³⁸", "1.8·10³⁰⁸", "∞", "−∞", "no number"]
    assert [number(value) for value in values] == texts
    assert [not_0(value) for value in values] == texts
    assert [short(value) for value in values[1:]] == texts[1:]
    assert [plain(value) for value in values[4:]] == texts[4:]
    assert (factor(-np.inf), added(-3.4e38), added(np.nan)) == ("(−∞)", "− 3.4·10³⁸", "+ no number")


def test_what_is_not_0_is_not_written_as_0() -> None:
    assert [not_0(value) for value in (0, 1.5, 0.0004, -0.00001)] == ["0.00", "1.50", "0.0004", "−0.00001"]


def signs(qtbot: QtBot, line: str) -> int:
    """Return how many signs of ``line`` have nothing but paper between them."""
    formula = Formula()
    qtbot.addWidget(formula)
    formula.setWordWrap(False)
    formula.show_lines(line)
    formula.adjustSize()
    greys = brightness(formula.grab().toImage()).astype(int)
    inked = (np.abs(greys - greys[0, 0]) > 24).any(axis=0)
    return int(np.count_nonzero(np.diff(inked.astype(int)) == 1))


@pytest.mark.usefixtures("window")  # which has the fonts
@pytest.mark.parametrize("name", ["C", "v"])
def test_neither_bars_nor_dots_touch_a_letter_that_leans(qtbot: QtBot, name: str) -> None:
    apart = signs(qtbot, f"{letter(name)}&nbsp;&nbsp;‖")
    assert signs(qtbot, norm(letter(name)).removeprefix("‖")) == apart
    assert signs(qtbot, dot(letter(name), "")) == 2


def lines_of(markup: str, width: int) -> list[str]:
    """Return the lines of rich text where there is so much room."""
    document, option = QTextDocument(), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    document.setDefaultFont(font(NORMAL))
    document.setDefaultTextOption(option)
    document.setHtml(markup)
    document.setTextWidth(width)
    document.size()  # which lays it out
    block = document.firstBlock()
    made = [block.layout().lineAt(i) for i in range(block.layout().lineCount())]
    return [block.text()[line.textStart() : line.textStart() + line.textLength()].strip() for line in made]


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize(
    ("markup", "whole"),
    [
        (f"So it is {norm(letter('C'))}² = 1", "‖C\u00a0‖²"),
        (f"So it is {dot(letter('w'), letter('x'))} = 1", "w\u00a0·\u00a0x"),
        (unbroken("The same constant <i>c</i> > 0. So"), "c\u00a0>\u00a00."),
        (
            unbroken("Either way |<i>σ</i>(<i>cz</i>) − step(<i>z</i>)| ≤ 1"),
            "|\u2060σ(cz)\u00a0−\u00a0step(z)|\u2060\u00a0≤\u00a01",
        ),
        (unbroken("The sum of <i>w</i><sub>j</sub> <i>a</i><sub>j</sub> or"), "wj\u00a0aj"),
        (unbroken("Small steps of <i>η</i>/20 and"), "η/\u206020"),
    ],
)
def test_no_line_breaks_within_a_formula(markup: str, whole: str) -> None:
    for width in range(160, 400):
        assert any(whole in line for line in lines_of(markup, width))
