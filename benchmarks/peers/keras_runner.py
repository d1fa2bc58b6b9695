"""Keras' side of a race, on TensorFlow: keras_runner.py THREADS WORK... (see Work.java)."""
import os
import resource
import sys
import time

threads, work = int(sys.argv[1]), sys.argv[2:]
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import numpy as np
import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)

import keras
from keras import layers

keras.utils.set_random_seed(1)


def seed_network(height, width):
    network = keras.Sequential([keras.Input((height, width, 3))])
    for filters, rate in [(32, .5), (32, .6), (32, .6), (64, .6), (64, .6), (64, .6), (128, .6)]:
        for layer in [layers.Conv2D(filters, 7, padding="same"), layers.Conv2D(filters, 7, padding="same"),
                      layers.ReLU(), layers.MaxPooling2D(2), layers.Dropout(rate)]:
            network.add(layer)
    for layer in [layers.Flatten(), layers.Dense(512, activation="relu"), layers.Dense(512, activation="relu"),
                  layers.Dense(1, activation="sigmoid")]:
        network.add(layer)
    return network


def uniform(shape):
    return np.random.uniform(-1, 1, shape).astype("float32")


class Train:
    def __init__(self, batch, height, width):
        self.shape = batch, height, width, 3
        self.model = seed_network(height, width)
        self.model.compile(keras.optimizers.Adam(3e-5), "binary_crossentropy")

    def prepare(self):
        self.x = uniform(self.shape)
        self.targets = np.random.randint(0, 2, (self.shape[0], 1)).astype("float32")

    def run(self):
        self.model.train_on_batch(self.x, self.targets)


class Predict:
    def __init__(self, batch, height, width):
        self.shape = batch, height, width, 3
        self.model = seed_network(height, width)
        self.function = tf.function(lambda x: self.model(x, training=False))

    def prepare(self):
        self.x = tf.constant(uniform(self.shape))

    def run(self):
        self.function(self.x)


class Convolution:
    def __init__(self, batch, height, width, inputs, outputs, kernel, stride):
        self.shape = batch, height, width, inputs
        self.kernel = tf.constant(uniform((kernel, kernel, inputs, outputs)))
        self.bias = tf.constant(uniform((outputs,)))
        self.stride = stride
        self.function = tf.function(
            lambda x: tf.nn.bias_add(tf.nn.conv2d(x, self.kernel, stride, "SAME"), self.bias))

    def prepare(self):
        self.x = tf.constant(uniform(self.shape))

    def run(self):
        return np.asarray(self.function(self.x)[0, 0, 0])


class Gradients(Convolution):
    def __init__(self, *sizes):
        super().__init__(*sizes)

        def gradients(x, dy):
            strides = [1, self.stride, self.stride, 1]
            return (tf.raw_ops.Conv2DBackpropInput(input_sizes=self.shape, filter=self.kernel, out_backprop=dy,
                                                   strides=strides, padding="SAME"),
                    tf.raw_ops.Conv2DBackpropFilter(input=x, filter_sizes=self.kernel.shape, out_backprop=dy,
                                                    strides=strides, padding="SAME"))

        self.both = tf.function(gradients)

    def prepare(self):
        super().prepare()
        self.dy = tf.constant(uniform(self.function(self.x).shape))

    def run(self):
        self.both(self.x, self.dy)[1].numpy()


class Depthwise:
    def __init__(self, batch, height, width, channels, kernel):
        self.shape = batch, height, width, channels
        self.kernel = tf.constant(uniform((kernel, kernel, channels, 1)))
        self.bias = tf.constant(uniform((channels,)))
        self.function = tf.function(
            lambda x: tf.nn.bias_add(tf.nn.depthwise_conv2d(x, self.kernel, [1, 1, 1, 1], "SAME"), self.bias))

    def prepare(self):
        self.x = tf.constant(uniform(self.shape))

    def run(self):
        return np.asarray(self.function(self.x)[0, 0, 0])


class Product:
    def __init__(self, rows, inner, columns):
        self.shape = rows, inner
        self.b = tf.constant(uniform((inner, columns)))

    def prepare(self):
        self.a = tf.constant(uniform(self.shape))

    def run(self):
        np.asarray(tf.matmul(self.a, self.b)[0])


class Dense:
    def __init__(self, batch, inputs, outputs):
        self.shape = batch, inputs
        kernel, bias = tf.constant(uniform((inputs, outputs))), tf.constant(uniform((outputs,)))

        def step(x):
            with tf.GradientTape() as tape:
                for t in (x, kernel, bias):
                    tape.watch(t)
                total = tf.reduce_sum(tf.nn.bias_add(x @ kernel, bias))
            return tape.gradient(total, [x, kernel, bias])

        self.step = tf.function(step)

    def prepare(self):
        self.x = tf.constant(uniform(self.shape))

    def run(self):
        for _ in range(100):
            self.step(self.x)[1].numpy()


def task(words):
    numbers = [int(word) for word in words if word.isdigit()]
    if words[0] == "train":
        return Train(*numbers)
    if words[0] == "predict":
        return Predict(*numbers)
    if words[0] == "convolution":
        return (Gradients if words[1] == "gradients" else Convolution)(*numbers)
    if words[0] == "depthwise" and words[1] == "forward":
        return Depthwise(*numbers)
    if words[0] == "product":
        return Product(*numbers)
    if words[0] == "dense":
        return Dense(*numbers)
    raise SystemExit("no such work: " + " ".join(words))


runner = task(work)
runner.prepare()
runner.run()
print("ready Keras", keras.__version__, "on TensorFlow", tf.__version__, flush=True)
for line in sys.stdin:
    if line.strip() == "step":
        runner.prepare()
        start = time.perf_counter()
        runner.run()
        print("seconds %.9f" % (time.perf_counter() - start), flush=True)
    elif line.strip() == "memory":
        print("megabytes %.1f" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6), flush=True)
