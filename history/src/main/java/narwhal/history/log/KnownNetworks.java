package narwhal.history.log;

import java.util.regex.Pattern;

/// Well-known networks for pictures, by the beginnings of their names.
public final class KnownNetworks {
    private static final String NORMALISED = "inception|resnet|resnext|densenet|mobilenet|efficientnet|xception|nasnet";
    private static final Pattern WITH_BATCH_NORM = Pattern.compile("(?i)(?:" + NORMALISED + ")");
    private static final Pattern MENTIONED = Pattern.compile("(?i)\\b(?:vgg|" + NORMALISED + ")");

    private KnownNetworks() {
    }

    /// Whether a name is that of a network with batch normalisation in every block, such as `efficientnetb0`.
    public static boolean isNormalised(String name) {
        return WITH_BATCH_NORM.matcher(name).lookingAt();
    }

    /// Whether a sentence names a network that comes with trained weights.
    public static boolean areMentioned(String sentence) {
        return MENTIONED.matcher(sentence).find();
    }
}
