"""The chapter's sections and ideas."""

from digitpad.explore.chapter import Idea, Section


def test_sections_begin_at_the_anchors_of_the_book() -> None:
    anchors = [section.address.partition("#")[2] for section in Section]
    assert anchors == [
        "perceptrons",
        "sigmoid_neurons",
        "the_architecture_of_neural_networks",
        "a_simple_network_to_classify_handwritten_digits",
        "learning_with_gradient_descent",
        "implementing_our_network_to_classify_digits",
        "toward_deep_learning",
    ]


def test_ideas_come_in_the_order_of_their_sections() -> None:
    order = [list(Section).index(idea.section) for idea in Idea]
    assert order == sorted(order)
