"""Prints what CSVLogger of real Keras 3 writes, behind ReduceLROnPlateau, as Java strings; see CSVLoggerTest."""

import os
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402

ROWS = [
    {"loss": 0.6105, "accuracy": 0.6161, "val_loss": 0.2298, "val_accuracy": 0.9548},
    {"loss": 1e-05, "accuracy": 1.0, "val_loss": float("nan"), "val_accuracy": 0.0},
    {"loss": 1e16, "accuracy": 0.0001, "val_loss": float("inf"), "val_accuracy": 1 / 3},
    {"loss": 123456789.125, "accuracy": 0.1 + 0.2, "val_loss": -0.0, "val_accuracy": 2.5e-310},
]


def written(rows, separator, append, before=None, rate=True):
    path = os.path.join(tempfile.mkdtemp(), "log.csv")
    if before is not None:
        with open(path, "w", newline="") as file:
            file.write(before)
    model = keras.Sequential([keras.layers.Dense(1)])
    model.optimizer = keras.optimizers.SGD(3e-5)
    logger = keras.callbacks.CSVLogger(path, separator, append)
    reduce = keras.callbacks.ReduceLROnPlateau("loss", mode="min", patience=1, min_delta=0)
    for callback in (reduce, logger):
        callback.set_model(model)
        callback.on_train_begin()
    for epoch, row in enumerate(rows):
        logs = dict(row)
        for callback in (reduce, logger) if rate else (logger,):
            callback.on_epoch_end(epoch, logs)
    logger.on_train_end()
    with open(path, newline="") as file:
        return file.read()


print(keras.__version__)
print(repr(written(ROWS, ",", False)))
print(repr(written(ROWS[:1], ";", False)))
print(repr(written(ROWS[:1], ",", True, "epoch,loss\r\n0,1.0\r\n")))
print(repr(written(ROWS[:1], ",", True, "")))
print(repr(written([{"loss": 0.5, "my,metric": 2.0}], ",", False, rate=False)))
