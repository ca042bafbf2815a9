"""A picture of a digit, drawn or photographed, becomes ink."""
