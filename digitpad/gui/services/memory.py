"""What the C library does with memory that is free again: little of it stays in the program, however long it runs."""

import ctypes
import sys

# malloc.h's own names and numbers.
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8

_LARGE_BYTES = 128 * 1024
_ARENAS = 2


def return_large_blocks() -> None:
    """Have each large block of memory go back to the system as soon as it is free; to be called before threads begin.

    Left to itself the C library of Linux takes ever larger blocks, up to 32 MB, from one heap for each thread: what
    small blocks lie between can never be given back, and pictures and arrays of all sizes come and go here by the
    thousand. Elsewhere, and with another C library, nothing happens.
    """
    adjust = _of_the_c_library("mallopt")
    if adjust is not None:
        adjust(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        adjust(_M_ARENA_MAX, _ARENAS)


def give_back_memory() -> None:
    """Give back to the system what else is free, in pieces between what is not; it takes a few milliseconds."""
    trim = _of_the_c_library("malloc_trim")
    if trim is not None:
        trim(0)


def _of_the_c_library(name: str) -> "ctypes._NamedFuncPointer | None":
    """Return the function of Linux's C library that is called so; None elsewhere, and where it has none."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
