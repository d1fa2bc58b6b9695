package narwhal.history.log;

import java.util.List;

/// Lines that were not understood.
///
/// @param count how many
/// @param first the first three, each at most 200 characters
public record Leftovers(long count, List<String> first) {
    /// None.
    public static final Leftovers NONE = new Leftovers(0, List.of());

    public Leftovers {
        first = List.copyOf(first);
    }
}
