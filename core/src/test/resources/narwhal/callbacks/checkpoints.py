"""Makes checkpoints.jsonl: when real Keras 3 saves on 200 generated histories with steps within epochs, and when it stops
without putting weights back.

    python checkpoints.py

What decisions.py leaves as it usually is varies here: saving every so many steps, saving also what is not best, a
threshold for the first value, early stopping without restoring. Each line holds the losses of all steps, the settings,
the files saved, the epoch that stopped, and the epoch whose weights were put back (always none).

Keras finds out the direction of the monitor at the end of the first epoch and fails where a checkpoint needs it before;
here it is found out at once.
"""

import json
import os
import random

from decisions import StubModel
from keras import callbacks


def settings(rng):
    return {
        "save_freq": rng.choice(["epoch", 1, 2, 3, 4, 5, 7, 11]),
        "save_best_only": rng.random() < 0.6,
        "threshold": rng.choice([None, None, 0.5, 0.9]),
        "patience": rng.choice([0, 1, 2]),
        "min_delta": rng.choice([0.0, 0.001, 0.05]),
        "baseline": rng.choice([None, 0.4, 0.8]),
        "start_from_epoch": rng.choice([0, 1, 3]),
    }


def history(rng):
    value, steps = rng.uniform(0.4, 1.2), rng.randint(1, 7)
    epochs = []
    for _ in range(rng.randint(3, 12)):
        losses = []
        for _ in range(steps):
            value = abs(value + rng.gauss(-0.01, 0.06))
            losses.append(round(value, rng.choice([1, 2, 4])))
        epochs.append({"losses": losses, "val_loss": round(abs(value + rng.gauss(0, 0.1)), 3)})
    return epochs


def run(case):
    by_step = case["save_freq"] != "epoch"
    monitor = "loss" if by_step else "val_loss"
    template = "m-{epoch:02d}-{batch:03d}-{loss:.4f}.keras" if by_step else "m-{epoch:02d}-{val_loss:.3f}.keras"
    checkpoint = callbacks.ModelCheckpoint(template, monitor, save_best_only=case["save_best_only"], mode="min",
                                           save_freq=case["save_freq"], initial_value_threshold=case["threshold"])
    stopping = callbacks.EarlyStopping("val_loss", case["min_delta"], case["patience"], mode="min",
                                       baseline=case["baseline"], restore_best_weights=False,
                                       start_from_epoch=case["start_from_epoch"])
    model, stopper = StubModel(0.1, monitor), StubModel(0.1, monitor)
    checkpoint.set_model(model)
    stopping.set_model(stopper)
    checkpoint._set_monitor_op()
    checkpoint.on_train_begin()
    stopping.on_train_begin()
    stopped = None
    for epoch, values in enumerate(case["epochs"]):
        checkpoint.on_epoch_begin(epoch)
        for batch, loss in enumerate(values["losses"]):
            checkpoint.on_train_batch_end(batch, {"loss": loss})
        logs = {"loss": values["losses"][-1], "val_loss": values["val_loss"]}
        checkpoint.on_epoch_end(epoch, logs)
        if stopped is None:
            stopping.on_epoch_end(epoch, logs)
            stopped = epoch + 1 if stopper.stop_training else None
    stopping.on_train_end()
    return {"saved": model.saved, "stopped": stopped, "restored": stopper.restored}


def main():
    rng = random.Random(20260825)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "checkpoints.jsonl"), "w") as out:
        for _ in range(200):
            case = {"epochs": history(rng), **settings(rng)}
            out.write(json.dumps({**case, "keras": run(case)}) + "\n")


main()
