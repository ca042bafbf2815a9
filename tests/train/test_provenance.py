"""How a network was made: in its file, and as a person reads it."""

from digitpad.data.dataset import Kind
from digitpad.train.experiment import Point
from digitpad.train.provenance import Provenance
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run


def test_what_a_file_tells_comes_back_also_what_is_not_known() -> None:
    metadata = {"name": "mine", "mini-batch size": "10", "L2": "0", "source": "a script", "deformation": "mild"}
    provenance = Provenance.of(metadata)
    assert (provenance.mini_batch_size, provenance.l2, provenance.others["source"]) == ("10", "0", "a script")
    assert provenance.metadata == metadata


def test_a_person_reads_the_most_telling_first_and_no_json() -> None:
    provenance = Provenance.of(
        {"seed": "3", "source": "a script", "eta": "3", "name": "mine", "recipe": "{}", "curves": "{}", "data": "MNIST"}
    )
    assert list(provenance.rows) == ["name", "data", "eta", "seed", "source"]


def test_the_metadata_of_a_run() -> None:
    run = Run(1, Recipe(), "MNIST", kind=Kind.MNIST, points=[Point(2.0, 0.95, 0.1, 0.96, 0.1, True)], seconds=1.5)
    metadata = run.model(Recipe().network(), run.points[0]).provenance.metadata
    assert metadata == {
        "name": "784-30-10 · η 3 · m 10",
        "accuracy": "95.00 % on MNIST's test set",
        "data": "MNIST, 50,000 training images",
        "epochs": "2",
        "mini-batch size": "10",
        "eta": "3",
        "momentum": "0",
        "L2": "0",
        "first weights": "normal",
        "seed": "0",
        "recipe": run.recipe.to_json(),
        "curves": '{"data": "MNIST", "kind": "MNIST", "seconds": 1.5, '
        '"points": [[2.0, 0.95, 0.1, 0.96, 0.1, true]], "marks": []}',
    }


def test_what_it_was_measured_on_is_a_phrase_whatever_the_name_of_the_data() -> None:
    measured = Point(2.0, 0.95, 0.1, 0.96, 0.1, True)
    run = Run(1, Recipe(), Kind.BUILT_IN.value, kind=Kind.BUILT_IN, points=[measured])
    assert run.model(Recipe().network(), measured).provenance.accuracy == "95.00 % on Built-in digits' test set"


def test_whatever_a_file_tells_is_a_line() -> None:
    odd = "a\nb\r\u2028\u202e\x1b[31m\ud800" + "c" * 999
    provenance = Provenance.of({"name": odd, "data": odd, odd: odd, "recipe": odd} | {str(i): "" for i in range(999)})
    assert provenance.name.startswith("a b")
    assert len(provenance.name) == 100
    assert (len(provenance.data), provenance.recipe) == (1000, odd)
    assert len(provenance.rows) < 50
    assert all(letter.isprintable() for text in (*provenance.rows, *provenance.rows.values()) for letter in text)


def test_a_network_that_learned_from_deformed_digits_reads_nine_times() -> None:
    plain, deformed = (Run(1, Recipe(deform=deform), "MNIST") for deform in (False, True))
    networks = [run.model(Recipe().network(), None).provenance for run in (plain, deformed)]
    assert [one.reads_nine for one in networks] == [False, True]
    assert "rotate 0.1" in networks[1].deformation
    long = "rotate, " * 100
    assert Provenance.of({"deformation": long}).deformation == long.strip()
