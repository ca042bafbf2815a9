"""The exercises of chapter 1, a module each: question, answers, proof, and the known mistakes by name."""
