package narwhal.history.facts;

import java.util.List;

/// A list of names, such as the metrics of a run.
///
/// @param values in the order stated
public record Names(List<String> values) {
    public Names {
        values = List.copyOf(values);
    }
}
