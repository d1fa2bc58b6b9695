package narwhal.models;

import static narwhal.models.Config.name;

import java.util.Optional;
import narwhal.engine.Interpolation;
import narwhal.engine.Window;
import narwhal.errors.Problem;
import narwhal.initializers.Constant;
import narwhal.initializers.Initializer;
import narwhal.initializers.Initializers;
import narwhal.initializers.RandomNormal;
import narwhal.initializers.RandomUniform;
import narwhal.initializers.TruncatedNormal;
import narwhal.initializers.VarianceScaling;
import narwhal.json.Json;
import narwhal.layers.Activation;
import narwhal.layers.Activation.Function;
import narwhal.layers.Add;
import narwhal.layers.Average;
import narwhal.layers.AveragePooling2D;
import narwhal.layers.BatchNormalization;
import narwhal.layers.Concatenate;
import narwhal.layers.Conv2D;
import narwhal.layers.Conv2DTranspose;
import narwhal.layers.Conv2DTranspose.OutputPadding;
import narwhal.layers.Cropping2D;
import narwhal.layers.Dense;
import narwhal.layers.DepthwiseConv2D;
import narwhal.layers.Dropout;
import narwhal.layers.ELU;
import narwhal.layers.Flatten;
import narwhal.layers.GaussianDropout;
import narwhal.layers.GaussianNoise;
import narwhal.layers.GlobalAveragePooling2D;
import narwhal.layers.GlobalMaxPooling2D;
import narwhal.layers.Layer;
import narwhal.layers.LayerNormalization;
import narwhal.layers.LeakyReLU;
import narwhal.layers.MaxPooling2D;
import narwhal.layers.Maximum;
import narwhal.layers.Minimum;
import narwhal.layers.Multiply;
import narwhal.layers.Normalization;
import narwhal.layers.Normalization.Moments;
import narwhal.layers.PReLU;
import narwhal.layers.Permute;
import narwhal.layers.ReLU;
import narwhal.layers.Rescaling;
import narwhal.layers.Reshape;
import narwhal.layers.SeparableConv2D;
import narwhal.layers.Softmax;
import narwhal.layers.SpatialDropout2D;
import narwhal.layers.Subtract;
import narwhal.layers.UpSampling2D;
import narwhal.layers.Weight;
import narwhal.layers.ZeroPadding2D;
import narwhal.regularizers.L1L2;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of every layer of Narwhal as JSON, under Keras' names: the closed list of what a model file may hold.
final class LayerConfig {
    private LayerConfig() {
    }

    // ---- writing

    static ObjectNode write(Layer layer) {
        var config = Json.object();
        switch (layer) {
            case Conv2D conv -> {
                config.put("filters", conv.filters()).put("groups", conv.groups());
                convolution(conv.window(), conv.activation(), conv.useBias(), config);
                weight("kernel", conv.kernel(), config);
                weight("bias", conv.bias(), config);
            }
            case DepthwiseConv2D conv -> {
                config.put("depth_multiplier", conv.depthMultiplier());
                convolution(conv.window(), conv.activation(), conv.useBias(), config);
                weight("depthwise", conv.depthwise(), config);
                weight("bias", conv.bias(), config);
            }
            case SeparableConv2D conv -> {
                config.put("filters", conv.filters()).put("depth_multiplier", conv.depthMultiplier());
                convolution(conv.window(), conv.activation(), conv.useBias(), config);
                weight("depthwise", conv.depthwise(), config);
                weight("pointwise", conv.pointwise(), config);
                weight("bias", conv.bias(), config);
            }
            case Conv2DTranspose conv -> {
                config.put("filters", conv.filters());
                convolution(conv.window(), conv.activation(), conv.useBias(), config);
                conv.outputPadding().ifPresentOrElse(
                        padding -> config.putArray("output_padding").add(padding.rows()).add(padding.columns()),
                        () -> config.putNull("output_padding"));
                weight("kernel", conv.kernel(), config);
                weight("bias", conv.bias(), config);
            }
            case Dense dense -> {
                config.put("units", dense.units()).put("activation", name(dense.activation()))
                        .put("use_bias", dense.useBias());
                weight("kernel", dense.kernel(), config);
                weight("bias", dense.bias(), config);
            }
            case BatchNormalization normalization -> {
                config.put("axis", normalization.axis()).put("momentum", normalization.momentum())
                        .put("epsilon", normalization.epsilon()).put("center", normalization.center())
                        .put("scale", normalization.scale());
                weight("beta", normalization.beta(), config);
                weight("gamma", normalization.gamma(), config);
                config.set("moving_mean_initializer", initializer(normalization.movingMean()));
                config.set("moving_variance_initializer", initializer(normalization.movingVariance()));
            }
            case LayerNormalization normalization -> {
                integers("axis", normalization.axis(), config);
                config.put("epsilon", normalization.epsilon()).put("center", normalization.center())
                        .put("scale", normalization.scale());
                weight("beta", normalization.beta(), config);
                weight("gamma", normalization.gamma(), config);
            }
            case MaxPooling2D pooling -> window(pooling.window(), "pool_size", config);
            case AveragePooling2D pooling -> window(pooling.window(), "pool_size", config);
            case GlobalMaxPooling2D pooling -> config.put("keepdims", pooling.keepDims());
            case GlobalAveragePooling2D pooling -> config.put("keepdims", pooling.keepDims());
            case Dropout dropout -> {
                config.put("rate", dropout.rate());
                if (!dropout.noiseShape().isEmpty()) integers("noise_shape", dropout.noiseShape(), config);
            }
            case SpatialDropout2D dropout -> config.put("rate", dropout.rate());
            case GaussianDropout dropout -> config.put("rate", dropout.rate());
            case GaussianNoise noise -> config.put("stddev", noise.stddev());
            case Reshape reshape -> integers("target_shape", reshape.targetShape(), config);
            case Permute permute -> integers("dims", permute.dims(), config);
            case ZeroPadding2D p -> sides("padding", p.top(), p.bottom(), p.left(), p.right(), config);
            case Cropping2D c -> sides("cropping", c.top(), c.bottom(), c.left(), c.right(), config);
            case UpSampling2D up -> {
                config.putArray("size").add(up.rows()).add(up.columns());
                config.put("interpolation", name(up.interpolation()));
            }
            case Rescaling rescaling -> {
                numbers(rescaling.scale(), config.putArray("scale"));
                numbers(rescaling.offset(), config.putArray("offset"));
            }
            case Normalization normalization -> normalization.moments().ifPresent(moments -> {
                numbers(moments.mean(), config.putArray("mean"));
                numbers(moments.variance(), config.putArray("variance"));
            });
            case Activation activation -> config.put("activation", name(activation.function()));
            case ReLU relu -> {
                if (Double.isInfinite(relu.maxValue())) config.putNull("max_value");
                else
                    config.put("max_value", relu.maxValue());
                config.put("negative_slope", relu.negativeSlope()).put("threshold", relu.threshold());
            }
            case LeakyReLU relu -> config.put("negative_slope", relu.negativeSlope());
            case ELU elu -> config.put("alpha", elu.alpha());
            case PReLU relu -> {
                weight("alpha", relu.alpha(), config);
                integers("shared_axes", relu.sharedAxes(), config);
            }
            case Softmax softmax -> config.put("axis", softmax.axis());
            case Concatenate concatenate -> config.put("axis", concatenate.axis());
            case Flatten plain -> {
            }
            case Add plain -> {
            }
            case Subtract plain -> {
            }
            case Multiply plain -> {
            }
            case Average plain -> {
            }
            case Maximum plain -> {
            }
            case Minimum plain -> {
            }
            default -> throw unknown(layer.kind());
        }
        return config;
    }

    private static RuntimeException unknown(String what) {
        return Problem.MODEL_UNKNOWN_LAYER.because(what + " is of your own, expected one of Narwhal's",
                "save the weights and build the network in your program");
    }

    private static void convolution(Window window, Function activation, boolean useBias, ObjectNode config) {
        window(window, "kernel_size", config);
        config.putArray("dilation_rate").add(window.dilationY()).add(window.dilationX());
        config.put("activation", name(activation)).put("use_bias", useBias);
    }

    private static void window(Window window, String size, ObjectNode config) {
        config.putArray(size).add(window.height()).add(window.width());
        config.putArray("strides").add(window.strideY()).add(window.strideX());
        config.put("padding", name(window.padding()));
    }

    private static void sides(String name, int top, int bottom, int left, int right, ObjectNode config) {
        var array = config.putArray(name);
        array.addArray().add(top).add(bottom);
        array.addArray().add(left).add(right);
    }

    private static void integers(String name, Iterable<Integer> numbers, ObjectNode config) {
        var array = config.putArray(name);
        numbers.forEach(array::add);
    }

    private static void numbers(Iterable<Double> numbers, ArrayNode array) {
        numbers.forEach(array::add);
    }

    private static void weight(String name, Weight weight, ObjectNode config) {
        config.set(name + "_initializer", initializer(weight.initializer()));
        weight.regularizer().ifPresent(regularizer -> {
            if (!(regularizer instanceof L1L2 penalty)) throw unknown("the regularizer of " + name);
            var node = config.putObject(name + "_regularizer").put("class_name", "L1L2");
            node.putObject("config").put("l1", penalty.l1()).put("l2", penalty.l2());
        });
    }

    private static ObjectNode initializer(Initializer initializer) {
        var node = Json.object();
        var config = Json.object();
        node.put("class_name", switch (initializer) {
            case Constant constant when constant.value() == 0 -> "Zeros";
            case Constant constant when constant.value() == 1 -> "Ones";
            case Constant constant -> {
                config.put("value", constant.value());
                yield "Constant";
            }
            case RandomUniform uniform -> {
                config.put("minval", uniform.least()).put("maxval", uniform.most());
                yield "RandomUniform";
            }
            case RandomNormal normal -> {
                config.put("mean", normal.mean()).put("stddev", normal.deviation());
                yield "RandomNormal";
            }
            case TruncatedNormal normal -> {
                config.put("mean", normal.mean()).put("stddev", normal.deviation());
                yield "TruncatedNormal";
            }
            case VarianceScaling scaling -> {
                config.put("scale", scaling.scale()).put("mode", name(scaling.mode())).put("distribution",
                        name(scaling.distribution()));
                yield "VarianceScaling";
            }
            default -> throw unknown("an initializer");
        });
        node.set("config", config);
        return node;
    }

    // ---- reading

    static Layer read(String kind, Config config) {
        return switch (kind) {
            case "Conv2D" -> new Conv2D(config.integer("filters"), config.window("kernel_size"),
                    config.integer("groups", 1), config.activation(), config.flag("use_bias", true),
                    kernel(config, "kernel"),
                    bias(config, "bias"));
            case "DepthwiseConv2D" -> new DepthwiseConv2D(config.window("kernel_size"),
                    config.integer("depth_multiplier", 1), config.activation(), config.flag("use_bias", true),
                    kernel(config, "depthwise"), bias(config, "bias"));
            case "SeparableConv2D" -> new SeparableConv2D(config.integer("filters"), config.window("kernel_size"),
                    config.integer("depth_multiplier", 1), config.activation(), config.flag("use_bias", true),
                    kernel(config, "depthwise"), kernel(config, "pointwise"), bias(config, "bias"));
            case "Conv2DTranspose" -> new Conv2DTranspose(config.integer("filters"), config.window("kernel_size"),
                    config.has("output_padding")
                            ? Optional.of(new OutputPadding(config.pair("output_padding", 0),
                                    config.pair("output_padding", 1)))
                            : Optional.empty(),
                    config.activation(), config.flag("use_bias", true), kernel(config, "kernel"), bias(config, "bias"));
            case "Dense" -> new Dense(config.integer("units"), config.activation(), config.flag("use_bias", true),
                    kernel(config, "kernel"), bias(config, "bias"));
            case "BatchNormalization" -> new BatchNormalization(config.integer("axis", -1), config.number("momentum"),
                    config.number("epsilon"), config.flag("center", true), config.flag("scale", true),
                    bias(config, "beta"), config.weight("gamma", Initializers.ones()),
                    config.initializer("moving_mean_initializer", Initializers.zeros()),
                    config.initializer("moving_variance_initializer", Initializers.ones()));
            case "LayerNormalization" -> new LayerNormalization(config.integers("axis"), config.number("epsilon"),
                    config.flag("center", true), config.flag("scale", true), bias(config, "beta"),
                    config.weight("gamma", Initializers.ones()));
            case "MaxPooling2D" -> new MaxPooling2D(config.window("pool_size"));
            case "AveragePooling2D" -> new AveragePooling2D(config.window("pool_size"));
            case "GlobalMaxPooling2D" -> new GlobalMaxPooling2D(config.flag("keepdims", false));
            case "GlobalAveragePooling2D" -> new GlobalAveragePooling2D(config.flag("keepdims", false));
            case "Dropout" -> new Dropout(config.number("rate"), config.integers("noise_shape"));
            case "SpatialDropout2D" -> new SpatialDropout2D(config.number("rate"));
            case "GaussianDropout" -> new GaussianDropout(config.number("rate"));
            case "GaussianNoise" -> new GaussianNoise(config.number("stddev"));
            case "Flatten" -> new Flatten();
            case "Reshape" -> new Reshape(config.integers("target_shape"));
            case "Permute" -> new Permute(config.integers("dims"));
            case "ZeroPadding2D" -> new ZeroPadding2D(config.inner("padding", 0, 0), config.inner("padding", 0, 1),
                    config.inner("padding", 1, 0), config.inner("padding", 1, 1));
            case "Cropping2D" -> new Cropping2D(config.inner("cropping", 0, 0), config.inner("cropping", 0, 1),
                    config.inner("cropping", 1, 0), config.inner("cropping", 1, 1));
            case "UpSampling2D" -> new UpSampling2D(config.pair("size", 0), config.pair("size", 1),
                    config.constant("interpolation", Interpolation.NEAREST));
            case "Rescaling" -> new Rescaling(config.numbers("scale"), config.numbers("offset"));
            case "Normalization" -> new Normalization(config.has("mean")
                    ? Optional.of(new Moments(config.numbers("mean"), config.numbers("variance")))
                    : Optional.empty());
            case "Activation" -> new Activation(config.activation());
            case "ReLU" -> new ReLU(config.has("max_value") ? config.number("max_value") : Double.POSITIVE_INFINITY,
                    config.number("negative_slope", 0), config.number("threshold", 0));
            case "LeakyReLU" -> new LeakyReLU(config.number("negative_slope"));
            case "ELU" -> new ELU(config.number("alpha"));
            case "PReLU" -> new PReLU(bias(config, "alpha"), config.integers("shared_axes"));
            case "Softmax" -> new Softmax(config.integer("axis", -1));
            case "Add" -> new Add();
            case "Subtract" -> new Subtract();
            case "Multiply" -> new Multiply();
            case "Average" -> new Average();
            case "Maximum" -> new Maximum();
            case "Minimum" -> new Minimum();
            case "Concatenate" -> new Concatenate(config.integer("axis", -1));
            default -> throw Problem.MODEL_UNKNOWN_LAYER.because("layer '" + kind + "'");
        };
    }

    private static Weight kernel(Config config, String name) {
        return config.weight(name, Initializers.glorotUniform());
    }

    private static Weight bias(Config config, String name) {
        return config.weight(name, Initializers.zeros());
    }
}
