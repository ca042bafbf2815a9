"""What a person may meet is one line, whatever it quotes."""

import pytest

from digitpad.errors import DataError, one_line


@pytest.mark.parametrize("text", ["mine", "784-30-10 · η 3", "日本語", "नमस्ते", "👩\u200d🔬", "می\u200cخواهم", "<b>"])
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize("letter", ["\n", "\r", "\0", "\x1b", "\u2028", "\u2029", "\u202e", "\u2066", "\ud800"])
def test_what_cannot_be_seen_becomes_a_blank(letter: str) -> None:
    assert one_line(f"{letter}one{letter}two") == "one two"


def test_what_is_too_long_is_left_out_in_the_middle() -> None:
    assert one_line("a" * 100) == "a" * 100
    for length in (101, 399, 400, 401, 10_000_000):
        line = one_line("a" * (length - 1) + "b")
        assert len(line) == 100
        assert line.endswith("ab")
        assert "a…a" in line


def test_an_error_is_one_sentence_whatever_it_quotes() -> None:
    assert str(DataError("net\n.csv: there is no such file.")) == "net .csv: there is no such file."
    assert len(str(DataError("long: " + "a" * 99_999))) == 1000
