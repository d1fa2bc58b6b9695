"""Losses of each sample and their gradients."""
import golden
import keras
import numpy as np
import tensorflow as tf
from keras import losses

results = {}


def case(name, loss, classes, last=None, scale=3.0):
    """Targets are the classes 0, 1, 2, ... in turn; the predictions are `last` of numbers."""
    n = 6
    x = tf.constant(golden.numbers(3, (n, classes)) * np.float32(scale))
    label = np.arange(n) % max(classes, 2)
    target = label[:, None].astype("float32") if classes == 1 else np.eye(classes, dtype="float32")[label]
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = last(x) if last else x
        each = loss(target, y)
        total = tf.reduce_sum(each * golden.numbers(4, (n,)))
    results[name] = {
        "classes": classes,
        "scale": scale,
        "losses": golden.plain(each),
        "gradient": golden.plain(tape.gradient(total, x)),
    }


def main():
    sigmoid, softmax = keras.activations.sigmoid, keras.activations.softmax

    def of(cls, **arguments):
        return cls(reduction="none", **arguments)

    # Probabilities that do not come from a sigmoid are clipped.
    half = lambda x: x / 8 + 0.5  # noqa: E731
    case("binary", of(losses.BinaryCrossentropy), 1, sigmoid)
    case("binary saturated", of(losses.BinaryCrossentropy), 1, sigmoid, scale=200.0)
    case("binary probabilities", of(losses.BinaryCrossentropy), 1, half)
    case("binary logits", of(losses.BinaryCrossentropy, from_logits=True), 1)
    case("binary smooth", of(losses.BinaryCrossentropy, label_smoothing=0.1), 1, sigmoid)
    case("binary smooth logits", of(losses.BinaryCrossentropy, label_smoothing=0.3, from_logits=True), 1)
    case("categorical", of(losses.CategoricalCrossentropy), 4, softmax)
    case("categorical probabilities", of(losses.CategoricalCrossentropy), 4, half)
    case("categorical logits", of(losses.CategoricalCrossentropy, from_logits=True), 4)
    case("categorical smooth", of(losses.CategoricalCrossentropy, label_smoothing=0.2), 3, softmax)
    case("categorical smooth logits", of(losses.CategoricalCrossentropy, label_smoothing=0.2, from_logits=True), 3)
    case("squared", of(losses.MeanSquaredError), 3)
    case("squared one", of(losses.MeanSquaredError), 1, sigmoid)
    case("absolute", of(losses.MeanAbsoluteError), 3)
    golden.write("losses.json", results)


main()
