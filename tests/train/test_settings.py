"""The settings of a run as they are written: what is allowed, what is refused, and what is shown."""

import re

import pytest

from digitpad.train.settings import ALL, SETTINGS, VALIDATION, NotAllowed


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("hidden", "30", (30,)), ("hidden", "[100, 30]", (100, 30)), ("hidden", "100-30", (100, 30)), ("hidden", "", ()),
     ("hidden", "none", ()), ("eta", "3", 3.0), ("eta", " 1e-3 ", 0.001), ("mini_batch_size", "all", ALL),
     ("mini_batch_size", "1", 1), ("epochs", "10", 10), ("momentum", "0", 0.0), ("l2", "1", 1.0),
     ("train_on", "50,000", 50_000), ("seed", "0", 0), ("deform", "yes", True),
     ("cost", "cross-entropy", "cross-entropy"), ("cost", "Cross_Entropy", "cross-entropy"),
     ("cost", "cross", "cross-entropy"), ("cost", "crossentropy", "cross-entropy"),
     ("activation", "ReLU", "relu"), ("held_out", "Test", "test set"), ("held_out", "validation", VALIDATION),
     ("held_out", "rest", VALIDATION), ("held_out", "rest of the training set", VALIDATION),
     ("deform", "on", True), ("deform", "No", False), ("mini_batch_size", "All", ALL)],
)  # fmt: skip
def test_what_is_allowed_is_read(name: str, text: str, value: object) -> None:
    assert SETTINGS[name].read(text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("hidden", "0"), ("hidden", "2001"), ("hidden", "1,1,1,1,1,1"), ("hidden", "thirty"), ("hidden", "30,"),
     ("eta", "0"), ("eta", "-1"), ("eta", "1001"), ("eta", "nan"), ("eta", "inf"), ("eta", ""), ("eta", "3,0"),
     ("mini_batch_size", "0"), ("mini_batch_size", "2.5"), ("epochs", "0"), ("epochs", "10001"), ("momentum", "1"),
     ("momentum", "-0.1"), ("l2", "1.1"), ("l2", "nan"), ("seed", "-1"), ("seed", "4294967296"), ("train_on", "0"),
     ("activation", "step"), ("activation", ""), ("held_out", "the other"), ("mini_batch_size", "1,5"),
     ("deform", "maybe")],
)  # fmt: skip
def test_what_is_not_allowed_is_refused(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(repr(text))} is not allowed; it is "):
        SETTINGS[name].read(text)


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [("eta", "0,5", "with a point, as in 0.5"), ("l2", "0,001", "with a point, as in 0.001"),
     ("eta", "1,000", "write 1000 for thousands, 1.000 for a fraction"), ("l2", "1e-999", "it is so small"),
     ("train_on", "50.000", "write 50000 for thousands, 50 for no fraction"),
     ("hidden", "784 30", "write the hidden layers alone, or all of the network: 784-30-10"),
     ("eta", "1,000,000", "write 1000000 for thousands)"),
     ("hidden", "1,500", "write 1500 for one layer, 1-500 for two"), ("hidden", "2,500", "write 2-500 for two layers"),
     ("hidden", "3 x 100", "write 3, 100 for two"), ("hidden", "100x3", "write 100, 3 for two")],
)  # fmt: skip
def test_what_may_have_been_meant_is_hinted_at(name: str, text: str, hint: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        SETTINGS[name].read(text)
    assert f"({hint}" in refused.value.allowed
    assert refused.value.allowed in str(refused.value)


def test_a_text_of_any_length_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotAllowed) as refused:
        SETTINGS["epochs"].read("9" * 10_000)
    assert len(str(refused.value)) < 200


def test_what_is_shown_can_be_read_again() -> None:
    assert SETTINGS["mini_batch_size"].show(ALL) == "all"
    for name, value in (("mini_batch_size", ALL), ("hidden", ()), ("hidden", (100, 30)), ("eta", 0.1), ("own", True)):
        assert SETTINGS[name].read(SETTINGS[name].show(value)) == value
    assert (SETTINGS["deform"].show(True), SETTINGS["deform"].show(False)) == ("yes", "no")
