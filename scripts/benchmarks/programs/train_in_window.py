"""Train on MNIST for 60 epochs in the window; print the most memory that took, in MB."""

from dataclasses import replace

from hands import wait_until
from memory import peak_mb
from offscreen import open_window

from digitpad.train.recipe import Recipe

_EPOCHS = 60


def main() -> None:
    """Train, with the plots in front."""
    with open_window() as window:
        window.tabs.setCurrentIndex(1)
        tab = window.train
        tab.form.show_recipe(replace(Recipe(), epochs=_EPOCHS, train_on=60_000))
        tab.commands.start.trigger()
        wait_until(lambda: tab.trainer.run and tab.trainer.run.epochs >= _EPOCHS)
        print(peak_mb())


if __name__ == "__main__":
    main()
