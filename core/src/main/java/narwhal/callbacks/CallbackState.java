package narwhal.callbacks;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a callback remembers between epochs, ready to be stored.
///
/// @param numbers counters and best values by name; infinite and not-a-number are allowed
public record CallbackState(Map<String, Double> numbers) {
    /// Nothing to remember.
    public static final CallbackState NONE = new CallbackState(Map.of());

    public CallbackState {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
    }

    /// A number by name.
    ///
    /// @param otherwise where it is not there
    public double number(String name, double otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }
}
