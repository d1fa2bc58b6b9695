package narwhal.models;

import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;
import static narwhal.layers.Layers.softmax;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import narwhal.engine.Padding;
import narwhal.errors.Problem;
import narwhal.layers.Layer;
import narwhal.layers.Sequential;

/// The networks that have a name. Each ends in one sigmoid for two classes and in a softmax for more.
public final class Networks {
    private static final Map<String, UnaryOperator<Layer>> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put("small", Networks::small);
        NAMED.put("tiny", Networks::tiny);
        NAMED.put("linear", Networks::linear);
        NAMED.put("seed", Networks::seed);
    }

    private Networks() {
    }

    /// All names, the usual one first.
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /// The network of that name.
    ///
    /// @param classes number of classes, at least 2
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` for a name that none has
    public static Layer named(String name, int classes) {
        var network = NAMED.get(name);
        if (network == null) {
            throw Problem.USAGE_VALUE.because("no network is called '" + name + "', expected one of " + names());
        }
        return network.apply(output(classes));
    }

    private static Layer output(int classes) {
        if (classes < 2) throw new IllegalArgumentException("a network tells at least 2 classes apart, got " + classes);
        return classes == 2 ? sequential(dense(1), sigmoid()) : sequential(dense(classes), softmax());
    }

    /// Four blocks of one convolution for pictures of 32×32 pixels and more; learns the embedded set in two minutes.
    private static Layer small(Layer output) {
        return sequential(block(8, 5), block(16, 5), block(32, 3), block(48, 3), flatten(), dropout(0.4), dense(64),
                relu(), output);
    }

    /// Two blocks for tests and very small pictures, 8×8 pixels and more.
    private static Layer tiny(Layer output) {
        return sequential(block(8, 3), block(16, 3), flatten(), dense(32), relu(), output);
    }

    /// Logistic regression on pixels: what a network has to beat.
    private static Layer linear(Layer output) {
        return sequential(flatten(), output);
    }

    /// The network of the question about orca calls, for pictures of 128×128 pixels and more: seven blocks of two
    /// convolutions, the first of each without an activation.
    private static Layer seed(Layer output) {
        return sequential(seedBlock(32, 0.5), seedBlock(32, 0.6), seedBlock(32, 0.6), seedBlock(64, 0.6),
                seedBlock(64, 0.6), seedBlock(64, 0.6), seedBlock(128, 0.6), flatten(), dense(512), relu(), dense(512),
                relu(), output);
    }

    private static Sequential block(int filters, int kernelSize) {
        return sequential(conv2d(filters, kernelSize).padding(Padding.SAME), relu(), maxPooling2d(2));
    }

    private static Sequential seedBlock(int filters, double rate) {
        return sequential(conv2d(filters, 7).padding(Padding.SAME), conv2d(filters, 7).padding(Padding.SAME), relu(),
                maxPooling2d(2), dropout(rate));
    }
}
