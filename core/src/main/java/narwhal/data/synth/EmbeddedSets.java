package narwhal.data.synth;

import java.util.List;
import java.util.Map;
import narwhal.data.PictureSource;
import narwhal.errors.Problem;

/// The sets that come with Narwhal, by name.
public final class EmbeddedSets {
    private static final List<String> NAMES = List.of("orca-synth", "fashion-pair");

    private EmbeddedSets() {
    }

    /// All names, the usual one first.
    public static List<String> names() {
        return NAMES;
    }

    /// The parts of a set by the names of their folders: `train`, `validation` and perhaps `test`, in this order.
    ///
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` for a name that none has
    public static Map<String, PictureSource> named(String name) {
        return switch (name) {
            case "orca-synth" -> OrcaSynth.standard().parts();
            case "fashion-pair" -> FashionPair.parts();
            default -> throw Problem.USAGE_VALUE.because("no set is called '" + name + "', expected one of " + NAMES);
        };
    }
}
