"""What the soak is made of: who uses the window, who watches it, and the program it is done in."""
