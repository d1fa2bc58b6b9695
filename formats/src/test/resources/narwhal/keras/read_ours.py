"""Loads with the real Keras what KerasInteropTest wrote with Narwhal, and compares predictions and further training with
keras3.zip, which Keras wrote itself.

    python read_ours.py FOLDER
"""
import json
import os
import sys
import tempfile
import warnings
import zipfile

warnings.filterwarnings("error", message=".*optimizer.*")

import h5py
import keras
import numpy as np

import keras_models

folder = sys.argv[1]
failures = []


# Files of its own that Keras 3.15 cannot read: it takes only the last of several axes from a .h5.
KERAS_FAILS = {("layer_normalization_axes", ".h5")}


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


def meaning(value):
    """An initializer or regularizer by what it does, under whatever name it was written."""
    if isinstance(value, keras.initializers.VarianceScaling):
        return "VarianceScaling", value.scale, value.mode, value.distribution
    if isinstance(value, keras.regularizers.Regularizer):
        return "penalty", float(getattr(value, "l1", 0)), float(getattr(value, "l2", 0))
    return type(value).__name__, {k: v for k, v in value.get_config().items() if k != "seed"}


def starts(model):
    """How the weights of all layers start and what keeps them small."""
    return sorted(str((type(layer).__name__, name, meaning(value))) for layer in model._flatten_layers()
                  for name, value in vars(layer).items()
                  if name.endswith(("_initializer", "_regularizer")) and value is not None)


def compilation(model):
    """Loss and metrics with their arguments, but without the names that Keras counts up."""
    config = model.get_compile_config()
    said = []
    for value in [config["loss"], *config["metrics"]]:
        value = keras.saving.deserialize_keras_object(value)
        if isinstance(value, str) and "accuracy" in value and value != "accuracy":
            value = keras.metrics.get(keras.src.utils.naming.to_snake_case(value))
        if hasattr(value, "get_config"):
            arguments = {k: v for k, v in value.get_config().items() if k not in ("name", "dtype")}
            if isinstance(arguments.get("thresholds"), list):
                arguments["thresholds"], = arguments["thresholds"]
            value = type(value).__name__, arguments
        said.append(getattr(value, "__name__", value))
    return said


with zipfile.ZipFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras3.zip")) as archive:
    for entry in archive.namelist():
        if not entry.endswith(".case"):
            continue
        name = entry[:-5]
        case = json.loads(archive.read(entry))
        path = os.path.join(folder, name)
        with tempfile.NamedTemporaryFile(suffix=".keras") as file:
            file.write(archive.read(name + ".keras"))
            file.flush()
            theirs = keras.models.load_model(file.name)
        for ending in [".keras", ".h5"]:
            if (name, ending) in KERAS_FAILS:
                continue
            try:
                model = keras.models.load_model(path + ending)
                for what, of in [("initializers and regularizers", starts), ("loss and metrics", compilation)]:
                    check(name, f"{ending} {what}", of(model) == of(theirs), f"{of(model)} {of(theirs)}")
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
