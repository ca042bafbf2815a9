"""The main jobs in a line each, for whoever imports digitpad; what they are made of lies in the subjects."""
