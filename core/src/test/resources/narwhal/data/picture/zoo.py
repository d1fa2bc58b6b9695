"""Prints for each picture of a folder what Pillow makes of it: name, height, width, and SHA-256 of the samples in RGB and
in grey (convert("RGB"), convert("L")). 16-bit grey, which Pillow clips, is shifted to 8 bits first, as we promise.

    java -cp ... narwhal.data.picture.PictureZoo FOLDER
    python zoo.py FOLDER > zoo.txt
"""
import hashlib
import os
import sys
import warnings

import numpy as np
from PIL import Image

warnings.simplefilter("ignore")
for name in sorted(os.listdir(sys.argv[1])):
    picture = Image.open(os.path.join(sys.argv[1], name))
    if picture.mode.startswith("I"):
        picture = Image.fromarray((np.asarray(picture) >> 8).astype("uint8"))
    rgb = picture.convert("RGB")
    grey = picture.convert("L")
    print(name, rgb.height, rgb.width, hashlib.sha256(rgb.tobytes()).hexdigest(),
          hashlib.sha256(grey.tobytes()).hexdigest())
