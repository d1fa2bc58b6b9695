"""The models of the interop tests: one for each layer, one for each optimizer, the seed's network in small, graphs."""
import keras
import numpy as np
from keras import layers as L

SHAPE = (8, 8, 3)


def headed(*layers, shape=SHAPE):
    """A line of layers with one sigmoid output."""
    return keras.Sequential([keras.Input(shape), *layers, L.Flatten(), L.Dense(1, activation="sigmoid")])


def block(filters, rate):
    return [L.Conv2D(filters, 7, padding="same"), L.Conv2D(filters, 7, padding="same"), L.Activation("relu"),
            L.MaxPooling2D(2), L.Dropout(rate)]


def seed():
    """The seed's network with a sixteenth of its filters. Dropout is 0, so that training can be compared."""
    filters = [2, 2, 2, 4, 4, 4, 8]
    layers = [layer for n in filters for layer in block(n, 0.0)]
    return keras.Sequential([keras.Input((128, 128, 3)), *layers, L.Flatten(), L.Dense(32), L.Activation("relu"),
                             L.Dense(32), L.Activation("relu"), L.Dense(1), L.Activation("sigmoid")])


def residual():
    """Shortcuts, several inputs to one layer, and a layer that is used twice."""
    x = keras.Input(SHAPE, name="picture")
    stem = L.Conv2D(4, 3, padding="same", use_bias=False, name="stem")(x)
    y = L.ReLU(name="stem_relu")(L.BatchNormalization(name="stem_norm")(stem))
    shared = L.Conv2D(4, 1, name="shared")
    z = L.Add(name="sum")([shared(y), y])
    z = L.Concatenate(name="both")([shared(L.ReLU(name="again")(z)), y])
    z = L.GlobalAveragePooling2D(name="mean")(z)
    return keras.Model(x, L.Dense(3, activation="softmax", name="classes")(z))


def nested():
    """Models in the place of layers, in a line and in a graph."""
    inner = keras.Sequential([keras.Input((8, 8, 3)), L.Conv2D(4, 3, padding="same"), L.BatchNormalization()],
                             name="inner")
    a = keras.Input((8, 8, 4))
    graph = keras.Model(a, L.Add()([a, L.DepthwiseConv2D(3, padding="same")(a)]), name="graph")
    return keras.Sequential([keras.Input(SHAPE), inner, graph, L.Flatten(), L.Dense(1, activation="sigmoid")])


def nested_twice():
    """A model that stands in two places of a graph."""
    tower = keras.Sequential([keras.Input(SHAPE), L.Conv2D(3, 3, padding="same", activation="tanh")], name="tower")
    x = keras.Input(SHAPE)
    y = tower(tower(x))
    y = L.Flatten()(L.Subtract()([y, x]))
    return keras.Model(x, L.Dense(1, activation="sigmoid")(y))


def frozen():
    """Layers that do not train."""
    model = headed(L.Conv2D(4, 3), L.BatchNormalization(), L.Conv2D(4, 3), L.ReLU())
    model.layers[0].trainable = False
    model.layers[1].trainable = False
    return model


def operators():
    """Layers written as Python's operators."""
    x = keras.Input(SHAPE)
    y = L.Conv2D(3, 3, padding="same")(x)
    y = (y + x) * L.Activation("sigmoid")(y)
    return keras.Model(x, L.Dense(1, activation="sigmoid")(L.Flatten()(y)))


def normalization():
    layer = L.Normalization()
    layer.adapt(np.random.default_rng(3).normal(2, 3, (50, *SHAPE)).astype("f4"))
    return headed(layer)


def weighted_channels():
    """Squeeze and excitation: what every channel is worth, multiplied with each of its pixels."""
    x = keras.Input(SHAPE)
    y = L.Conv2D(4, 3)(x)
    worth = L.Dense(4, activation="sigmoid")(L.GlobalAveragePooling2D(keepdims=True)(y))
    y = L.Concatenate(axis=1)([L.Multiply()([y, worth]), y])
    return keras.Model(x, L.Dense(1, activation="sigmoid")(L.Flatten()(y)))


INITIALIZERS = ["zeros", "ones", keras.initializers.Constant(0.3), keras.initializers.RandomUniform(-0.2, 0.4),
                keras.initializers.RandomNormal(0.1, 0.2), keras.initializers.TruncatedNormal(-0.1, 0.3),
                "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
                keras.initializers.VarianceScaling(3.0, "fan_out", "untruncated_normal")]


def merges():
    """The layers of several inputs that no other model has."""
    x = keras.Input(SHAPE)
    y, z = L.Conv2D(3, 3, padding="same")(x), L.Conv2D(3, 1)(x)
    y = L.Concatenate()([L.Average()([x, y, z]), L.Maximum()([y, z]), L.Minimum()([x, z])])
    return keras.Model(x, L.Dense(1, activation="sigmoid")(L.Flatten()(y)))


def classifier(activation, outputs=3):
    return keras.Sequential([keras.Input(SHAPE), L.Conv2D(3, 3, activation="relu"), L.Flatten(),
                             L.Dense(outputs, activation=activation)])


BASE = dict(padding="same")
MODELS = {
    "conv2d": lambda: headed(L.Conv2D(4, 3)),
    "conv2d_options": lambda: headed(L.Conv2D(6, (3, 2), strides=(2, 1), padding="same", groups=3, activation="relu",
                                              kernel_initializer="he_normal", bias_initializer="ones",
                                              kernel_regularizer=keras.regularizers.L1L2(1e-3, 1e-2),
                                              bias_regularizer="l2")),
    "conv2d_dilated": lambda: headed(L.Conv2D(4, 3, dilation_rate=(2, 1), use_bias=False, activation="elu")),
    "depthwise": lambda: headed(L.DepthwiseConv2D(3, depth_multiplier=2, activation="silu", **BASE)),
    "separable": lambda: headed(L.SeparableConv2D(5, 3, depth_multiplier=2, **BASE)),
    "transpose": lambda: headed(L.Conv2DTranspose(4, 3, strides=2, **BASE)),
    "conv2d_groups_dilated": lambda: headed(L.Conv2D(6, 2, groups=3, dilation_rate=(2, 3))),
    "depthwise_dilated": lambda: headed(L.DepthwiseConv2D(2, dilation_rate=2, use_bias=False, activation="relu")),
    "separable_options": lambda: headed(L.SeparableConv2D(4, (2, 3), strides=2, use_bias=False, activation="tanh",
                                                          depthwise_regularizer="l1", pointwise_regularizer="l2")),
    "transpose_options": lambda: headed(L.Conv2DTranspose(2, (2, 3), strides=(3, 2), output_padding=(1, 0),
                                                          activation="relu", use_bias=False)),
    "initializers": lambda: headed(*[L.Dense(3, kernel_initializer=each) for each in INITIALIZERS]),
    "dense": lambda: headed(L.Flatten(), L.Dense(6, activation="tanh", use_bias=False,
                                                 kernel_initializer=keras.initializers.RandomNormal(0.1, 0.2))),
    "batch_normalization": lambda: headed(L.Conv2D(4, 3), L.BatchNormalization(momentum=0.9, epsilon=1e-4), L.ReLU()),
    "batch_normalization_plain": lambda: headed(L.BatchNormalization(center=False, scale=False)),
    "batch_normalization_rows": lambda: headed(L.BatchNormalization(axis=1)),
    "layer_normalization_axes": lambda: headed(L.LayerNormalization(axis=[1, 3], center=False, epsilon=1e-4)),
    "layer_normalization": lambda: headed(L.Conv2D(4, 3), L.LayerNormalization()),
    "max_pooling": lambda: headed(L.MaxPooling2D((3, 2), strides=2, padding="same")),
    "average_pooling": lambda: headed(L.AveragePooling2D(3, strides=2, padding="same")),
    "global_max": lambda: headed(L.Conv2D(4, 3), L.GlobalMaxPooling2D(keepdims=True)),
    "global_average": lambda: headed(L.Conv2D(4, 3), L.GlobalAveragePooling2D()),
    "reshape": lambda: headed(L.Reshape((4, 16, 3)), L.Conv2D(2, 3)),
    "permute": lambda: headed(L.Permute((2, 3, 1)), L.Conv2D(2, 2)),
    "zero_padding": lambda: headed(L.ZeroPadding2D(((1, 2), (0, 3))), L.Conv2D(2, 3)),
    "cropping": lambda: headed(L.Cropping2D(((1, 2), (0, 3)))),
    "up_sampling": lambda: headed(L.UpSampling2D((2, 3)), L.Conv2D(2, 3)),
    "up_sampling_bilinear": lambda: headed(L.UpSampling2D(2, interpolation="bilinear"), L.Conv2D(2, 3)),
    "rescaling": lambda: headed(L.Rescaling(1 / 2, offset=-0.25)),
    "rescaling_channels": lambda: headed(L.Rescaling([1.0, 0.5, 2.0], [0.0, 0.1, 0.2])),
    "normalization": normalization,
    "normalization_given": lambda: headed(L.Normalization(mean=[0.1, 0.2, 0.3], variance=[1.0, 2.0, 3.0])),
    "relu": lambda: headed(L.Conv2D(4, 3), L.ReLU(max_value=0.5, negative_slope=0.1, threshold=0.05)),
    "leaky_relu": lambda: headed(L.Conv2D(4, 3), L.LeakyReLU(0.15)),
    "elu": lambda: headed(L.Conv2D(4, 3), L.ELU(0.7)),
    "prelu": lambda: headed(L.Conv2D(4, 3), L.PReLU(alpha_initializer="glorot_uniform", shared_axes=[1, 2])),
    "softmax": lambda: headed(L.Conv2D(4, 3), L.Softmax()),
    "softmax_of_rows": lambda: headed(L.Conv2D(4, 3), L.Softmax(axis=1)),
    "dropout_shared": lambda: headed(L.Conv2D(4, 3), L.Dropout(0.5, noise_shape=(None, 1, None, 4))),
    "dropout": lambda: headed(L.Dropout(0.5)),
    "spatial_dropout": lambda: headed(L.Conv2D(4, 3), L.SpatialDropout2D(0.4)),
    "gaussian_dropout": lambda: headed(L.GaussianDropout(0.3)),
    "gaussian_noise": lambda: headed(L.GaussianNoise(0.2)),
    "residual": residual,
    "nested": nested,
    "nested_twice": nested_twice,
    "merges": merges,
    "weighted_channels": weighted_channels,
    "frozen": frozen,
    "operators": operators,
    "seed": seed,
}
for name in ["linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "hard_silu", "mish", "softplus",
             "softsign", "exponential", "sigmoid", "hard_sigmoid", "tanh", "hard_tanh", "softmax"]:
    MODELS["activation_" + name] = lambda name=name: headed(L.Conv2D(3, 3), L.Activation(name))
RANDOM = {"dropout", "dropout_shared", "spatial_dropout", "gaussian_dropout", "gaussian_noise"}

O = keras.optimizers
OPTIMIZERS = {
    "sgd": lambda: O.SGD(0.05),
    "sgd_nesterov": lambda: O.SGD(0.05, momentum=0.9, nesterov=True, clipnorm=0.05),
    "rmsprop": lambda: O.RMSprop(0.003, momentum=0.5, centered=True, rho=0.8),
    "adam_amsgrad": lambda: O.Adam(0.003, beta_1=0.8, amsgrad=True, clipvalue=0.01),
    "adamw": lambda: O.AdamW(0.003, weight_decay=0.02, global_clipnorm=0.1),
    "adamax": lambda: O.Adamax(0.003),
    "nadam": lambda: O.Nadam(0.003),
    "lion": lambda: O.Lion(0.0003),
    "sgd_decay": lambda: O.SGD(0.05, weight_decay=0.1),
    "rmsprop_clipnorm": lambda: O.RMSprop(0.003, clipnorm=0.05),
    "adamax_clipvalue": lambda: O.Adamax(0.003, clipvalue=0.01),
    "nadam_global_clipnorm": lambda: O.Nadam(0.003, global_clipnorm=0.05),
    "lion_clipnorm": lambda: O.Lion(0.0003, clipnorm=0.05, weight_decay=0.1),
    "adam_exponential": lambda: O.Adam(O.schedules.ExponentialDecay(0.01, 2, 0.7, staircase=True)),
    "sgd_cosine": lambda: O.SGD(O.schedules.CosineDecay(0.0, 6, alpha=0.1, warmup_target=0.1, warmup_steps=3)),
    "sgd_piecewise": lambda: O.SGD(O.schedules.PiecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01]), momentum=0.5),
    "sgd_polynomial": lambda: O.SGD(O.schedules.PolynomialDecay(0.1, 7, 0.001, 2.0)),
    "sgd_inverse": lambda: O.SGD(O.schedules.InverseTimeDecay(0.1, 2, 0.5)),
    "sgd_restarts": lambda: O.SGD(O.schedules.CosineDecayRestarts(0.1, 3)),
}

# Losses and metrics, with their model.
COMPILED = {
    "loss_smoothing": (lambda: headed(L.Conv2D(3, 3)), keras.losses.BinaryCrossentropy(label_smoothing=0.1),
                       [keras.metrics.AUC(), keras.metrics.Precision(), keras.metrics.Recall(thresholds=0.4)]),
    "loss_logits": (lambda: classifier(None), keras.losses.CategoricalCrossentropy(from_logits=True),
                    [keras.metrics.CategoricalAccuracy(), keras.metrics.TopKCategoricalAccuracy(2),
                     keras.metrics.F1Score("macro")]),
    "loss_sparse": (lambda: classifier("softmax"), "sparse_categorical_crossentropy", ["accuracy"]),
    "loss_squared": (lambda: headed(L.Conv2D(3, 3)), "mean_squared_error", [keras.metrics.BinaryAccuracy(threshold=0.4)]),
    "loss_absolute": (lambda: headed(L.Conv2D(3, 3)), "mean_absolute_error", ["accuracy"]),
}
M = keras.metrics
COMPILED |= {
    "metrics": (lambda: classifier("softmax"), "categorical_crossentropy",
                [M.AUC(num_thresholds=50, curve="PR", summation_method="minoring"), M.Precision(0.3, class_id=1),
                 M.Recall([0.4], class_id=2), M.FBetaScore("weighted", 2.0, 0.25), M.F1Score("micro", 0.4)]),
    "metrics_logits": (lambda: classifier(None, 1), keras.losses.BinaryCrossentropy(True),
                       [M.BinaryAccuracy(threshold=0.0), M.AUC(from_logits=True, summation_method="majoring")]),
    "metrics_sparse": (lambda: classifier("softmax"), "sparse_categorical_crossentropy",
                       [M.SparseCategoricalAccuracy(), M.SparseTopKCategoricalAccuracy(2)]),
}
NAMES = [*MODELS, *OPTIMIZERS, *COMPILED]


def labels(model, y):
    """What the model's loss wants: numbers of classes, or a row for each sample, as they are kept."""
    return y.argmax(-1) if "sparse" in str(model.loss) else y


def case(name):
    """A compiled model with weights that training has not seen, and a batch for it."""
    keras.utils.set_random_seed(sum(name.encode()))
    optimizer = OPTIMIZERS[name]() if name in OPTIMIZERS else O.Adam(0.001)
    if name in COMPILED:
        make, loss, metrics = COMPILED[name]
        model = make()
    else:
        model = headed(L.Conv2D(3, 3), L.BatchNormalization(), L.ReLU()) if name in OPTIMIZERS else MODELS[name]()
        loss = "binary_crossentropy" if model.output_shape[-1] == 1 else "categorical_crossentropy"
        metrics = ["accuracy"]
    outputs = model.output_shape[-1]
    model.compile(optimizer, loss=loss, metrics=metrics)
    random = np.random.default_rng(5)
    for weight in model.weights:
        if weight.name not in ("mean", "variance", "count", "moving_variance"):
            weight.assign(weight.numpy() + random.normal(0, 0.05, weight.shape))
    x = random.uniform(0, 1, (4, *model.input_shape[1:])).round(2).astype("f4")
    classes = random.integers(0, max(2, outputs), 4)
    y = classes.reshape(4, 1).astype("f4") if outputs == 1 else np.eye(outputs, dtype="f4")[classes]
    return model, x, y


def train(model, x, y, steps):
    """Losses of steps on one batch, each before its change of the weights."""
    losses = []
    for _ in range(steps):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x, labels(model, y))[0]))
    return losses
