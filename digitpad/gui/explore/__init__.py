"""The Explore tab: a page for each idea of the book's chapter 1."""
