package narwhal.keras;

import static narwhal.keras.Forms.NULL;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A kind of layer and its arguments in Keras' order: the closed list of what a file may hold.
///
/// @param className in Keras and in our own files
record Kind(String className, List<Key> keys) {
    private static final Form ACTIVATION = new ActivationForm();
    private static final Form INITIALIZER = new InitializerForm();
    private static final Form REGULARIZER = new RegularizerForm();

    /// The kind of that name; empty for any other.
    static Optional<Kind> of(String className) {
        return Optional.ofNullable(switch (className) {
            case "Conv2D" -> kind(className, filters(), convolution(), data(), dilation(),
                    Stream.of(Key.of("groups", Forms.INTEGER).or(Forms.integer(1)).sinceKeras3()), activated(),
                    weights("kernel", "bias"));
            case "DepthwiseConv2D" -> kind(className,
                    Stream.of(Key.of("depth_multiplier", Forms.INTEGER).or(Forms.integer(1))), convolution(), data(),
                    dilation(), activated(), weights("depthwise", "bias"));
            case "SeparableConv2D" -> kind(className,
                    Stream.of(Key.of("depth_multiplier", Forms.INTEGER).or(Forms.integer(1))), filters(), convolution(),
                    data(), dilation(), activated(), weights("depthwise", "pointwise", "bias"));
            case "Conv2DTranspose" -> kind(className, filters(), convolution(),
                    Stream.of(Key.of("output_padding", Forms.PAIR_OR_NULL).or(NULL)), data(), dilation(), activated(),
                    weights("kernel", "bias"));
            case "Dense" -> kind(className, Stream.of(Key.of("units", Forms.INTEGER)), activated(),
                    weights("kernel", "bias"),
                    Stream.of(alone("quantization_config").onlyRead()));
            case "BatchNormalization" -> kind(className,
                    Stream.of(Key.of("axis", Forms.AXIS).or(Forms.integer(-1)), number("momentum", 0.99)), centred(),
                    Stream.of(initializer("moving_mean", InitializerForm.ZEROS),
                            initializer("moving_variance", InitializerForm.ONES)),
                    normalizing(), Stream.of(any("synchronized"), refused("renorm"), any("renorm_clipping"),
                            any("renorm_momentum"), any("fused"), alone("virtual_batch_size").onlyRead(),
                            alone("adjustment").onlyRead()));
            case "LayerNormalization" -> kind(className, Stream.of(Key.of("axis", Forms.AXES).or(Forms.array(-1))),
                    centred(), normalizing(), Stream.of(refused("rms_scaling")));
            case "MaxPooling2D", "AveragePooling2D" -> kind(className,
                    Stream.of(Key.of("pool_size", Forms.PAIR), padding(), Key.of("strides", Forms.PAIR)), data());
            case "GlobalMaxPooling2D", "GlobalAveragePooling2D" -> kind(className, data(),
                    Stream.of(Key.of("keepdims", Forms.FLAG).or(Forms.flag(false)).sinceKeras3()));
            case "Dropout" ->
                kind(className, rate(), Stream.of(seed(), Key.of("noise_shape", Forms.NOISE_SHAPE).or(NULL)));
            case "SpatialDropout2D" ->
                kind(className, rate(), Stream.of(seed().sinceKeras3(), data2(), any("noise_shape")));
            case "GaussianDropout" -> kind(className, rate(), Stream.of(seed().sinceKeras3()));
            case "GaussianNoise" -> kind(className,
                    Stream.of(Key.of("stddev", Forms.NUMBER), seed().sinceKeras3()));
            case "Flatten" -> kind(className, data());
            case "Reshape" -> kind(className, Stream.of(Key.of("target_shape", Forms.INTEGERS)));
            case "Permute" -> kind(className, Stream.of(Key.of("dims", Forms.INTEGERS)));
            case "ZeroPadding2D" -> kind(className, Stream.of(Key.of("padding", Forms.SIDES)), data());
            case "Cropping2D" -> kind(className, Stream.of(Key.of("cropping", Forms.SIDES)), data());
            case "UpSampling2D" -> kind(className, Stream.of(Key.of("size", Forms.PAIR)), data(),
                    Stream.of(Key.of("interpolation", Forms.WORD).or(Forms.text("nearest"))));
            case "Rescaling" -> kind(className, Stream.of(Key.of("scale", Forms.NUMBERS),
                    Key.of("offset", Forms.NUMBERS).or(Forms.numbers(0.0))));
            case "Normalization" -> kind(className, Stream.of(
                    Key.of("axis",
                            Forms.only(Forms.array(-1), Forms.integer(-1), Forms.array(3), Forms.integer(3), NULL))
                            .or(NULL),
                    refused("invert"),
                    Key.of("mean", Forms.NUMBERS_OR_NULL), Key.of("variance", Forms.NUMBERS_OR_NULL)));
            case "Activation" -> kind(className, Stream.of(Key.of("activation", ACTIVATION)));
            case "ReLU" -> kind(className, Stream.of(Key.of("max_value", Forms.NUMBER_OR_NULL).or(NULL),
                    number("negative_slope", 0), number("threshold", 0)));
            case "LeakyReLU" -> kind(className, Stream.of(number("negative_slope", 0.3).formerly("alpha")));
            case "ELU" -> kind(className, Stream.of(number("alpha", 1)));
            case "PReLU" -> kind(className, Stream.of(initializer("alpha", InitializerForm.ZEROS),
                    regularizer("alpha"), constraint("alpha"),
                    Key.of("shared_axes", Forms.AXES_OR_NULL).or(Forms.array())));
            case "Softmax" -> kind(className, Stream.of(Key.of("axis", Forms.AXIS).or(Forms.integer(-1))));
            case "Concatenate" -> kind(className, Stream.of(Key.of("axis", Forms.INTEGER).or(Forms.integer(-1))));
            case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum" -> kind(className);
            default -> null;
        });
    }

    @SafeVarargs
    private static Kind kind(String className, Stream<Key>... keys) {
        return new Kind(className, Arrays.stream(keys).flatMap(part -> part).toList());
    }

    // ---- groups of arguments ----

    private static Stream<Key> filters() {
        return Stream.of(Key.of("filters", Forms.INTEGER));
    }

    private static Stream<Key> convolution() {
        return Stream.of(Key.of("kernel_size", Forms.PAIR), Key.of("strides", Forms.PAIR).or(Forms.array(1, 1)),
                padding());
    }

    private static Key padding() {
        return Key.of("padding", Forms.WORD).or(Forms.text("valid"));
    }

    private static Stream<Key> dilation() {
        return Stream.of(Key.of("dilation_rate", Forms.PAIR).or(Forms.array(1, 1)));
    }

    private static Stream<Key> data() {
        return Stream.of(data2());
    }

    private static Key data2() {
        return Key.of("data_format", Forms.DATA_FORMAT).or(NULL);
    }

    private static Stream<Key> activated() {
        return Stream.of(Key.of("activation", ACTIVATION).or(Forms.text("linear")), flag("use_bias", true));
    }

    /// Initializers, regularizers and constraints of weights, the last of which is the bias.
    private static Stream<Key> weights(String... names) {
        var initializers = Arrays.stream(names).map(name -> initializer(name,
                name.equals("bias") ? InitializerForm.ZEROS : InitializerForm.GLOROT_UNIFORM));
        var regularizers = Arrays.stream(names).map(Kind::regularizer);
        var constraints = Arrays.stream(names).map(Kind::constraint);
        return Stream.of(initializers, regularizers,
                Stream.of(Key.of("activity_regularizer", Forms.noted(NULL)).or(NULL)), constraints)
                .flatMap(part -> part);
    }

    private static Stream<Key> centred() {
        return Stream.of(number("epsilon", 1e-3), flag("center", true), flag("scale", true));
    }

    private static Stream<Key> normalizing() {
        return Stream.of(initializer("beta", InitializerForm.ZEROS), initializer("gamma", InitializerForm.ONES),
                regularizer("beta"), regularizer("gamma"), constraint("beta"), constraint("gamma"));
    }

    private static Stream<Key> rate() {
        return Stream.of(Key.of("rate", Forms.NUMBER));
    }

    // ---- single arguments ----

    private static Key number(String name, double fallback) {
        return Key.of(name, Forms.NUMBER).or(Forms.number(fallback));
    }

    private static Key flag(String name, boolean fallback) {
        return Key.of(name, Forms.FLAG).or(Forms.flag(fallback));
    }

    private static Key initializer(String weight, tools.jackson.databind.JsonNode fallback) {
        return Key.of(weight + "_initializer", INITIALIZER).or(fallback);
    }

    private static Key regularizer(String weight) {
        return Key.of(weight + "_regularizer", REGULARIZER).or(NULL);
    }

    private static Key constraint(String weight) {
        return Key.of(weight + "_constraint", Forms.noted(NULL)).or(NULL);
    }

    private static Key seed() {
        return Key.of("seed", Forms.any(NULL)).or(NULL);
    }

    private static Key alone(String name) {
        return Key.of(name, Forms.only(NULL)).or(NULL);
    }

    private static Key any(String name) {
        return Key.of(name, Forms.any(NULL)).or(NULL).onlyRead();
    }

    private static Key refused(String name) {
        return Key.of(name, Forms.only(Forms.flag(false))).or(Forms.flag(false)).onlyRead();
    }
}
