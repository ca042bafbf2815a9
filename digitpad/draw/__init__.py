"""From pen strokes or a picture to the 784 greys the network is fed, and to the answer it gives."""
