"""Writes transforms.txt: what Keras' legacy ImageDataGenerator makes of a small picture, for given parameters.

Since 2.9 by keras.src.legacy.preprocessing.image (Keras 3); before by SciPy's affine_transform with the matrix of
keras-preprocessing 1.0.5, whose centre and axis order differ. Needs keras, tensorflow, scipy, pillow:

    python transforms.py > transforms.txt
"""
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
from keras.src.legacy.preprocessing.image import ImageDataGenerator
from scipy import ndimage

CASES = [  # height, width, channels, theta, tx, ty, shear, zx, zy
    (9, 7, 3, 0, 0, 0, 0.15, 0.9, 1.1),
    (6, 11, 3, 0, 0, 0, 20, 0.8, 0.7),
    (8, 8, 1, 33, 0, 0, 0, 1, 1),
    (7, 10, 3, -75, 1.25, -2.5, 10, 1.3, 0.6),
    (5, 6, 3, 0, 2, -3, 0, 1, 1),
    (6, 5, 1, 0, -4.5, 11.25, 0, 1, 1),
    (7, 9, 3, 178.5, 0, 0, 0, 2.5, 3.25),
    (1, 6, 3, 10, 0, 1.5, 5, 1.1, 0.9),
    (4, 1, 1, 10, 1.5, 0.25, 5, 1.1, 0.9),
]


def picture(height, width, channels):
    y, x, c = np.mgrid[0:height, 0:width, 0:channels]
    return ((y * y * 37 + x * 53 + x * y * 11 + c * 91) % 256).astype("float32")


def matrix(height, width, theta, tx, ty, shear, zx, zy):
    t, s = np.deg2rad(theta), np.deg2rad(shear)
    rotation = np.array([[np.cos(t), -np.sin(t), 0], [np.sin(t), np.cos(t), 0], [0, 0, 1]])
    shift = np.array([[1, 0, tx], [0, 1, ty], [0, 0, 1]])
    shearing = np.array([[1, -np.sin(s), 0], [0, np.cos(s), 0], [0, 0, 1]])
    zoom = np.diag([zx, zy, 1.0])
    ox, oy = height / 2 + 0.5, width / 2 + 0.5
    centre = np.array([[1, 0, ox], [0, 1, oy], [0, 0, 1]])
    back = np.array([[1, 0, -ox], [0, 1, -oy], [0, 0, 1]])
    return centre @ rotation @ shift @ shearing @ zoom @ back


def old_transform(x, case, fill, order=1):
    m = matrix(*case[:2], *case[3:])
    return np.stack([ndimage.affine_transform(x[..., c], m[:2, :2], m[:2, 2], order=order, mode=fill, cval=17.5)
                     for c in range(case[2])], -1)


def new_transform(x, case, fill, order=1):
    height, width, channels, theta, tx, ty, shear, zx, zy = case
    generator = ImageDataGenerator(fill_mode=fill, cval=17.5, dtype="float32", interpolation_order=order)
    return generator.apply_transform(x.copy(), dict(theta=theta, tx=tx, ty=ty, shear=shear, zx=zx, zy=zy))


def line(kind, fill, parameters, numbers):
    print(kind, fill, *parameters, ":", *[repr(float(n)) for n in np.asarray(numbers, "float32").ravel()])


for case in CASES:
    x = picture(*case[:3])
    for fill in ["constant", "nearest", "reflect", "wrap"]:
        for order, suffix in [(1, ""), (0, "_NEAREST")]:
            line("KERAS_2_9" + suffix, fill.upper(), case, new_transform(x, case, fill, order))
            line("KERAS_2" + suffix, fill.upper(), case, old_transform(x, case, fill, order))
# pictures of a usual size; every 1009th number
for case in [(200, 300, 3, 0, 0, 0, 0.19, 0.83, 1.17), (120, 90, 1, 25, -12.5, 8, 15, 1.4, 1.9),
             (200, 300, 3, -170, 20, 30, 4, 0.5, 2.2)]:
    x = picture(*case[:3])
    for fill in ["constant", "nearest", "reflect", "wrap"]:
        line("KERAS_2_9_LARGE", fill.upper(), case, new_transform(x, case, fill).ravel()[::1009])
        line("KERAS_2_LARGE", fill.upper(), case, old_transform(x, case, fill).ravel()[::1009])

generator = ImageDataGenerator()
x = picture(6, 5, 3)
for shift, horizontal, vertical, brightness in [
        (31.25, False, False, None), (-80, True, False, None), (0, False, True, 0.7), (0, True, True, 1.6),
        (12.5, True, True, 1.0), (0, False, False, 0.0)]:
    y = generator.apply_transform(x.copy(), dict(channel_shift_intensity=shift or None, flip_horizontal=horizontal,
                                                 flip_vertical=vertical, brightness=brightness))
    line("COLOURS", "-", (6, 5, 3, shift, int(horizontal), int(vertical), -1 if brightness is None else brightness), y)
# brightness of samples outside 0 ... 255
generator = ImageDataGenerator(fill_mode="constant", cval=-300.5)
y = generator.apply_transform(x.copy(), dict(theta=40, brightness=0.8))
line("STRETCHED", "-", (6, 5, 3, 40, 0.8), y)


def shifts(value, extent):
    """All shifts that a range of whole numbers or a list can give."""
    found = set()
    for seed in range(300):
        generator = ImageDataGenerator(height_shift_range=value)
        found.add(float(generator.get_random_transform((extent, 7, 3), seed)["tx"]) + 0.0)
    return sorted(found)


line("SHIFTS", "WHOLE", (80, 4), shifts(4, 80))
line("SHIFTS", "LIST", (80, 0.25, 0.5), shifts([0.25, 0.5], 80))
line("SHIFTS", "LIST", (80, -3, 0.5, 7), shifts([-3, 0.5, 7], 80))
