"""The mathematics of the Explore tab: a module for each idea of the book's chapter 1."""
