"""The Data tab: a look at every digit there is to learn from, and the person's own."""
