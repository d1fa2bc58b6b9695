"""Loads with the real Keras what KerasInteropTest wrote with Narwhal, and compares predictions and further training with
keras3.zip, which Keras wrote itself.

    python read_ours.py FOLDER
"""
import json
import os
import sys
import warnings
import zipfile

warnings.filterwarnings("error", message=".*optimizer.*")

import h5py
import keras
import numpy as np

import keras_models

folder = sys.argv[1]
failures = []


def check(name, what, fine, detail=""):
    if not fine:
        failures.append(f"{name}: {what} {detail}")
        print("FAILED", failures[-1])


def give_memory(model, path):
    """What Keras 3 means to do when it loads a whole-model .h5. It builds the optimizer for no variables at all, so that it
    cannot train on from its own files either ("Unknown variable")."""
    optimizer = type(model.optimizer).from_config(model.optimizer.get_config())
    optimizer.build(model.trainable_variables)
    with h5py.File(path) as file:
        group = file["optimizer_weights"]
        values = [group[name][()] for name in load_names(group)]
    assert len(values) == len(optimizer.variables), (len(values), len(optimizer.variables))
    for variable, value in zip(optimizer.variables, values):
        variable.assign(value)
    model.compile(optimizer, loss=model.loss, metrics=["accuracy"])


def load_names(group):
    return [name.decode() if isinstance(name, bytes) else name for name in group.attrs["weight_names"]]


def compare(name, what, model, case, trains):
    x = np.array(case["x"], "f4").reshape(4, *model.input_shape[1:])
    y = np.array(case["y"], "f4").reshape(4, -1)
    predicted = np.asarray(model(x, training=False)).ravel()
    error = np.abs(predicted - np.array(case["predictions"], "f4")).max()
    check(name, what + " predictions", error <= 1e-5, error)
    if trains and "losses" in case:
        model.run_eagerly = True  # tracing would take longer than five steps
        losses = np.array(keras_models.train(model, x, y, 5))
        error = np.abs(losses / np.array(case["losses"]) - 1).max()
        check(name, what + " losses", error <= 1e-4, f"{error} {losses} {case['losses']}")


with zipfile.ZipFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras3.zip")) as archive:
    for entry in archive.namelist():
        if not entry.endswith(".case"):
            continue
        name = entry[:-5]
        case = json.loads(archive.read(entry))
        path = os.path.join(folder, name)
        for ending in [".keras", ".h5"]:
            try:
                model = keras.models.load_model(path + ending)
                if ending == ".h5":
                    give_memory(model, path + ending)
                compare(name, ending, model, case, True)
            except Exception as error:
                check(name, ending, False, repr(error)[:600])
        try:
            with open(path + ".json") as file:
                model = keras.models.model_from_json(file.read())
            model.load_weights(path + ".weights.h5")
            compare(name, ".weights.h5", model, case, False)
            model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])
            model.load_weights(path + ".legacy.h5")
            compare(name, ".legacy.h5", model, case, False)
        except Exception as error:
            check(name, ".json", False, repr(error)[:600])
        keras.backend.clear_session()
print("\nall as expected" if not failures else f"\n{len(failures)} failures")
