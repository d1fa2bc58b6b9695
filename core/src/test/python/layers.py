"""Outputs, gradients and states of single layers."""
import golden
import keras
import numpy as np
import tensorflow as tf
from keras import layers, regularizers

P = (4, 5, 2)  # one picture
results = {}


def values(variable, stream):
    v = golden.numbers(stream, tuple(variable.shape))
    return np.abs(v) + np.float32(0.1) if "variance" in variable.name else v


def case(name, layer, *shapes, training=False, scale=1.0):
    shapes = shapes or (P,)
    inputs = [tf.constant(golden.numbers(i, (2,) + s) * np.float32(scale)) for i, s in enumerate(shapes)]
    argument = inputs if len(inputs) > 1 else inputs[0]
    layer.build([tuple(x.shape) for x in inputs] if len(inputs) > 1 else tuple(argument.shape))
    for i, variable in enumerate(layer.weights):
        variable.assign(values(variable, 10 + i))
    with tf.GradientTape() as tape:
        for x in inputs:
            tape.watch(x)
        try:
            y = layer(argument, training=training)
        except TypeError:
            y = layer(argument)
        loss = tf.reduce_sum(y * golden.numbers(50, tuple(y.shape)))
        penalty = sum(layer.losses) if layer.losses else None
        if penalty is not None:
            loss += penalty
    trained = [v.value for v in layer.trainable_weights]
    gradients = tape.gradient(loss, inputs + trained)
    results[name] = {
        "inputs": [list(s) for s in shapes],
        "output_shape": list(y.shape[1:]),
        "output": golden.plain(y),
        "weights": [f"{v.name} {'×'.join(map(str, v.shape))} {v.trainable}" for v in layer.weights],
        "gradients": [golden.plain(tf.zeros_like(x) if g is None else g)
                      for g, x in zip(gradients, inputs + trained)],
        "states": [golden.plain(v.value) for v in layer.non_trainable_weights],
        "penalty": 0.0 if penalty is None else float(penalty),
        "training": training,
        "scale": scale,
    }


def main():
    case("conv2d", layers.Conv2D(3, 3))
    case("conv2d same relu", layers.Conv2D(3, (2, 3), padding="same", activation="relu"))
    case("conv2d strides", layers.Conv2D(3, 3, strides=(2, 1), padding="same", use_bias=False))
    case("conv2d dilation", layers.Conv2D(2, 2, dilation_rate=(2, 3)))
    case("conv2d groups", layers.Conv2D(6, 3, groups=2, padding="same", activation="tanh"), (4, 5, 4))
    case("conv2d group for each channel", layers.Conv2D(6, 2, groups=3), (4, 5, 3))
    case("conv2d regularized", layers.Conv2D(2, 2, kernel_regularizer=regularizers.L1L2(0.03, 0.02),
                                             bias_regularizer=regularizers.L2(0.1)))
    case("depthwise", layers.DepthwiseConv2D(3))
    case("depthwise strides", layers.DepthwiseConv2D(3, strides=2, padding="same", activation="relu"), (5, 6, 3))
    case("depthwise multiplier", layers.DepthwiseConv2D((2, 3), depth_multiplier=3, padding="same", use_bias=False))
    case("depthwise dilation", layers.DepthwiseConv2D(2, dilation_rate=2), (5, 5, 8))
    case("separable", layers.SeparableConv2D(4, 3, padding="same", activation="relu"))
    case("separable strides", layers.SeparableConv2D(3, 2, strides=2, depth_multiplier=2, use_bias=False))
    case("transpose", layers.Conv2DTranspose(3, 3))
    case("transpose same", layers.Conv2DTranspose(3, 3, strides=2, padding="same", activation="relu"), (3, 2, 2))
    case("transpose valid strides", layers.Conv2DTranspose(2, (2, 3), strides=(3, 2)), (3, 2, 2))
    case("transpose even kernel", layers.Conv2DTranspose(2, 4, strides=2, padding="same"), (3, 3, 2))
    case("transpose output padding", layers.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1),
         (3, 2, 2))
    case("transpose valid output padding", layers.Conv2DTranspose(2, 3, strides=3, output_padding=(2, 0)), (2, 3, 2))
    case("dense", layers.Dense(4, activation="gelu"), (5,))
    case("dense rows", layers.Dense(3, use_bias=False), (2, 3, 4))

    case("batch norm training", layers.BatchNormalization(), training=True)
    case("batch norm", layers.BatchNormalization())
    case("batch norm of rows", layers.BatchNormalization(axis=1, momentum=0.8, epsilon=0.01), training=True)
    case("batch norm without gamma", layers.BatchNormalization(scale=False), training=True)
    case("batch norm without beta", layers.BatchNormalization(center=False, axis=2))
    case("batch norm of features", layers.BatchNormalization(), (6,), training=True)
    case("layer norm", layers.LayerNormalization(), (3, 6))
    case("layer norm of pictures", layers.LayerNormalization(axis=[1, 2, 3], epsilon=1e-5))
    case("layer norm of columns", layers.LayerNormalization(axis=2, center=False))
    case("layer norm of two axes", layers.LayerNormalization(axis=[1, 3], scale=False))
    case("normalization", layers.Normalization(mean=[0.3, -0.1], variance=[0.5, 2.0]))
    case("normalization of all", layers.Normalization(mean=0.2, variance=0.04))
    case("rescaling", layers.Rescaling(1 / 127.5, offset=-1.0), scale=255.0)
    case("rescaling channels", layers.Rescaling([0.5, 2.0], offset=[-1.0, 0.25]))

    case("max pooling", layers.MaxPooling2D(2))
    case("max pooling same", layers.MaxPooling2D((3, 2), strides=(1, 2), padding="same"))
    case("average pooling", layers.AveragePooling2D(2))
    case("average pooling same", layers.AveragePooling2D((3, 2), strides=2, padding="same"))
    case("global max", layers.GlobalMaxPooling2D())
    case("global average", layers.GlobalAveragePooling2D(keepdims=True))

    case("flatten", layers.Flatten())
    case("reshape", layers.Reshape((5, -1)))
    case("permute", layers.Permute((3, 1, 2)))
    case("zero padding", layers.ZeroPadding2D(((1, 2), (0, 3))))
    case("cropping", layers.Cropping2D(((1, 0), (2, 1))))
    case("up sampling", layers.UpSampling2D((2, 3)))
    case("up sampling bilinear", layers.UpSampling2D((2, 3), interpolation="bilinear"))

    case("add", layers.Add(), P, P, P)
    case("add broadcast", layers.Add(), P, (1, 1, 2))
    case("multiply", layers.Multiply(), P, P)
    case("multiply broadcast", layers.Multiply(), (1, 5, 1), P, (2,))
    case("subtract", layers.Subtract(), P, P)
    case("average", layers.Average(), P, P, P)
    case("maximum", layers.Maximum(), P, P, P)
    case("minimum", layers.Minimum(), P, P)
    case("concatenate", layers.Concatenate(), P, (4, 5, 1))
    case("concatenate rows", layers.Concatenate(axis=1), P, (2, 5, 2))

    for name in ["elu", "exponential", "gelu", "hard_sigmoid", "hard_silu", "hard_tanh", "leaky_relu", "linear", "mish",
                 "relu", "relu6", "selu", "sigmoid", "silu", "softmax", "softplus", "softsign", "tanh"]:
        case("activation " + name, layers.Activation(name), (11,), scale=8.0)
    case("activation gelu_tanh", layers.Activation(lambda x: keras.activations.gelu(x, approximate=True)), (11,),
         scale=8.0)
    case("relu layer", layers.ReLU(max_value=0.8, negative_slope=0.1, threshold=0.25))
    case("relu layer capped", layers.ReLU(max_value=0.5))
    case("leaky relu layer", layers.LeakyReLU())
    case("elu layer", layers.ELU(alpha=0.7))
    case("prelu", layers.PReLU())
    case("prelu shared", layers.PReLU(shared_axes=[1, 2]))
    case("softmax of rows", layers.Softmax(axis=1))
    golden.write("layers.json", results)


main()
