"""Numbers and layers as people type them: read where they can mean one thing only, never taken for another."""

import math
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.train.typed import hidden_layers, number, shown_layers, whole_number

layers = st.lists(st.integers(1, 2000) | st.sampled_from((10, 784)), max_size=5).map(tuple)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("+3", 3), ("3.0", 3), ("3.", 3), ("1e3", 1000), ("2.5e1", 25), (" 7\t", 7), ("１２", 12),
     ("1,000", 1000), ("1 000", 1000), ("1\u00a0000", 1000), ("1\u202f000", 1000), ("1_000", 1000), ("1'000", 1000),
     ("1’000", 1000), ("1,234,567", 1_234_567), ("１，０００", 1000), ("007", 7)],
)  # fmt: skip
def test_whole_numbers(text: str, value: int) -> None:
    assert whole_number(text, 0, 10_000_000) == value


@pytest.mark.parametrize(
    "text",
    ["", " ", "1,5", "10,0", "10 5", "1_0", "1'0", "0,500", "０，５００", "1,00", "1,0000", "1,000 000", "1.000", "1.5",
     "1e-1", "--3", "3-", "3+", "∞", "nan", "inf", "infinity", "²", "10²", "½", "0x10", "3e", "e3", "1e9999", "1e999",
     "9" * 5000, "ten", "10 000,5", "1,000.5", ",5", "3%", "3;4", "[3]", "1\n2", "-1", "10000001"],
)  # fmt: skip
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # its text is for the person
        whole_number(text, 0, 10_000_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.5", 0.5), (".5", 0.5), ("1e-3", 0.001), ("1e−3", 0.001), ("1E-3", 0.001), ("+3", 3.0), ("-0.5", -0.5),
     ("1 000", 1000.0), ("1_000", 1000.0), ("３", 3.0)],
)  # fmt: skip
def test_numbers(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "0,5", "3,0", "1,000", "1,0,0", "1_0", "0 5", "nan", "inf", "-inf", "∞", "½", "1e", "1e1000", "0x1", "1/2"],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        number(text)


@pytest.mark.parametrize("text", ["1" * 30_000 + "x", "1 " * 15_000 + "x", "(" * 30_000, "1" + "-" * 30_000])
def test_whatever_is_pasted_is_looked_at_in_no_time(text: str) -> None:
    began = process_time()
    for read in (number, lambda text: whole_number(text, 0, 9), lambda text: hidden_layers(text, 5, 2000)):
        with pytest.raises(ValueError):  # noqa: PT011
            read(text)
    assert process_time() - began < 1  # second; with two ways to read the same figures it was 30


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_whatever_python_writes_is_read(value: float) -> None:
    assert number(repr(value)) == value


@given(st.integers(0, 10**9))
def test_thousands_are_the_number_they_divide(value: int) -> None:
    for mark in ",_":
        assert whole_number(f"{value:,}".replace(",", mark), 0, 10**9) == value


@given(st.text(alphabet="0123456789,. _'e+-∞²x", max_size=9))
def test_a_number_that_is_read_has_the_digits_that_were_typed(text: str) -> None:
    try:
        value = whole_number(text, 0, 10**9)
    except ValueError:
        return
    digits, _, exponent = text.strip().partition("e")
    digits, _, fraction = digits.replace(",", "").replace("_", "").replace("'", "").replace(" ", "").partition(".")
    expected = float(f"{digits or 0}.{fraction or 0}e{exponent or 0}")
    assert math.isclose(value, expected)
    if "," in text:  # then it divides thousands
        assert all(len(group.split(".")[0]) == 3 for group in text.strip().split(",")[1:])


@pytest.mark.parametrize(
    ("text", "sizes"),
    [("30", (30,)), ("100, 30", (100, 30)), ("100,30", (100, 30)), ("10 5", (10, 5)), ("100-30", (100, 30)),
     ("30 – 20", (30, 20)), ("30 x 20", (30, 20)), ("30×20", (30, 20)), ("30*20", (30, 20)), ("30;20", (30, 20)),
     ("[100, 30]", (100, 30)), ("(30,)", (30,)), ("{30 20}", (30, 20)), ("1_500", (1500,)), ("1,000", (1000,)),
     ("1, 500", (1, 500)), ("", ()), ("[]", ()), ("None", ()), ("１００，３０", (100, 30)),
     ("784-30-10", (30,)), ("[784, 30, 10]", (30,)), ("784, 30, 10", (30,)), ("784 100 30 10", (100, 30)),
     ("784 × 30 × 10", (30,)), ("784→30→10", (30,)), ("784 -> 30 -> 10", (30,)), ("784-10", ()), ("[784, 10]", ()),
     ("784", (784,)), ("30, 10", (30, 10)), ("784-784-10", (784,)), ("784-1-2-3-4-5-10", (1, 2, 3, 4, 5))],
)  # fmt: skip
def test_layers(text: str, sizes: tuple[int, ...]) -> None:
    assert hidden_layers(text, 5, 2000) == sizes


@pytest.mark.parametrize(
    "text",
    ["784 30", "784, 784", "1,500", "1 500", "100, 1 500", "3x100", "5 × 30", "30,", ",30", "30,,20", "-30", "30-",
     "30x2", "100 × 5", "[30", "30]", "[30)", "30.5", "30,5.5", "0", "30, 0", "2001", "1-2-3-4-5-6",
     "784-1-2-3-4-5-6-10", "thirty", "30 and 20", "∞", "30²"],
)  # fmt: skip
def test_what_are_no_layers(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        hidden_layers(text, 5, 2000)


@given(layers)
def test_layers_that_are_shown_are_read_as_the_same(sizes: tuple[int, ...]) -> None:
    assert hidden_layers(shown_layers(sizes), 5, 2000) == sizes


@given(layers)
def test_the_whole_network_is_its_hidden_layers(sizes: tuple[int, ...]) -> None:
    whole = (784, *sizes, 10)
    assert hidden_layers("-".join(map(str, whole)), 5, 2000) == sizes
    assert hidden_layers(str(list(whole)), 5, 2000) == sizes
