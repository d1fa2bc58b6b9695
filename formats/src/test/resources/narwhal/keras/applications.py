"""Saves networks of keras.applications with weights of chance, and what they predict.

    python applications.py FOLDER NAME...
"""
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np

SIDE = {"InceptionV3": 75, "Xception": 71}

folder = sys.argv[1]
for name in sys.argv[2:]:
    keras.utils.set_random_seed(1)
    side = SIDE.get(name, 64)
    model = getattr(keras.applications, name)(weights=None, input_shape=(side, side, 3), classes=5)
    random = np.random.default_rng(2)
    for weight in model.weights:
        if weight.name in ("gamma", "moving_variance"):
            weight.assign(random.uniform(0.8, 1.2, weight.shape))
        elif weight.name in ("beta", "bias", "moving_mean"):
            weight.assign(random.normal(0, 0.1, weight.shape))
    model.save(os.path.join(folder, name + ".keras"))
    x = random.uniform(0, 255, (2, side, side, 3)).round().astype("f4")
    case = {"x": x.ravel().tolist(), "predictions": model.predict(x, verbose=0).ravel().tolist()}
    with open(os.path.join(folder, name + ".case"), "w") as file:
        json.dump(case, file)
    keras.backend.clear_session()
