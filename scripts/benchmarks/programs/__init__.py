"""Programs that are started to be measured from outside; they print numbers."""
