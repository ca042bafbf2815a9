"""What a screen reader is given of a formula."""

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.controls import table_of
from digitpad.gui.widgets.formula import DOT, Formula, factor, letter, number


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
