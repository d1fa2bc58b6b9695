"""Makes decisions.jsonl: what the callbacks of real Keras decide on generated histories.

    python decisions.py                       Keras 3, into decisions.jsonl
    python decisions.py callbacks-2.2.4.py    also Keras 2.2.4, from keras/callbacks.py of that tag

The callbacks are driven with a stub model: an optimizer with a learning rate, metrics named in the logs, and a save()
that notes the name. Each line is one history with its settings and the decisions.

A first value that is not a number is Keras 3's "best" for ever; Narwhal deliberately starts from the worst value instead.
Where a history holds such values `start` is "worst", and Keras' own field is set to that before the first epoch;
everything else is Keras' code. `rates` lists the epochs after which the learning rate is another one.
"""

import json
import math
import os
import random
import sys
import types
import warnings

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.simplefilter("ignore")

import keras  # noqa: E402
import numpy as np  # noqa: E402

TEMPLATE = "model-{epoch:02d}-{%s:.3f}.keras"


class StubModel:
    def __init__(self, learning_rate, metric):
        self.optimizer = keras.optimizers.SGD(learning_rate)
        self.optimizer.lr = np.float32(learning_rate)
        self.stop_training = False
        self.saved = []
        self.weights = -1
        self.restored = None

    def save(self, path, overwrite=True):
        self.saved.append(path)

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.restored = weights


def history(rng, min_delta):
    """Values of one metric: a walk, some on a coarse grid so that ties are common, some with gaps that are not numbers,
    some that improve by exactly the least improvement, where only the rounding of the comparison decides."""
    length = rng.randint(8, 40)
    grid = rng.choice([None, 0.1, 0.01, 1e-4])
    value = rng.uniform(0.1, 1.5)
    exact = min_delta > 0 and rng.random() < 0.4
    values = []
    for _ in range(length):
        value = abs(value + rng.gauss(-0.01, 0.08))
        if exact:
            value = round(value if not values else values[-1] + rng.choice([-1, -1, 1]) * min_delta, 4)
        shown = value if grid is None else round(round(value / grid) * grid, 6)
        if rng.random() < 0.5:
            shown = float(np.float32(shown))
        values.append(shown)
        if rng.random() < 0.2:
            values.append(values[-1] + rng.choice([0.0, 1e-9, -1e-9, 1e-4, -1e-4]))
    kind = rng.random()
    if kind < 0.25:
        for _ in range(rng.randint(1, 3)):
            values[rng.randrange(len(values))] = rng.choice([math.nan, math.nan, math.inf])
    if kind < 0.08:
        values[0] = rng.choice([math.nan, math.inf])
    return values


def settings(rng):
    best = rng.random() < 0.7
    return {
        "monitor": "val_loss" if best else "val_accuracy",
        "learning_rate": rng.choice([3e-5, 1e-3, 0.01, 1.0]),
        "factor": rng.choice([0.1, 0.5, 0.9]),
        "patience": rng.choice([0, 1, 2, 3, 5]),
        "min_delta": rng.choice([0.0, 1e-4, 0.01, 0.1]),
        "cooldown": rng.choice([0, 0, 1, 2, 4]),
        "min_lr": rng.choice([0.0, 1e-8, 1e-4, 1e-3]),
        "stop_patience": rng.choice([0, 1, 2, 4, 8]),
        "stop_min_delta": rng.choice([0.0, 0.0, 1e-4, 0.05]),
        "baseline": rng.choice([None, None, 0.2, 0.6]),
        "start_from_epoch": rng.choice([0, 0, 1, 3]),
        "period": rng.choice([1, 1, 1, 2, 3]),
    }


def drive(case, reduce, checkpoint, stopping, start_from_worst, name_of_rate):
    """Runs the three callbacks over the history; early stopping is noted but does not end the others."""
    values, monitor = case["values"], case["monitor"]
    worst = math.inf if monitor == "val_loss" else -math.inf
    model = StubModel(case["learning_rate"], monitor)
    stopper = StubModel(case["learning_rate"], monitor)
    for callback, target in ((reduce, model), (checkpoint, model), (stopping, stopper)):
        callback.set_model(target)
        if hasattr(callback, "on_train_begin"):
            callback.on_train_begin()
    if start_from_worst:
        reduce.best = checkpoint.best = worst
    rates, saved, stopped = [], [], None
    for epoch, value in enumerate(values):
        stopper.weights = epoch + 1
        before, before_rate = len(model.saved), float(getattr(model.optimizer, name_of_rate))
        reduce.on_epoch_end(epoch, {monitor: value})
        checkpoint.on_epoch_end(epoch, {monitor: value})
        if stopped is None:
            first = epoch == case.get("stop_first", 0)
            if start_from_worst and first:
                stopping.best = worst
            stopping.on_epoch_end(epoch, {monitor: value})
            if stopper.stop_training:
                stopped = epoch + 1
        rate = float(getattr(model.optimizer, name_of_rate))
        if rate != before_rate:
            rates.append([epoch + 1, rate])
        saved += model.saved[before:]
    stopping.on_train_end()
    return {"rates": rates, "saved": saved, "stopped": stopped, "restored": stopper.restored}


def keras3(case):
    mode = "min" if case["monitor"] == "val_loss" else "max"
    from keras import callbacks
    reduce = callbacks.ReduceLROnPlateau(case["monitor"], case["factor"], case["patience"], mode=mode,
                                         min_delta=case["min_delta"], cooldown=case["cooldown"], min_lr=case["min_lr"])
    checkpoint = callbacks.ModelCheckpoint(TEMPLATE % case["monitor"], case["monitor"], save_best_only=True, mode=mode)
    stopping = callbacks.EarlyStopping(case["monitor"], case["stop_min_delta"], case["stop_patience"], mode=mode,
                                       baseline=case["baseline"], restore_best_weights=True,
                                       start_from_epoch=case["start_from_epoch"])
    return drive({**case, "stop_first": case["start_from_epoch"]}, reduce, checkpoint, stopping,
                 case["start"] == "worst", "learning_rate")


def load_keras2(path):
    """keras/callbacks.py of 2.2.4 alone: what it imports from its package is stubbed, the callbacks are untouched."""
    import collections
    import collections.abc
    collections.Iterable = collections.abc.Iterable
    np.Inf = np.inf
    six = types.ModuleType("six")
    six.string_types = (str,)
    sys.modules.setdefault("six", six)
    package = types.ModuleType("keras2")
    package.__path__ = []
    backend = types.ModuleType("keras2.backend")
    backend.backend = lambda: "none"
    backend.get_value = lambda variable: variable

    utils = types.ModuleType("keras2.utils")
    utils.__path__ = []
    generic = types.ModuleType("keras2.utils.generic_utils")
    generic.Progbar = None
    engine = types.ModuleType("keras2.engine")
    engine.__path__ = []
    training = types.ModuleType("keras2.engine.training_utils")
    training.standardize_input_data = None
    package.backend = backend
    for module in (package, backend, utils, generic, engine, training):
        sys.modules[module.__name__] = module
    callbacks = types.ModuleType("keras2.callbacks")
    callbacks.__package__ = "keras2"
    with open(path) as source:
        exec(compile(source.read(), path, "exec"), callbacks.__dict__)
    return callbacks


def keras2(callbacks, case):
    mode = "min" if case["monitor"] == "val_loss" else "max"
    reduce = callbacks.ReduceLROnPlateau(case["monitor"], case["factor"], case["patience"], mode=mode,
                                         min_delta=case["min_delta"], cooldown=case["cooldown"], min_lr=case["min_lr"])
    checkpoint = callbacks.ModelCheckpoint(TEMPLATE % case["monitor"], case["monitor"], save_best_only=True, mode=mode,
                                           period=case["period"])
    stopping = callbacks.EarlyStopping(case["monitor"], case["stop_min_delta"], case["stop_patience"], mode=mode,
                                       baseline=case["baseline"], restore_best_weights=True)

    def set_value(variable, value):
        reduce.model.optimizer.lr = np.float32(value)

    callbacks.K.set_value = set_value
    return drive(case, reduce, checkpoint, stopping, False, "lr")


def main():
    rng = random.Random(20181003)
    old = load_keras2(sys.argv[1]) if len(sys.argv) > 1 else None
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "decisions.jsonl"), "w") as out:
        for _ in range(200):
            case = settings(rng)
            case = {"values": history(rng, case["min_delta"]), **case}
            case["start"] = "worst" if not all(map(math.isfinite, case["values"])) else "none"
            case["keras3"] = keras3(case)
            if old:
                case["keras2"] = keras2(old, case)
            out.write(json.dumps(case) + "\n")


if __name__ == "__main__":
    main()
