package narwhal.history.log;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How far an epoch came: `910/910 […] - 530s 582ms/step`.
///
/// @param target where the count would end; empty where the framework did not know (`3/Unknown`)
/// @param done the highest count shown
/// @param unit what is counted
/// @param secondsPerStep where printed
public record Progress(OptionalLong target, long done, Unit unit, OptionalDouble secondsPerStep) {
    /// What a progress bar counts.
    public enum Unit {
        /// Steps of one batch each.
        BATCHES,
        /// Single images.
        SAMPLES,
        /// The log does not tell.
        UNKNOWN
    }

    /// Whether it came to the target; true as well where there is none.
    public boolean full() {
        return target.isEmpty() || done >= target.getAsLong();
    }
}
