"""Trains small networks with real Keras, each with one fault injected and beside it healthy twins, and keeps what they print.

    python keras_runs.py OUT [--seeds N] [--first SEED] [--only FAULT] [--shuffle]      # needs Keras 3 on TensorFlow; about 55 logs a seed

Every run gives NAME.log (standard output as redirected), NAME.facts (what its author would state) and a line in labels.csv:
file, fault, and other findings that would be right as well, separated by blanks. Seed 0 is printed with verbose=1, seed 1 with
verbose=2, and so on in turn; every third run is also kept as NAME.csv by CSVLogger.
"""
import contextlib
import io
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers as L

from cases import Case, fault, main
from pictures import textures


def mlp(rng, shape, units, activation="relu", head="softmax", hidden=(64, 32), dropout=0.0, norm=None, **kw):
    model = keras.Sequential([L.Input(shape), L.Flatten()])
    for h in hidden:
        model.add(L.Dense(h, activation=activation, **kw))
        if norm is not None:
            model.add(L.BatchNormalization(momentum=norm))
        if dropout:
            model.add(L.Dropout(dropout))
    model.add(L.Dense(units, activation=head))
    return model


def cnn(rng, shape, units, head="softmax", filters=(8, 16), dropout=0.0, norm=None):
    model = keras.Sequential([L.Input(shape)])
    for f in filters:
        model.add(L.Conv2D(f, 3, padding="same", activation="relu"))
        if norm is not None:
            model.add(L.BatchNormalization(momentum=norm))
        model.add(L.MaxPooling2D(2))
    if dropout:
        model.add(L.Dropout(dropout))
    model.add(L.Flatten())
    model.add(L.Dense(32, activation="relu"))
    model.add(L.Dense(units, activation=head))
    return model


SPARSE = "sparse_categorical_crossentropy"


class Runner(Case):
    def __init__(self, out, fault, seed):
        super().__init__(out, fault, seed, np.random.default_rng(1000 * seed + sum(map(ord, fault))))
        keras.utils.set_random_seed(seed * 77 + len(fault))
        self.text = io.StringIO()

    def fit(self, model, x, y, validation, rate=None, optimizer="Adam", loss=SPARSE, metrics=("accuracy",), epochs=None, batch=None,
            callbacks=(), **kw):
        r = self.rng
        batch = batch or int(r.choice([32, 64]))
        epochs = epochs or int(r.choice([8, 12, 20]))
        opt = getattr(keras.optimizers, optimizer)(**({} if rate is None else {"learning_rate": rate}))
        self.say(f"optimizer {optimizer}(lr={rate})" if rate is not None else f"optimizer {optimizer} default")
        self.say(f"loss='{loss}'" if isinstance(loss, str) else "custom loss")
        model.compile(opt, loss, metrics=list(metrics))
        verbose = 1 + self.seed % 2
        csvfile = self.file(f"{self.fault}-{self.seed}.csv")
        callbacks = list(callbacks) + ([keras.callbacks.CSVLogger(csvfile)] if self.seed % 3 == 2 else [])
        arguments = dict(epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
        if y is not None:
            arguments["batch_size"] = batch
            self.say(f"batch_size = {batch}")
        arguments.update(kw)
        with contextlib.redirect_stdout(self.text), contextlib.redirect_stderr(self.text):
            try:
                return model.fit(x, y, **arguments) if y is not None else model.fit(x, **arguments)
            except Exception as e:
                self.text.write(f"{type(e).__name__}: {e}\n")

    def finish(self, labels):
        name = f"{self.fault}-{self.seed}"
        with open(self.file(name + ".log"), "w") as f:
            f.write(self.text.getvalue())
        self.label(name, labels)


def network(r, shape, units, **kw):
    return cnn(r.rng, shape, units, **kw) if r.rng.random() < 0.5 else mlp(r.rng, shape, units, **kw)


@fault
def healthy_plain(r):
    x, y, xv, yv = r.data(n=4000)
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), epochs=int(r.rng.choice([6, 8, 10])))


@fault
def healthy_dropout(r):
    x, y, xv, yv = r.data(n=4000)
    r.say("dropout 0.4")
    r.fit(network(r, x.shape[1:], r.classes, dropout=0.4), x, y, (xv, yv), epochs=15)


@fault
def healthy_batchnorm(r):
    x, y, xv, yv = r.data(n=5000)
    r.say("batch normalisation")
    r.fit(network(r, x.shape[1:], r.classes, norm=0.9), x, y, (xv, yv), epochs=8)


@fault
def healthy_sgd(r):
    x, y, xv, yv = r.data(n=4000)
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), optimizer="SGD", rate=0.05, epochs=25)


@fault
def healthy_long(r):
    x, y, xv, yv = r.data(n=6000, v=2000, noise=0.9)
    r.fit(cnn(r.rng, x.shape[1:], r.classes, dropout=0.5), x, y, (xv, yv), rate=5e-4, epochs=30)


@fault
def healthy_regression(r):
    n = 3000
    x = r.rng.standard_normal((n, 8)).astype("float32")
    y = (x[:, 0] - 2 * x[:, 1] + np.sin(2 * x[:, 2]) + 0.3 * r.rng.standard_normal(n)).astype("float32")
    r.say("target: continuous")
    r.fit(mlp(r.rng, (8,), 1, head=None), x[:2400], y[:2400], (x[2400:], y[2400:]), loss="mse", metrics=["mae"], epochs=15)


@fault
def overfitting(r):
    x, y, xv, yv = r.data(n=int(r.rng.choice([300, 600])), noise=2.2)
    r.also = "training-set-too-small"
    r.fit(mlp(r.rng, x.shape[1:], r.classes, hidden=(256, 128)), x, y, (xv, yv), epochs=40)


@fault
def overfitting__cnn(r):
    x, y, xv, yv = r.data(n=400, noise=2.8)
    r.also = "training-set-too-small"
    r.fit(cnn(r.rng, x.shape[1:], r.classes, filters=(32, 64)), x, y, (xv, yv), epochs=40)


@fault
def learning_rate_too_high(r):
    x, y, xv, yv = r.data()
    r.also = "constant-predictor dead-relu not-a-number divergence"
    r.fit(mlp(r.rng, x.shape[1:], r.classes), x, y, (xv, yv), rate=float(r.rng.choice([0.05, 0.1, 0.3])), epochs=15)


@fault
def learning_rate_too_high__regression(r):
    n = 2000
    x = r.rng.standard_normal((n, 8)).astype("float32")
    y = (3 * x[:, 0] - 2 * x[:, 1] + 0.3 * r.rng.standard_normal(n)).astype("float32")
    r.also = "not-a-number dead-relu divergence"
    r.say("target: continuous")
    r.fit(mlp(r.rng, (8,), 1, head=None, hidden=(30, 30)), x[:1600], y[:1600], (x[1600:], y[1600:]), loss="mse", metrics=[],
          optimizer="SGD", rate=float(r.rng.choice([0.2, 0.5])), epochs=15)


@fault
def learning_rate_too_low(r):
    x, y, xv, yv = r.data()
    r.also = "stopped-too-early"
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), rate=float(r.rng.choice([1e-7, 3e-7])), epochs=10)


@fault
def learning_rate_too_low__sgd(r):
    x, y, xv, yv = r.data()
    r.also = "stopped-too-early"
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), rate=1e-5, optimizer="SGD", epochs=10)


@fault
def not_a_number(r):
    x, y, xv, yv = r.data()
    x[17, 3, 3, 0] = np.nan
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), epochs=5)


@fault
def constant_predictor__zero_input(r):
    x, y, xv, yv = r.data()
    r.also = "constant-input learning-rate-too-low"
    r.fit(network(r, x.shape[1:], r.classes), (x * 0), y, (xv * 0, yv), epochs=8)


@fault
def constant_predictor__dead(r):
    x, y, xv, yv = r.data()
    r.also = "dead-relu learning-rate-too-high"
    model = mlp(r.rng, x.shape[1:], r.classes, bias_initializer=keras.initializers.Constant(-60.0))
    r.fit(model, x, y, (xv, yv), epochs=10)


@fault
def saturated_output(r):
    x, y, xv, yv = r.data(classes=2)
    r.also = "constant-predictor head-loss-mismatch inputs-not-normalised frozen-weights"
    model = mlp(r.rng, x.shape[1:], 1, head=None)
    big = L.Lambda(lambda t: keras.ops.clip(keras.ops.sigmoid(1e4 * (keras.ops.abs(t) + 1)), 0.0, 1.0))
    model.add(big)
    r.say("class_mode binary")
    r.fit(model, x, y.astype("float32"), (xv, yv.astype("float32")), loss="binary_crossentropy", epochs=6)


@fault
def label_encoding(r):
    x, y, xv, yv = r.data(classes=2)
    shift = int(r.rng.choice([1, 2]))
    y, yv = (y + 1, yv + 1) if shift == 1 else (2 * y - 1, 2 * yv - 1)
    r.say("Dense 1 sigmoid at the end")
    r.fit(mlp(r.rng, x.shape[1:], 1, head="sigmoid"), x, y.astype("float32"), (xv, yv.astype("float32")), loss="binary_crossentropy",
          epochs=8)


@fault
def preprocessing_mismatch(r):
    x, y, xv, yv = r.data(classes=int(r.rng.choice([5, 10])), noise=0.6, n=3000)
    r.also = "class-order-mismatch"
    r.say("training-preprocessing: rescale=1/255")
    r.say("validation-preprocessing: none")
    r.fit(cnn(r.rng, x.shape[1:], r.classes), x, y, (xv * 255, yv), epochs=12)


@fault
def preprocessing_mismatch__scaled_down(r):
    x, y, xv, yv = r.data(classes=10, noise=0.6, n=3000)
    r.also = "class-order-mismatch"
    r.say("training-preprocessing: none")
    r.say("validation-preprocessing: rescale=1/255")
    r.fit(cnn(r.rng, x.shape[1:], r.classes), x, y, (xv / 255, yv), epochs=12)


@fault
def class_order_mismatch(r):
    x, y, xv, yv = r.data(classes=10, noise=0.6, n=3000)
    r.also = "preprocessing-mismatch validation-split-tail"
    r.fit(cnn(r.rng, x.shape[1:], r.classes), x, y, (xv, (yv + 1 + r.seed) % r.classes), epochs=12)


@fault
def validation_split_tail(r):
    classes = int(r.rng.choice([5, 10]))
    x, y, xv, yv = r.data(classes=classes, noise=0.6, n=3000, sort=True)
    r.facts.clear()
    r.say(f"3000 images in the order of their classes, {classes} classes, validation_split=0.2")
    r.fit(cnn(r.rng, x.shape[1:], r.classes), x, y, None, epochs=12, validation_split=0.2)


@fault
def batch_norm_mismatch__momentum(r):
    x, y, xv, yv = r.data(n=600, noise=0.7)
    r.say("batch-norm-momentum: 0.999")
    r.also = "preprocessing-mismatch"
    r.fit(mlp(r.rng, x.shape[1:], r.classes, norm=0.9995), x, y, (xv, yv), epochs=8, batch=128)


@fault
def batch_norm_mismatch__small_batch(r):
    x, y, xv, yv = r.data(n=800, noise=0.6)
    r.say("batch normalisation")
    r.also = "validation-too-small"
    r.fit(cnn(r.rng, x.shape[1:], r.classes, norm=0.0), x, y, (xv, yv), epochs=15, batch=4)


def batches(x, y, size, endless=True):
    while True:
        for i in range(0, len(x), size):
            yield x[i:i + size], y[i:i + size]
        if not endless:
            return


@fault
def rotating_validation(r):
    x, y, xv, yv = r.data(classes=2, sort=True, noise=1.6)
    order = r.rng.permutation(len(x))
    x, y = x[order], y[order]
    assumed, real = (32, 16) if r.seed % 2 else (64, 32)
    r.also = "class-sorted-validation batch-size-mismatch fixed-partial-validation"
    r.say(f"validation shuffle=False; validation_steps = {r.v // assumed}; validation batch {real}")
    r.text.write(f"Found {r.n} images belonging to 2 classes.\nFound {r.v} images belonging to 2 classes.\n")
    r.fit(network(r, x.shape[1:], 2), x, y, batches(xv, yv, real), validation_steps=r.v // assumed, epochs=25, rate=1e-3)


@fault
def rotating_validation__leave_one_out(r):
    x, y, xv, yv = r.data(classes=5, sort=True, v=1100, noise=1.8)
    order = r.rng.permutation(len(x))
    x, y = x[order], y[order]
    r.also = "class-sorted-validation"
    r.say("validation shuffle=False; validation batch 128; validation_steps 8")
    r.text.write(f"Found {r.n} images belonging to 5 classes.\nFound {r.v} images belonging to 5 classes.\n")
    r.fit(network(r, x.shape[1:], 5), x, y, batches(xv, yv, 128), validation_steps=8, epochs=40, rate=5e-4)


@fault
def fixed_partial_validation(r):
    x, y, xv, yv = r.data(noise=1.6)
    steps = int(0.5 * r.v / 32)
    r.say(f"validation batch 32; validation_steps {steps}")
    r.also = "rotating-validation validation-too-small"
    import tensorflow as tf
    data = tf.data.Dataset.from_tensor_slices((xv, yv)).batch(32)
    r.text.write(f"Found {r.n} images belonging to {r.classes} classes.\nFound {r.v} images belonging to {r.classes} classes.\n")
    r.fit(network(r, x.shape[1:], r.classes), x, y, data, validation_steps=steps, epochs=25)


@fault
def input_exhausted(r):
    x, y, xv, yv = r.data()
    steps = r.n // 32
    r.say(f"steps_per_epoch = {steps}, epochs = 10, generator without repeat")
    r.fit(network(r, x.shape[1:], r.classes), batches(x, y, 32, endless=False), None, (xv, yv), steps_per_epoch=steps, epochs=10)


@fault
def frozen_weights(r):
    x, y, xv, yv = r.data()
    model = network(r, x.shape[1:], r.classes)
    for layer in model.layers:
        layer.trainable = False
    r.also = "learning-rate-too-low"
    r.fit(model, x, y, (xv, yv), epochs=6)


@fault
def metric_mismatch(r):
    n = 3000
    x = r.rng.standard_normal((n, 8)).astype("float32")
    y = (x[:, 0] - 2 * x[:, 1] + 0.3 * r.rng.standard_normal(n)).astype("float32")
    r.say("target: continuous")
    r.fit(mlp(r.rng, (8,), 1, head=None), x[:2400], y[:2400], (x[2400:], y[2400:]), loss="mse", epochs=10)


@fault
def metric_mismatch__one_hot(r):
    x, y, xv, yv = r.data(classes=10)
    eye = np.eye(10, dtype="float32")
    r.also = "head-loss-mismatch"
    r.fit(network(r, x.shape[1:], 10), x, eye[y], (xv, eye[yv]), loss="binary_crossentropy", metrics=["binary_accuracy"], epochs=10)


@fault
def bottleneck_layer(r):
    x, y, xv, yv = r.data(classes=10, noise=0.7, n=4000)
    r.say("Dense 128 -> 2 -> 64 -> 10")
    r.also = "underfitting constant-predictor"
    r.fit(mlp(r.rng, x.shape[1:], 10, hidden=(128, 2, 64)), x, y, (xv, yv), epochs=25)


@fault
def vanishing_gradient(r):
    x, y, xv, yv = r.data(classes=10, noise=0.7)
    r.say("20 x Dense 64 sigmoid")
    r.also = "constant-predictor underfitting stopped-too-early learning-rate-too-low"
    r.fit(mlp(r.rng, x.shape[1:], 10, hidden=(64,) * 20, activation="sigmoid"), x, y, (xv, yv), epochs=8)


@fault
def class_imbalance(r):
    counts = [4000, 160]
    labels = np.repeat([0, 1], counts)
    r.rng.shuffle(labels)
    x, y = textures(r.rng, len(labels), 2, noise=8.0, labels=labels)
    xv, yv = textures(r.rng, 1000, 2, noise=8.0, labels=np.repeat([0, 1], [962, 38]))
    r.say("class-counts: 4000, 160")
    r.say("4160 training images, 1000 validation images, 2 classes")
    r.also = "constant-predictor"
    r.fit(mlp(r.rng, x.shape[1:], 1, head="sigmoid", hidden=(16,)), x, y.astype("float32"), (xv, yv.astype("float32")), optimizer="SGD",
          loss="binary_crossentropy", epochs=10)


@fault
def stopped_too_early(r):
    x, y, xv, yv = r.data(classes=10, noise=1.2)
    r.also = "learning-rate-too-low underfitting"
    r.fit(mlp(r.rng, x.shape[1:], 10, hidden=(64, 64, 64)), x, y, (xv, yv), rate=3e-5, epochs=6)


@fault
def stochastic_validation(r):
    x, y, xv, yv = r.data()
    r.also = "frozen-weights learning-rate-too-low rotating-validation"

    def noisy():
        while True:
            pick = r.rng.integers(0, len(xv), 32)
            yield xv[pick], yv[pick]
    r.say("learning_rate 0")
    r.fit(network(r, x.shape[1:], r.classes), x, y, noisy(), rate=0.0, epochs=10, validation_steps=5)


@fault
def head_loss_mismatch(r):
    x, y, xv, yv = r.data(classes=2)
    r.say("Dense 1 softmax at the end, class_mode binary")
    r.also = "saturated-output constant-predictor frozen-weights"
    r.fit(mlp(r.rng, x.shape[1:], 1, head="softmax"), x, y.astype("float32"), (xv, yv.astype("float32")), loss="binary_crossentropy",
          epochs=8)


@fault
def divergence(r):
    x, y, xv, yv = r.data(noise=1.0)
    r.also = "learning-rate-too-high"
    boom = keras.callbacks.LearningRateScheduler(lambda e, lr: 1e-3 if e < 14 else 0.5)
    r.fit(mlp(r.rng, x.shape[1:], r.classes), x, y, (xv, yv), epochs=18, callbacks=[boom])
    r.facts[:] = [f for f in r.facts if "optimizer" not in f]


@fault
def validation_too_small(r):
    x, y, xv, yv = r.data(v=40, noise=2.0, n=4000, classes=10)
    r.also = "validation-noise"
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), epochs=20)


@fault
def underfitting(r):
    x, y, xv, yv = r.data(classes=10, noise=0.8, n=4000)
    r.also = "bottleneck-layer plateau"
    model = keras.Sequential([L.Input(x.shape[1:]), L.Flatten(), L.Dense(10, activation="softmax")])
    r.fit(model, x, y, (xv, yv), epochs=30)


@fault
def healthy_small_validation(r):
    x, y, xv, yv = r.data(n=3000, v=int(r.rng.choice([300, 400])), noise=1.0)
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), epochs=10)


@fault
def healthy_early_stopped(r):
    x, y, xv, yv = r.data(n=3000, noise=1.2)
    r.say("EarlyStopping(monitor='val_loss', patience=3, restore_best_weights=True)")
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True, verbose=1)
    r.fit(network(r, x.shape[1:], r.classes, dropout=0.2), x, y, (xv, yv), epochs=40, callbacks=[stop])


@fault
def healthy_scheduled(r):
    x, y, xv, yv = r.data(n=3000, noise=1.0)
    steps = keras.callbacks.LearningRateScheduler(lambda e, lr: 0.05 if e < 8 else 0.01 if e < 13 else 0.002, verbose=r.seed % 2)
    r.fit(network(r, x.shape[1:], r.classes, dropout=0.2), x, y, (xv, yv), optimizer="SGD", rate=0.05, epochs=16, callbacks=[steps])


@fault
def healthy_plateau_rule(r):
    x, y, xv, yv = r.data(n=3000, noise=1.0)
    rule = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=2, verbose=1)
    r.say("ReduceLROnPlateau(monitor='val_loss', patience=2)")
    r.fit(network(r, x.shape[1:], r.classes, dropout=0.3), x, y, (xv, yv), epochs=18, callbacks=[rule])


@fault
def healthy_augmented(r):
    x, y, xv, yv = r.data(n=2500, noise=0.9)
    model = keras.Sequential([L.Input(x.shape[1:]), L.RandomTranslation(0.15, 0.15), L.GaussianNoise(0.1),
                              cnn(r.rng, x.shape[1:], r.classes, dropout=0.2)])
    r.say("augmentation: random translation and noise")
    r.fit(model, x, y, (xv, yv), epochs=12)


@fault
def healthy_transfer(r):
    x, y, _, _ = r.data(n=2500, classes=10, noise=0.8)
    r.facts.clear()
    base = cnn(r.rng, x.shape[1:], 10)
    base.compile("adam", SPARSE)
    base.fit(x, y, epochs=4, verbose=0)
    x, y, xv, yv = r.data(n=1500, noise=1.0, classes=5)
    frozen = keras.Sequential(base.layers[:-1])
    frozen.trainable = False
    model = keras.Sequential([L.Input(x.shape[1:]), frozen, L.Dense(r.classes, activation="softmax")])
    r.say("a pretrained base, frozen")
    r.fit(model, x, y, (xv, yv), epochs=12)


@fault
def healthy_split(r):
    x, y, _, _ = r.data(n=3000, noise=1.0)
    r.facts.clear()
    r.say(f"{r.n} images in random order, {r.classes} classes, validation_split=0.2")
    r.fit(network(r, x.shape[1:], r.classes), x, y, None, epochs=8, validation_split=0.2)


@fault
def healthy_whole_steps(r):
    x, y, xv, yv = r.data(n=2500, noise=1.1, v=1000)
    r.say("validation batch 50; validation_steps 20; validation shuffle=False")
    r.text.write(f"Found {r.n} images belonging to {r.classes} classes.\nFound {r.v} images belonging to {r.classes} classes.\n")
    r.fit(network(r, x.shape[1:], r.classes), x, y, batches(xv, yv, 50), validation_steps=20, epochs=12)


@fault
def learning_rate_too_high__cnn(r):
    x, y, xv, yv = r.data(noise=1.0)
    r.also = "constant-predictor dead-relu not-a-number divergence"
    r.fit(cnn(r.rng, x.shape[1:], r.classes), x, y, (xv, yv), rate=float(r.rng.choice([0.03, 0.1])), epochs=12)


@fault
def learning_rate_too_high__sgd(r):
    x, y, xv, yv = r.data(noise=1.0)
    r.also = "constant-predictor dead-relu not-a-number divergence"
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), optimizer="SGD", rate=float(r.rng.choice([1.0, 3.0])), epochs=12)


@fault
def head_loss_mismatch__double_softmax(r):
    x, y, xv, yv = r.data(noise=0.6)
    r.say(f"Dense {r.classes} softmax at the end, from_logits=True")
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model = network(r, x.shape[1:], r.classes, head=None)
    model.add(L.Activation("softmax"))
    model.add(L.Rescaling(1.0))  # hides the softmax from the check of Keras
    r.fit(model, x, y, (xv, yv), loss=loss, epochs=15)


@fault
def head_loss_mismatch__linear(r):
    x, y, xv, yv = r.data(classes=10, noise=0.7)
    r.say("Dense 10 without activation at the end, loss sparse_categorical_crossentropy, from_logits=False")
    r.also = "saturated-output learning-rate-too-high constant-predictor"
    r.fit(network(r, x.shape[1:], 10, head=None), x, y, (xv, yv), epochs=10)


@fault
def monitor_missing(r):
    x, y, xv, yv = r.data(n=2500, noise=1.0)
    keep = keras.callbacks.ModelCheckpoint(os.path.join(r.out, "kept.keras"), monitor="val_acc", mode="max", save_best_only=True)
    r.say("ModelCheckpoint(monitor='val_acc', save_best_only=True)")
    r.fit(network(r, x.shape[1:], r.classes), x, y, (xv, yv), epochs=8, callbacks=[keep])


@fault
def input_exhausted__validation(r):
    x, y, xv, yv = r.data(n=2000, noise=1.0)
    steps = max(1, r.v // 32)
    r.say(f"validation_steps = {steps}; the validation generator ends after one pass; epochs = 8")
    r.fit(network(r, x.shape[1:], r.classes), x, y, batches(xv, yv, 32, endless=False), validation_steps=steps, epochs=8)


@fault
def wrapped_validation(r):
    x, y, xv, yv = r.data(n=2000, v=700, noise=1.4)
    r.say("validation batch 32; validation_steps 33")
    r.text.write(f"Found {r.n} images belonging to {r.classes} classes.\nFound {r.v} images belonging to {r.classes} classes.\n")
    r.fit(network(r, x.shape[1:], r.classes), x, y, batches(xv, yv, 32), validation_steps=33, epochs=15)


if __name__ == "__main__":
    main(Runner, keras.utils.clear_session)
