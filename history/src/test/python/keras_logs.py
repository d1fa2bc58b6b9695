"""Makes the logs in src/test/resources/keras with real Keras, each with the truth beside it.

    python keras_logs.py OUT          # all variants; needs Keras 3 on TensorFlow

Every NAME.log is what a training run wrote to a redirected standard output or, for names with "terminal", to a pseudo terminal.
NAME.truth.json holds what Keras' own History recorded: {"runs": [{"epoch": [...], "history": {metric: [...]}}]}.
"""
import json
import os
import pty
import sys
import threading

VARIANTS = {
    # name: (arguments of fit, options)
    "bar": (dict(epochs=4, verbose=1), {}),
    "bar-terminal": (dict(epochs=4, verbose=1), {"terminal": True}),
    "lines": (dict(epochs=4, verbose=2), {}),
    "lines-terminal": (dict(epochs=3, verbose=2), {"terminal": True}),
    "callbacks": (dict(epochs=8, verbose=1), {"callbacks": True}),
    "callbacks-lines": (dict(epochs=8, verbose=2), {"callbacks": True}),
    "callbacks-terminal": (dict(epochs=8, verbose=1), {"callbacks": True, "terminal": True}),
    "validation-freq": (dict(epochs=6, verbose=1, validation_freq=2), {}),
    "no-validation": (dict(epochs=3, verbose=1), {"validation": False}),
    "two-fits": (dict(epochs=3, verbose=1), {"fits": 2}),
    "one-epoch-fits": (dict(epochs=1, verbose=1), {"fits": 5}),
    "initial-epoch": (dict(epochs=6, verbose=2, initial_epoch=3), {}),
    "ran-out": (dict(epochs=4, verbose=1, steps_per_epoch=6), {"generator": True}),
    "many-metrics": (dict(epochs=3, verbose=1), {"metrics": ["accuracy", "mse", "AUC"]}),
    "nan": (dict(epochs=3, verbose=1), {"rate": 1e30}),
    "exploded": (dict(epochs=3, verbose=1), {"regression": True, "rate": 3.0}),
    "evaluate": (dict(epochs=3, verbose=1), {"evaluate": True}),
    "summary": (dict(epochs=2, verbose=1), {"summary": True}),
    "printing": (dict(epochs=3, verbose=1), {"printing": True}),
    "missing-monitor": (dict(epochs=3, verbose=1), {"missing": True}),
}


def run(name, out):
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import keras
    import numpy as np

    keras.utils.set_random_seed(sum(map(ord, name)))
    arguments, options = VARIANTS[name]
    arguments = dict(arguments)
    x = np.random.rand(120, 8).astype("float32")
    y = (x[:, 0] + 0.3 * x[:, 1] > 0.65).astype("int32")
    xv, yv = x[80:], y[80:]
    x, y = x[:80], y[:80]
    regression = options.get("regression", False)
    model = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(6, activation="relu"),
                              keras.layers.Dense(1 if regression or "metrics" in options else 2,
                                                 activation=None if regression else "sigmoid" if "metrics" in options else "softmax")])
    rate = options.get("rate", 0.05)
    optimizer = keras.optimizers.SGD(rate) if "rate" in options else keras.optimizers.Adam(rate)
    loss = "mse" if regression else "binary_crossentropy" if "metrics" in options else "sparse_categorical_crossentropy"
    model.compile(optimizer, loss, metrics=[] if regression else options.get("metrics", ["accuracy"]))
    callbacks = []
    if options.get("callbacks"):
        callbacks = [keras.callbacks.ModelCheckpoint(os.path.join(out, "best.keras"), save_best_only=True, verbose=1),
                     keras.callbacks.ReduceLROnPlateau(patience=1, factor=0.5, verbose=1, min_delta=0.02),
                     keras.callbacks.EarlyStopping(patience=4, min_delta=0.2, restore_best_weights=True, verbose=1),
                     keras.callbacks.CSVLogger(os.path.join(out, name + ".csv"))]
    if options.get("missing"):
        callbacks = [keras.callbacks.EarlyStopping(monitor="val_acc", mode="max"), keras.callbacks.ReduceLROnPlateau(monitor="val_acc", mode="max")]
    if options.get("printing"):
        class Printing(keras.callbacks.Callback):
            def on_train_batch_end(self, batch, logs=None):
                print(logs["loss"], logs["accuracy"])

            def on_epoch_end(self, epoch, logs=None):
                print(" my own line after epoch", epoch)
        callbacks = [Printing()]
    if options.get("summary"):
        model.summary()
    fits = []
    data = dict(x=x, y=y, batch_size=10)
    if options.get("generator"):
        def batches():
            for _ in range(2):
                for k in range(0, 80, 10):
                    yield x[k:k + 10], y[k:k + 10]
        data = dict(x=batches())
    for _ in range(options.get("fits", 1)):
        history = model.fit(**data, callbacks=list(callbacks), **arguments,
                            validation_data=(xv, yv) if options.get("validation", True) else None)
        fits.append({"epoch": [e + 1 for e in history.epoch], "history": {k: [float(v) for v in values] for k, values in history.history.items()}})
    if options.get("evaluate"):
        model.evaluate(xv, yv)
        model.predict(xv)
    with open(os.path.join(out, name + ".truth.json"), "w") as f:
        json.dump({"runs": fits}, f)
    if name == "bar":
        with open(os.path.join(out, "history.json"), "w") as f:
            json.dump(history.history, f)
        with open(os.path.join(out, "history.py.txt"), "w") as f:
            f.write("print(history.history)\n" + str(history.history) + "\n")


def into(log, terminal, work):
    """Runs `work` with standard output and error going to a file, through a pseudo terminal if asked."""
    saved = os.dup(1), os.dup(2)
    sys.stdout.flush()
    sys.stderr.flush()
    reader = None
    if terminal:
        master, slave = pty.openpty()

        def copy():
            with open(log, "wb") as f:
                while True:
                    try:
                        data = os.read(master, 4096)
                    except OSError:
                        return
                    if not data:
                        return
                    f.write(data)
        reader = threading.Thread(target=copy)
        reader.start()
    else:
        slave = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(slave, 1)
    os.dup2(slave, 2)
    os.close(slave)
    try:
        work()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os.dup2(saved[0], 1)
        os.dup2(saved[1], 2)
    if reader:
        reader.join()
        os.close(master)


def main():
    out = os.path.abspath(sys.argv[1])
    os.makedirs(out, exist_ok=True)
    for name, (_, options) in VARIANTS.items():
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        log = os.path.join(out, name + ".log")
        into(log, options.get("terminal", False), lambda: run(name, out))
        text = open(log, "rb").read().replace((out + "/").encode(), b"").replace(sys.prefix.encode(), b"/usr")
        open(log, "wb").write(text)
        print(name, len(text), flush=True)
    best = os.path.join(out, "best.keras")
    if os.path.exists(best):
        os.remove(best)


if __name__ == "__main__":
    main()
