"""The peers' side of the picture pipeline: pipeline_runner.py generator|tf-data THREADS pipeline files|cache BATCH HEIGHT
WIDTH FOLDER. `generator` is Keras' ImageDataGenerator, `tf-data` is image_dataset_from_directory with Keras' augmentation
layers. A step is one batch; nothing is prepared ahead, since who is not in turn is idle."""
import os
import resource
import sys
import time

kind, threads, source = sys.argv[1], int(sys.argv[2]), sys.argv[4]
batch, height, width, folder = int(sys.argv[5]), int(sys.argv[6]), int(sys.argv[7]), sys.argv[8]
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)

import keras
import numpy as np
from keras import layers


def generator():
    from keras.src.legacy.preprocessing.image import ImageDataGenerator

    augment = ImageDataGenerator(rescale=1 / 255, shear_range=0.2, zoom_range=0.2)
    files = augment.flow_from_directory(folder, (height, width), batch_size=batch, class_mode="binary")
    if source == "files":
        return files
    plain = ImageDataGenerator().flow_from_directory(folder, (height, width), batch_size=files.samples,
                                                     class_mode="binary")
    return augment.flow(*next(plain), batch_size=batch)


def tf_data():
    pictures = keras.utils.image_dataset_from_directory(folder, image_size=(height, width), batch_size=None,
                                                        label_mode="binary", interpolation="nearest")
    if source == "cache":
        pictures = pictures.map(lambda x, y: (tf.cast(x, tf.uint8), y)).cache()
    zoom = layers.RandomZoom((-0.2, 0.2), (-0.2, 0.2), fill_mode="nearest")
    shear = layers.RandomShear(0.0035, 0.0, fill_mode="nearest")
    scale = layers.Rescaling(1 / 255)
    options = tf.data.Options()
    options.threading.private_threadpool_size = threads
    options.autotune.enabled = False
    return iter(pictures.repeat().batch(batch, num_parallel_calls=threads)
                .map(lambda x, y: (scale(shear(zoom(tf.cast(x, tf.float32), training=True), training=True)), y))
                .with_options(options))


batches = generator() if kind == "generator" else tf_data()
if kind == "tf-data" and source == "cache":
    for _ in range(10):
        next(batches)
next(batches)
print("ready Keras", keras.__version__, "on TensorFlow", tf.__version__, flush=True)
for line in sys.stdin:
    if line.strip() == "step":
        start = time.perf_counter()
        np.asarray(next(batches)[0])
        print("seconds %.9f" % (time.perf_counter() - start), flush=True)
    elif line.strip() == "memory":
        print("megabytes %.1f" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6), flush=True)
