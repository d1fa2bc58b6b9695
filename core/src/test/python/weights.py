"""Losses of trainings in which some classes or samples count more than others, and of evaluations."""
import golden
import keras
import numpy as np
from keras import layers, regularizers

PICTURES, SIDE, EPOCHS, BATCH = 10, 4, 3, 4
SAMPLE_WEIGHTS = np.array([1, 0, 2.5, 0.5, 1, 3, 0, 1, 0.25, 4], "float32")
results = {}


def case(name, outputs, loss, class_weight=None, sample_weight=None, regularizer=None):
    """Ten pictures in batches of 4, 4 and 2, so that the mean of a pass is not that of its batches."""
    model = keras.Sequential([
        keras.Input((SIDE, SIDE, 1)), layers.Flatten(),
        layers.Dense(4, activation="tanh", kernel_regularizer=regularizer),
        layers.Dense(outputs, activation="sigmoid" if outputs == 1 else "softmax")])
    for i, variable in enumerate(model.weights):
        variable.assign(golden.numbers(10 + i, tuple(variable.shape)))
    model.compile(keras.optimizers.SGD(0.3, momentum=0.5), loss=loss, metrics=["accuracy"])
    x = golden.numbers(1, (PICTURES, SIDE, SIDE, 1))
    label = np.arange(PICTURES) * 7 % 5 % max(outputs, 2)
    y = label[:, None].astype("float32") if outputs == 1 else np.eye(outputs, dtype="float32")[label]
    history = model.fit(x, y, BATCH, EPOCHS, verbose=0, shuffle=False, class_weight=class_weight,
                        sample_weight=sample_weight)
    evaluated = model.evaluate(x, y, BATCH, verbose=0, sample_weight=sample_weight, return_dict=True)
    results[name] = {"loss": history.history["loss"], "accuracy": history.history["accuracy"],
                     "evaluated": [evaluated["loss"], evaluated["accuracy"]],
                     "weights": [golden.plain(variable) for variable in model.weights]}


def main():
    case("classes", 1, "binary_crossentropy", class_weight={0: 1.0, 1: 3.0})
    case("samples", 1, "binary_crossentropy", sample_weight=SAMPLE_WEIGHTS)
    case("regularized", 1, "binary_crossentropy", class_weight={0: 0.5, 1: 2.0}, regularizer=regularizers.L1(0.01))
    case("three classes", 3, keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
         class_weight={0: 0.5, 1: 1.0, 2: 4.0})
    case("three classes, samples", 3, "categorical_crossentropy", sample_weight=SAMPLE_WEIGHTS,
         regularizer=regularizers.L2(0.02))
    golden.write("weights.json", results)


main()
