package narwhal.history;

import java.util.List;

/// A training run, epoch by epoch.
///
/// @param epochs in order
public record History(List<Epoch> epochs) {
    public History {
        epochs = List.copyOf(epochs);
    }

    /// One metric over all epochs; not-a-number where an epoch has none of that name.
    public double[] series(String name) {
        return epochs.stream().mapToDouble(epoch -> epoch.metric(name).orElse(Double.NaN)).toArray();
    }
}
