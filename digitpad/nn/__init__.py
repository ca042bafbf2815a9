"""What chapter 1 of Michael Nielsen's *Neural Networks and Deep Learning* teaches, in NumPy.

Nothing here reads a file, prints, or knows of a window. Throughout, an array of activations is either one
input of shape (n,) or a batch of m inputs of shape (m, n): the last axis runs over neurons.
"""
