"""Writes resizes.txt: SHA-256 of what Pillow makes of a picture in another size.

    python resizes.py > resizes.txt
"""
import hashlib

import numpy as np
from PIL import Image

SIZES = [(13, 19, 13, 19), (13, 19, 5, 7), (13, 19, 40, 50), (240, 360, 200, 300), (37, 91, 64, 64), (1, 1, 3, 4),
         (300, 2, 7, 9), (9, 400, 3, 128), (64, 64, 63, 65), (255, 29, 29, 255), (5, 8, 1, 1), (500, 333, 28, 28)]


def picture(height, width, channels):
    y, x, c = np.mgrid[0:height, 0:width, 0:channels]
    return ((y * y * 37 + x * 53 + x * y * 11 + c * 91) % 256).astype("uint8")


for height, width, to_height, to_width in SIZES:
    for channels in [1, 3]:
        pixels = picture(height, width, channels)
        image = Image.fromarray(pixels if channels == 3 else pixels[..., 0])
        for name, method in [("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR)]:
            resized = image.resize((to_width, to_height), method)
            print(name, height, width, channels, to_height, to_width, hashlib.sha256(resized.tobytes()).hexdigest())
