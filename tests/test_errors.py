"""What a person may meet is one line, whatever it quotes."""

import pytest

from digitpad.errors import DataError, in_short, one_line, words


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


def test_in_short_of_a_file_s_name_is_left_out_and_no_word_of_the_sentence() -> None:
    path = f"/my/file/{'a-long-name-' * 30}.safetensors"
    sentence = f"{path}: this is no safetensors file, or a damaged one (header too large)."
    short = in_short(sentence, 240)
    assert len(short) <= 240
    assert short.startswith("/my/file/a-long-name-")
    assert short.endswith("a-long-name-.safetensors: this is no safetensors file, or a damaged one (header too large).")


@pytest.mark.parametrize("sentence", ["", " ", "Short.", "word " * 99, "a" * 999, "a" * 99 + " " + "word " * 99])
def test_in_short_nothing_is_longer_than_it_may_be_or_changed_before(sentence: str) -> None:
    assert len(in_short(sentence, 100)) <= 100
    assert in_short(sentence, 1000) == one_line(sentence, 1000)


class Speechless(Exception):
    def __str__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ZeroDivisionError("division by zero"), "division by zero"),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
        (AssertionError("  "), "AssertionError"),
        (Speechless(), "Speechless"),
        (ValueError("on two\n  lines"), "on two lines"),
    ],
)
def test_an_error_without_words_of_its_own_is_told_by_its_name(error: BaseException, said: str) -> None:
    assert words(error) == said


def test_an_error_of_very_many_words_is_told_in_some() -> None:
    assert len(words(ValueError("word " * 1_000_000))) <= 200
