"""Networks that are no line of layers: outputs, gradients, and the order in which Keras lists their layers."""
import golden
import keras
import numpy as np
import tensorflow as tf
from keras import layers


def fill(model):
    """Every weight from its place in Keras' list of layers; small, so that signals neither fade nor explode."""
    stream = 10
    for layer in model.layers:
        for variable in layer.weights:
            v = golden.numbers(stream, tuple(variable.shape)) * np.float32(0.5)
            if "variance" in variable.name or variable.name == "gamma":
                v = np.abs(v) + np.float32(0.5)
            variable.assign(v)
            stream += 1


def residual():
    def block(x, filters, stride, name):
        y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False, name=name + "_conv1")(x)
        y = layers.BatchNormalization(name=name + "_norm1")(y)
        y = layers.Activation("relu", name=name + "_relu1")(y)
        y = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv2")(y)
        y = layers.BatchNormalization(name=name + "_norm2")(y)
        if stride != 1:
            x = layers.Conv2D(filters, 1, strides=stride, name=name + "_short")(x)
        return layers.Activation("relu", name=name + "_out")(layers.Add(name=name + "_add")([x, y]))

    image = layers.Input((16, 16, 3), name="image")
    x = layers.ZeroPadding2D(3, name="pad")(image)
    x = layers.Conv2D(8, 7, strides=2, name="stem")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="pool")(x)
    x = block(x, 8, 1, "a")
    x = block(x, 12, 2, "b")
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(image, layers.Dense(3, activation="softmax", name="out")(x))


def mobile():
    def squeeze(x, name):
        channels = x.shape[-1]
        y = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_squeeze")(x)
        y = layers.Conv2D(channels // 4, 1, activation="relu", name=name + "_less")(y)
        y = layers.Conv2D(channels, 1, activation="hard_sigmoid", name=name + "_more")(y)
        return layers.Multiply(name=name + "_excite")([x, y])

    def block(x, expand, filters, stride, name):
        inputs = x.shape[-1]
        y = layers.Conv2D(expand, 1, use_bias=False, name=name + "_expand")(x)
        y = layers.BatchNormalization(epsilon=1e-3, momentum=0.999, name=name + "_norm1")(y)
        y = layers.ReLU(6.0, name=name + "_relu")(y)
        if stride == 2:
            y = layers.ZeroPadding2D(((0, 1), (0, 1)), name=name + "_pad")(y)
        y = layers.DepthwiseConv2D(3, strides=stride, padding="same" if stride == 1 else "valid", use_bias=False,
                                   name=name + "_depthwise")(y)
        y = layers.BatchNormalization(name=name + "_norm2")(y)
        y = layers.Activation("hard_silu", name=name + "_silu")(y)
        y = squeeze(y, name)
        y = layers.Conv2D(filters, 1, use_bias=False, name=name + "_project")(y)
        y = layers.BatchNormalization(name=name + "_norm3")(y)
        if inputs == filters and stride == 1:
            return layers.Add(name=name + "_add")([x, y])
        return y

    image = layers.Input((12, 12, 3), name="image")
    x = layers.Rescaling(1 / 127.5, offset=-1.0, name="rescale")(image)
    x = layers.SeparableConv2D(8, 3, strides=2, padding="same", name="stem")(x)
    x = block(x, 16, 8, 1, "a")
    x = block(x, 24, 12, 2, "b")
    y = layers.UpSampling2D(2, interpolation="bilinear", name="up")(layers.AveragePooling2D(2, name="down")(x))
    x = layers.Concatenate(name="join")([y, layers.Cropping2D(((0, 1), (0, 1)), name="crop")(x)])
    x = layers.GlobalMaxPooling2D(name="largest")(x)
    x = layers.Dropout(0.2, name="drop")(x)
    return keras.Model(image, layers.Dense(1, name="out")(x))


def run(model, scale, training):
    x = tf.constant(golden.numbers(1, (2,) + model.input_shape[1:]) * np.float32(scale) + np.float32(scale - 1))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=training)
        loss = tf.reduce_sum(y * golden.numbers(50, tuple(y.shape)))
    gradients = tape.gradient(loss, [x] + [v.value for v in model.trainable_variables])
    return {
        "output": golden.plain(y),
        "input_gradient": golden.plain(gradients[0]),
        # A number for each weight: enough to see that none is wrong.
        "gradient_norms": {v.path: float(tf.norm(g)) for v, g in zip(model.trainable_variables, gradients[1:])},
    }


def order(model):
    """Name of each operation and of those that feed it, in Keras' order. Most are layers; `x + 3` is one, too."""
    result = []
    for layer in model.operations[1:]:
        inbound = [t._keras_history.operation.name for t in layer._inbound_nodes[0].input_tensors]
        result.append([layer.name] + inbound)
    return {"input": model.layers[0].name, "layers": result}


def main():
    results = {}
    for name, model, scale, modes in [("residual", residual(), 1.0, (False, True)), ("mobile", mobile(), 100.0, (False,))]:
        fill(model)
        results[name] = {
            "order": order(model),
            "parameters": model.count_params(),
            "scale": scale,
            "inference": run(model, scale, False),
        }
        if True in modes:
            results[name]["training"] = run(model, scale, True)
    golden.write("graphs.json", results)
    golden.write("graph-orders.json", {
        name: order(getattr(keras.applications, name)(weights=None))
        for name in ["ResNet50", "MobileNetV2", "MobileNetV3Small", "InceptionV3"]
    })


main()
