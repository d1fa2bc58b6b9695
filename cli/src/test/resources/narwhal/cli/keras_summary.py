"""Writes the golden tables of SummaryTableTest with real Keras 3: python keras_summary.py FOLDER"""
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
from keras import layers

folder = sys.argv[1]


def write(name, model, columns):
    os.environ["COLUMNS"] = str(columns)  # the table has min(88, columns - 4)
    lines = []
    model.summary(print_fn=lambda line, line_break=False: lines.append(line))
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write("\n".join(lines).rstrip("\n") + "\n")


seed = keras.Sequential()
seed.add(layers.Input((128, 128, 3)))
for filters, rate in [(32, 0.5), (32, 0.6), (32, 0.6), (64, 0.6), (64, 0.6), (64, 0.6), (128, 0.6)]:
    seed.add(layers.Conv2D(filters, (7, 7), padding="same"))
    seed.add(layers.Conv2D(filters, (7, 7), padding="same"))
    seed.add(layers.Activation("relu"))
    seed.add(layers.MaxPooling2D((2, 2)))
    seed.add(layers.Dropout(rate))
seed.add(layers.Flatten())
for units, activation in [(512, "relu"), (512, "relu"), (1, "sigmoid")]:
    seed.add(layers.Dense(units))
    seed.add(layers.Activation(activation))
write("summary-seed.txt", seed, 120)
keras.backend.clear_session()

other = keras.Sequential([
    layers.Input((24, 32, 1)),
    layers.Conv2D(8, 3), layers.BatchNormalization(), layers.Activation("relu"),
    layers.GlobalAveragePooling2D(), layers.Dense(3), layers.Activation("softmax")])
write("summary-normalized.txt", other, 120)
write("summary-narrow.txt", other, 80)
