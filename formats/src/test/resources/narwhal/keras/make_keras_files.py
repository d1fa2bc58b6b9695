"""Writes keras3.zip: models saved by the real Keras, with what they predict and how their training goes on.

    python make_keras_files.py              all of them (made with Keras 3.15.1 on TensorFlow 2.21.0)
    python make_keras_files.py NAME...      adds these to the archive

For each model of keras_models.py: NAME.keras, NAME.h5, NAME.weights.h5 and NAME.json after 3 training steps; NAME.case, JSON
with a batch, its predictions and the losses of 5 further steps.
"""
import io
import json
import os
import sys
import tempfile
import zipfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras_models as models
import numpy as np


def pack(archive, name, data):
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)


def floats(array):
    """With as few digits as tell 32-bit numbers apart."""
    return [float(str(value)) for value in np.asarray(array, "f4").ravel()]


def main():
    names = sys.argv[1:]
    with zipfile.ZipFile("keras3.zip", "a" if names else "w") as archive, tempfile.TemporaryDirectory() as folder:
        for name in names or models.NAMES:
            model, x, y = models.case(name)
            models.train(model, x, y, 3)
            for ending in [".keras", ".h5", ".weights.h5"]:
                if ending == ".weights.h5" and name not in ("conv2d", "residual", "nested"):
                    continue
                if name == "operators" and ending == ".h5":
                    continue  # Keras 3 cannot read its own file of it
                path = os.path.join(folder, name + ending)
                model.save_weights(path) if ending == ".weights.h5" else model.save(path)
                with open(path, "rb") as file:
                    pack(archive, name + ending, file.read())
            pack(archive, name + ".json", model.to_json())
            case = {"x": floats(x), "y": floats(y), "predictions": floats(model.predict(x, verbose=0))}
            if name not in models.RANDOM:
                case["losses"] = models.train(model, x, y, 5)
            pack(archive, name + ".case", json.dumps(case))


if __name__ == "__main__":
    main()
