"""What is in the images that widgets are grabbed as."""

import numpy as np
from PySide6.QtGui import QImage


def brightness(image: QImage) -> np.ndarray:
    """Return the brightness (h, w) of ``image``, 255 = white."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), -1)  # which are padded
    return rows[:, : grey.width()].copy()
