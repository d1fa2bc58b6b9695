"""Writes keras22.zip: models laid out byte for byte as Keras 2.2 with h5py 2.x did, which no longer install.

    python make_keras22_files.py      (made with Keras 3.15.1 for the numbers and h5py 3.14.0 for the bytes)

What Keras 2.2 does, and how it is brought about here:
  * no input layer: the first layer has batch_input_shape;
  * names conv2d_1, conv2d_2, ...; weights conv2d_1/kernel:0 in a group of the layer;
  * glorot_uniform is VarianceScaling;
  * lists of names are fixed-length ASCII padded with zeros (h5py 2.x made that of a list of bytes), single texts are
    variable-length ASCII, an empty list is float64 of shape (0,);
  * Adam keeps iterations, all m, all v, and a one-element vhat for each parameter; its rate is called lr;
  * up to 2.2.2 the configuration is a bare list of layers (list.h5), from 2.2.3 an object (dict.h5).
The weights, predictions and losses are those of the same network in Keras 3. Sources: keras/engine/saving.py and
keras/optimizers.py of Keras 2.2.4.
"""
import io
import json
import os
import zipfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import h5py
import keras
import numpy as np
from keras import layers as L

import keras_models
from make_keras_files import floats, pack

ZEROS = {"class_name": "Zeros", "config": {}}
ONES = {"class_name": "Ones", "config": {}}
GLOROT = {"class_name": "VarianceScaling",
          "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None}}
WEIGHTED = {"activation": "linear", "use_bias": True, "kernel_initializer": GLOROT, "bias_initializer": ZEROS,
            "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None,
            "kernel_constraint": None, "bias_constraint": None}


def model():
    keras.utils.set_random_seed(22)
    model = keras.Sequential([
        keras.Input((16, 16, 3)),
        *keras_models.block(4, 0.0), *keras_models.block(4, 0.0),
        L.BatchNormalization(), L.AveragePooling2D(2, strides=1, padding="same"),
        L.Flatten(), L.Dense(8), L.Activation("relu"), L.Dense(1), L.Activation("sigmoid")])
    model.compile(keras.optimizers.Adam(3e-5), loss="binary_crossentropy", metrics=["accuracy"])
    return model


def graph():
    """A graph, with layers that `model` has not, and SGD, whose clipnorm was the norm of all gradients together."""
    keras.utils.set_random_seed(23)
    x = keras.Input((16, 16, 3), name="input_1")
    y = L.Conv2D(4, 3, strides=2, padding="same", use_bias=False, name="conv2d_1")(x)
    y = L.LeakyReLU(negative_slope=0.2, name="leaky_re_lu_1")(y)
    z = L.DepthwiseConv2D(3, padding="same", activation="relu", name="depthwise_conv2d_1")(y)
    y = L.Add(name="add_1")([z, y])
    z = L.SeparableConv2D(3, 3, padding="same", name="separable_conv2d_1")(y)
    y = L.Concatenate(name="concatenate_1")([y, z])
    y = L.ReLU(max_value=6.0, name="re_lu_1")(y)
    y = L.Conv2DTranspose(4, 3, strides=2, padding="same", name="conv2d_transpose_1")(y)
    y = L.ZeroPadding2D(((1, 0), (0, 1)), name="zero_padding2d_1")(y)
    y = L.UpSampling2D(2, name="up_sampling2d_1")(y)
    y = L.Cropping2D(((1, 2), (3, 4)), name="cropping2d_1")(y)
    y = L.GlobalAveragePooling2D(name="global_average_pooling2d_1")(y)
    y = L.Dense(3, activation="softmax", kernel_regularizer=keras.regularizers.L2(0.01), name="dense_1")(y)
    model = keras.Model(x, y, name="model_1")
    model.compile(keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True, global_clipnorm=0.2),
                  loss="categorical_crossentropy", metrics=["accuracy"])
    return model


def config(layer, name):
    """A layer's configuration in the keys and order of Keras 2.2.4."""
    new = layer.get_config()
    kind = type(layer).__name__
    old = {"name": name, "trainable": True}
    if kind == "Conv2D":
        old |= {key: new[key] for key in ["filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate"]}
        old |= WEIGHTED | {"use_bias": new["use_bias"]}
    elif kind == "Dense":
        old |= {"units": new["units"]} | WEIGHTED | {"activation": new["activation"]}
        if new["kernel_regularizer"]:
            old["kernel_regularizer"] = {"class_name": "L1L2", "config": {"l1": 0.0, "l2": float(np.float32(0.01))}}
    elif kind in ("DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose"):
        old |= {key: new[key] for key in ["filters", "kernel_size", "strides", "padding", "data_format",
                                          "dilation_rate", "depth_multiplier", "output_padding"] if key in new}
        old |= WEIGHTED | {"activation": new["activation"]}
        if kind != "Conv2DTranspose":
            parts = ["depthwise"] if kind == "DepthwiseConv2D" else ["depthwise", "pointwise"]
            for what in ["initializer", "regularizer", "constraint"]:
                old |= {f"{part}_{what}": old[f"kernel_{what}"] for part in parts}
                del old[f"kernel_{what}"]
    elif kind == "LeakyReLU":
        old |= {"alpha": float(np.float32(new["negative_slope"]))}
    elif kind == "ReLU":
        old |= {"max_value": new["max_value"], "negative_slope": 0.0, "threshold": 0.0}
    elif kind in ("ZeroPadding2D", "Cropping2D"):
        key = "padding" if kind == "ZeroPadding2D" else "cropping"
        old |= {key: new[key], "data_format": "channels_last"}
    elif kind == "UpSampling2D":
        old |= {"size": new["size"], "data_format": "channels_last", "interpolation": "nearest"}
    elif kind == "GlobalAveragePooling2D":
        old |= {"data_format": "channels_last"}
    elif kind == "Concatenate":
        old |= {"axis": -1}
    elif kind == "Add":
        pass
    elif kind == "InputLayer":
        old = {"batch_input_shape": [None, 16, 16, 3], "dtype": "float32", "sparse": False, "name": name}
    elif kind in ("MaxPooling2D", "AveragePooling2D"):
        old |= {key: new[key] for key in ["pool_size", "padding", "strides", "data_format"]}
    elif kind == "BatchNormalization":
        old |= {key: new[key] for key in ["axis", "momentum", "epsilon", "center", "scale"]}
        old |= {"beta_initializer": ZEROS, "gamma_initializer": ONES, "moving_mean_initializer": ZEROS,
                "moving_variance_initializer": ONES, "beta_regularizer": None, "gamma_regularizer": None,
                "beta_constraint": None, "gamma_constraint": None}
    elif kind == "Dropout":
        old |= {"rate": new["rate"], "noise_shape": None, "seed": None}
    elif kind == "Activation":
        old |= {"activation": new["activation"]}
    elif kind == "Flatten":
        old |= {"data_format": "channels_last"}
    else:
        raise ValueError(kind)
    return {"class_name": kind, "config": old}


def names_of(model):
    """conv2d_1, conv2d_2, ...: counted from 1 for each class."""
    counts, names = {}, []
    for layer in model.layers:
        base = layer.name.rstrip("0123456789").rstrip("_") if not layer.name.endswith("2d") else layer.name
        counts[type(layer)] = counts.get(type(layer), 0) + 1
        kinds = {"Conv2D": "conv2d", "MaxPooling2D": "max_pooling2d", "AveragePooling2D": "average_pooling2d"}
        names.append(f"{kinds.get(type(layer).__name__, base)}_{counts[type(layer)]}")
    return names


def save_list(attributes, name, texts):
    """What h5py 2.x made of a list of bytes."""
    attributes[name] = np.array(texts, dtype="S") if texts else np.array([])


def save_weights(group, model, names):
    save_list(group.attrs, "layer_names", [name.encode() for name in names])
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.2.4"
    for layer, name in zip(model.layers, names):
        own = group.create_group(name)
        weights = [(f"{name}/{weight.name}:0", weight.numpy()) for weight in layer.weights]
        save_list(own.attrs, "weight_names", [weight.encode() for weight, _ in weights])
        for weight, value in weights:
            own.create_dataset(weight, data=value)


def save_optimizer(file, model):
    group = file.create_group("optimizer_weights")
    iteration, _, *slots = [variable.numpy() for variable in model.optimizer.variables]
    arrays = [np.int64(iteration), *slots[0::2], *slots[1::2], *[np.zeros(1, "f4") for _ in slots[0::2]]]
    save_arrays(group, "Adam", arrays)


def save_arrays(group, optimizer, arrays):
    names = [f"{optimizer}/iterations:0"]
    for i in range(1, len(arrays)):
        names.append(f"training/{optimizer}/Variable" + (f"_{i - 1}" if i > 1 else "") + ":0")
    save_list(group.attrs, "weight_names", [name.encode() for name in names])
    for name, value in zip(names, arrays):
        group.create_dataset(name, data=value)


def whole(model, as_list):
    layers = [config(layer, name) for layer, name in zip(model.layers, names_of(model))]
    first = layers[0]["config"]
    layers[0]["config"] = {"name": first.pop("name"), "trainable": first.pop("trainable"),
                           "batch_input_shape": [None, 16, 16, 3], "dtype": "float32"} | first
    memory = io.BytesIO()
    with h5py.File(memory, "w") as file:
        file.attrs["keras_version"] = b"2.2.2" if as_list else b"2.2.4"
        file.attrs["backend"] = b"tensorflow"
        file.attrs["model_config"] = json.dumps({
            "class_name": "Sequential",
            "config": layers if as_list else {"name": "sequential_1", "layers": layers}}).encode()
        file.attrs["training_config"] = json.dumps({
            "optimizer_config": {"class_name": "Adam", "config": {
                "lr": float(np.float32(3e-5)), "beta_1": float(np.float32(0.9)), "beta_2": float(np.float32(0.999)),
                "decay": 0.0, "epsilon": 1e-07, "amsgrad": False}},
            "loss": "binary_crossentropy", "metrics": ["accuracy"], "sample_weight_mode": None,
            "loss_weights": None}).encode()
        save_weights(file.create_group("model_weights"), model, names_of(model))
        save_optimizer(file, model)
    return memory.getvalue()


def whole_graph(model):
    layers = []
    for layer in model.layers:
        calls = [[tensor._keras_history.operation.name, 0, 0, {}] for tensor in layer._inbound_nodes[0].input_tensors]
        layers.append({"name": layer.name, **config(layer, layer.name), "inbound_nodes": [calls] if calls else []})
    memory = io.BytesIO()
    with h5py.File(memory, "w") as file:
        file.attrs["keras_version"] = b"2.2.4"
        file.attrs["backend"] = b"tensorflow"
        file.attrs["model_config"] = json.dumps({"class_name": "Model", "config": {
            "name": model.name, "layers": layers, "input_layers": [["input_1", 0, 0]],
            "output_layers": [["dense_1", 0, 0]]}}).encode()
        file.attrs["training_config"] = json.dumps({
            "optimizer_config": {"class_name": "SGD", "config": {
                "lr": float(np.float32(0.05)), "momentum": float(np.float32(0.9)), "decay": 0.0, "nesterov": True,
                "clipnorm": 0.2}},
            "loss": "categorical_crossentropy", "metrics": ["accuracy"], "sample_weight_mode": None,
            "loss_weights": None}).encode()
        save_weights(file.create_group("model_weights"), model, [layer.name for layer in model.layers])
        iteration, _, *moments = [variable.numpy() for variable in model.optimizer.variables]
        save_arrays(file.create_group("optimizer_weights"), "SGD", [np.int64(iteration), *moments])
    return memory.getvalue()


def alone(model):
    memory = io.BytesIO()
    with h5py.File(memory, "w") as file:
        save_weights(file, model, names_of(model))
    return memory.getvalue()


if __name__ == "__main__":
    network = model()
    random = np.random.default_rng(4)
    x = random.uniform(0, 1, (4, 16, 16, 3)).round(2).astype("f4")
    y = np.array([[0], [1], [1], [0]], "f4")
    keras_models.train(network, x, y, 3)
    with zipfile.ZipFile("keras22.zip", "w") as archive:
        pack(archive, "dict.h5", whole(network, False))
        pack(archive, "list.h5", whole(network, True))
        pack(archive, "weights.h5", alone(network))
        case = {"x": floats(x), "y": floats(y), "predictions": floats(network.predict(x, verbose=0)),
                "losses": keras_models.train(network, x, y, 5)}
        pack(archive, "dict.case", json.dumps(case))

        network = graph()
        y = np.eye(3, dtype="f4")[[0, 2, 1, 2]]
        keras_models.train(network, x, y, 3)
        pack(archive, "graph.h5", whole_graph(network))
        case = {"x": floats(x), "y": floats(y), "predictions": floats(network.predict(x, verbose=0)),
                "losses": keras_models.train(network, x, y, 5)}
        pack(archive, "graph.case", json.dumps(case))
