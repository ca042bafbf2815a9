"""The files that digits come in: IDX, NumPy and pickled archives, told apart and read strictly."""
