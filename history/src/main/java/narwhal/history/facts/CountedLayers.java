package narwhal.history.facts;

import java.util.Optional;
import narwhal.history.facts.Layers.Layer;

/// So many layers of one kind: `7 hidden layers of 128 units`, `19 conv layers`.
///
/// @param layer one of them
/// @param times how many there are
/// @param end index of the token behind
record CountedLayers(Layer layer, long times, int end) {
    private static final long MOST = 200;

    /// What is counted from a token on; empty where nothing is.
    static Optional<CountedLayers> of(Sentence text, int i) {
        long times = text.at(i).whole();
        // `sigmoid after each of the 7 hidden layers` counts what is listed already.
        if (times < 2 || times > MOST || text.at(i - 1).is("the", "all")) return Optional.empty();
        int k = text.at(i + 1).is("plain", "stacked", "equal", "identical") ? i + 2 : i + 1;
        boolean connected = text.at(k).is("fully") && text.at(k + 1).is("connected");
        boolean dense = connected || text.at(k).is("hidden", "dense", "fc", "fully-connected", "linear");
        if (!dense && !text.at(k).is("conv", "convolutional", "convolution", "conv2d")) return Optional.empty();
        k += connected ? 2 : 1;
        // `eleven Dense 10 layers`
        long before = text.at(k + 1).is("layers") ? text.at(k).whole() : -1;
        if (before > 0) k++;
        if (!text.at(k).is("layers")) return Optional.empty();
        k++;
        var layer = Layer.of(dense ? "Dense" : "Conv2D");
        if (before > 0) layer = layer.units(before);
        // `7 hidden layers nn.Linear(784/128, 128)`: widths in and out.
        if (text.at(k).is("linear") && text.at(k + 1).is("(")) {
            int end = text.closing(k + 1);
            if (text.at(end - 1).whole() > 0) layer = layer.units(text.at(end - 1).whole());
            k = end + 1;
        }
        int width = text.at(k).is("of", "with", "(", "x") ? k + 1 : k;
        boolean named = text.at(width + 1).is("units", "neurons", "nodes", "filters", "channels", "each");
        if (width > k && text.at(width).whole() > 0 && (named || text.at(k).is("of"))) {
            layer = layer.units(text.at(width).whole());
            k = named ? width + 2 : width + 1;
        }
        return Optional.of(new CountedLayers(layer, times, k));
    }
}
