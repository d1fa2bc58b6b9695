"""What every script here shares: numbers that Java and Python make alike, and a file of results.

Each script writes one file of ../resources/golden with what Keras 3.15.1 on TensorFlow 2.21 computes:
    python SCRIPT.py
"""
import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["KERAS_BACKEND"] = "tensorflow"

import numpy as np  # noqa: E402


def numbers(stream, shape):
    """Numbers within -1 and 1 that look like chance; Golden.numbers in Java gives the same bits."""
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    return ((((i * 7919 + stream * 10473 + 613) % 2003) / 1001.5) - 1).astype(np.float32).reshape(shape)


def plain(array):
    return [float(v) for v in np.asarray(array, dtype=np.float32).ravel()]


def write(name, results):
    file = pathlib.Path(__file__).parent.parent / "resources" / "golden" / name
    # Nine digits name a 32-bit number without doubt.
    text = json.dumps(results, indent=0, sort_keys=True)
    import re
    text = re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda m: "%.9g" % float(m.group()), text)
    text = re.sub(r",\n(?=[-\d])", ",", text)
    text = re.sub(r"\[\n(?=[-\d])", "[", text)
    text = re.sub(r"(?<=[\d])\n\]", "]", text)
    file.write_text(text + "\n")
