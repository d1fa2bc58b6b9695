"""Losses of 50 training steps from given weights on given batches, without chance.

The network is the seed's (pairs of 7x7 convolutions, ReLU, pooling; then three dense layers) on 128x128 pictures, with an
eighth of its filters and units so that the test is quick; and once in full for the slow test.

The comparison says something only where Keras agrees with itself. A pooling window whose two largest cells differ by less than
rounding sends its gradient to the one or to the other, by chance; where the pictures are alike for both classes, their gradients
nearly cancel and one such window moves what is left by several percent, in Keras as in Narwhal: halves of noise that were
brighter above or below made Keras with oneDNN and without end 50 steps a third apart. Bright against dark pictures
cancel nothing. So each training is done three times: with TensorFlow's own kernels, with those of oneDNN, which round
differently, and with weights that are moved by a ten-millionth of themselves, and the script says how far they come apart. (SGD at
0.01, which falls to 0.02 within 50 steps, comes apart by 4e-3 when it is shaken so, at 0.003 by a tenth: at 0.001 it does not reach the
steep part.) The full network has eight times as many windows, some of them as good as tied at
every step: there Keras comes apart from itself by more than a thousandth within 12 steps of SGD (within 4 of Adam at 3e-5, with
batches of 32), whoever computes it. What is kept of its losses ends where the two differ by a ten-thousandth.
"""
import json
import os
import subprocess
import sys

import golden

if "WITH_ONEDNN" in os.environ:
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"

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


def fill(model, shaken):
    """1.4 times Glorot's initializer: with his, signals fade on the way, since most of a kernel hangs over small pictures."""
    for i, variable in enumerate(model.weights):
        shape = tuple(variable.shape)
        if len(shape) == 1:
            variable.assign(np.zeros(shape, np.float32))
            continue
        receptive = int(np.prod(shape[:-2]))
        limit = 1.4 * np.sqrt(6 / (receptive * (shape[-2] + shape[-1])))
        weights = golden.numbers(10 + i, shape) * limit
        if shaken:
            weights = weights * (1 + 1e-7 * golden.numbers(50 + i, shape))
        variable.assign(weights.astype(np.float32))


def batch(step, size, side):
    """Noise, bright for class 1 and dark for class 0."""
    label = (np.arange(size) + step) % 2
    x = golden.numbers(1000 + step, (size, side, side, 3)) * np.float32(0.5) + np.float32(0.5)
    x[label == 0] *= np.float32(0.125)
    return x, label[:, None].astype("float32")


def train(shaken, filters, units, side, size, optimizer, steps=50):
    model = network(filters, units, side)
    fill(model, shaken)
    model.compile(optimizer, "binary_crossentropy")
    losses = []
    for step in range(steps):
        model.reset_metrics()  # otherwise it gives the mean of all steps
        losses.append(float(model.train_on_batch(*batch(step, size, side))))
    return losses


def losses(shaken):
    small = (shaken, [4, 4, 4, 8, 8, 8, 16], [32, 32], 128, 16)
    return {
        "adam": train(*small, keras.optimizers.Adam(1e-4)),
        "adam of the seed": train(*small, keras.optimizers.Adam(3e-5)),
        "sgd": train(*small, keras.optimizers.SGD(0.001, momentum=0.9)),
        "rmsprop": train(*small, keras.optimizers.RMSprop(3e-5)),
        "full": train(shaken, [32, 32, 32, 64, 64, 64, 128], [512, 512], 128, 16, keras.optimizers.SGD(0.001, momentum=0.9), 20),
    }


def apart(name, ours, others):
    worst = max(abs(a / b - 1) for a, b in zip(ours, others))
    print("%s: %.7f to %.7f, Keras from itself %.1e" % (name, ours[0], ours[-1], worst))
    return worst


def agreed(ours, others):
    """The losses before the first that is a ten-thousandth apart."""
    return [a for n, a in enumerate(ours) if all(abs(x / y - 1) < 1e-4 for x, y in zip(ours[:n + 1], others))]


def main():
    if "--print" in sys.argv:
        print(json.dumps(losses(False)))
        return
    # golden.py has switched oneDNN off for this process.
    again = subprocess.run([sys.executable, __file__, "--print"], env={**os.environ, "WITH_ONEDNN": "1"},
                           stdout=subprocess.PIPE, check=True)
    others = json.loads(again.stdout.splitlines()[-1])
    results = losses(False)
    shaken = losses(True)
    reached = {name: max(apart(name, results[name], one[name]) for one in (others, shaken)) for name in results}
    assert all(reached[name] < 1e-4 for name in results if name != "full"), reached
    results["full"] = agreed(agreed(results["full"], others["full"]), shaken["full"])
    print("full: the first %d steps are kept" % len(results["full"]))
    golden.write("training.json", results)


main()
