"""Runs of training: what decides them, what they measure, what is kept of them, and learning a person's hand."""
