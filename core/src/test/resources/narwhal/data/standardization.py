"""Writes standardization.txt: what ImageDataGenerator.standardize of Keras 3 makes of small pictures, after fit where it
needs one. Needs keras, tensorflow, scipy:

    python standardization.py > standardization.txt
"""
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
from keras.src.legacy.preprocessing.image import ImageDataGenerator


def pictures(count, height, width, channels):
    n, y, x, c = np.mgrid[0:count, 0:height, 0:width, 0:channels]
    return ((n * n * 71 + n * x * 29 + y * y * 37 + x * 53 + x * y * 11 + c * 91) % 256).astype("float32")


def double_and_tilt(x):
    return x * 2 + np.arange(x.shape[1], dtype="float32")[None, :, None]


def line(name, count, shape, **options):
    x = pictures(count, *shape)
    generator = ImageDataGenerator(**options)
    if any(name.startswith(kind) for kind in ["FEATUREWISE", "ZCA", "ALL"]):
        generator.fit(x)
    y = np.stack([generator.standardize(picture.copy()) for picture in x])
    print(name, count, *shape, ":", *[repr(float(n)) for n in y.astype("float32").ravel()])


line("SAMPLEWISE_CENTER", 2, (4, 5, 3), samplewise_center=True)
line("SAMPLEWISE_STD", 2, (4, 5, 3), samplewise_std_normalization=True, rescale=1 / 255)
line("FEATUREWISE_CENTER", 3, (4, 5, 3), featurewise_center=True)
line("FEATUREWISE_STD", 3, (4, 5, 3), featurewise_std_normalization=True, rescale=1 / 255)
line("FEATUREWISE_STD", 3, (4, 5, 1), featurewise_std_normalization=True)
line("ZCA_FEW", 5, (3, 4, 1), zca_whitening=True, rescale=1 / 255)
line("ZCA_MANY", 40, (3, 2, 3), zca_whitening=True, rescale=1 / 255, zca_epsilon=0.1)
line("FUNCTION", 2, (4, 5, 3), preprocessing_function=double_and_tilt, rescale=1 / 255, samplewise_center=True)
