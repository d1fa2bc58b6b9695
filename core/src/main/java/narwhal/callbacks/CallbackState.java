package narwhal.callbacks;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a callback remembers between epochs, ready to be stored.
///
/// @param numbers counters and best values by name; infinite and not-a-number are allowed
/// @param weights weights that the callback may put back
public record CallbackState(Map<String, Double> numbers, Optional<Training.Snapshot> weights) {
    /// Nothing to remember.
    public static final CallbackState NONE = new CallbackState(Map.of());

    public CallbackState {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
    }

    /// Numbers only.
    public CallbackState(Map<String, Double> numbers) {
        this(numbers, Optional.empty());
    }

    /// A number by name.
    ///
    /// @param otherwise where it is not there
    public double number(String name, double otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }

    /// A counter by name; 0 where it is not there.
    public int count(String name) {
        return (int) number(name, 0);
    }
}
