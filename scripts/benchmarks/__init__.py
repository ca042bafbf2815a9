"""The sections of scripts/bench.py, a module each: ``measure`` does the work and yields the rows as they come."""
