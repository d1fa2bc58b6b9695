package narwhal.history.facts;

import java.util.List;

/// A list of counts, such as the images of each class.
///
/// @param values in the order stated
public record Counts(List<Long> values) {
    public Counts {
        values = List.copyOf(values);
    }
}
