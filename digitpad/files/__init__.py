"""Files of the disk: read with one sentence for each that cannot be, and written whole or not at all; and threads."""
