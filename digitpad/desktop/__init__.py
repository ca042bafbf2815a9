"""How a person's desktop finds digitpad, and starts it where nobody reads what is printed."""
