package narwhal.history.readers;

import java.util.Optional;
import java.util.regex.Pattern;
import narwhal.history.log.Reading;

/// The learning rate that a script prints before it begins: `Iteration: 3 with learning rate: 1`, `lr = 0.01`, `{'lr': 0.001}`.
final class SaidRate {
    private static final int LONGEST = 400;
    private static final Pattern SAID = Pattern.compile(
            "(?i)(?<![a-z0-9_])(?:(?:initial[ _])?learning[ _-]?rate['\"]?\\s*(?:[:=]|is|of|set to)|(?:base_?)?lr['\"]?\\s*[:=])\\s*"
                    + "((?:\\d{1,4}(?:\\.\\d{0,12})?|\\.\\d{1,12})(?:e-?\\d{1,2})?)(?![\\w.%])");

    private SaidRate() {
    }

    /// The rate of a line that is not one of Keras'; empty where it names none.
    static Optional<Reading> of(String line) {
        if (line.length() > LONGEST) return Optional.empty();
        var said = SAID.matcher(line);
        return said.find() ? Optional.of(Readings.of(said.group(1))) : Optional.empty();
    }
}
