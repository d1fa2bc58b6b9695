package narwhal.history.facts;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A callback that watches a metric: a checkpoint, early stopping, a cut of the learning rate.
///
/// @param monitor the watched metric as written, `val_loss` by Keras' default; empty where nothing is watched
/// @param patience epochs without improvement, where stated
/// @param factor of a cut of the learning rate, where stated
/// @param bestOnly whether a checkpoint keeps the best epoch only
/// @param text the user's own words
public record MonitorFact(Optional<String> monitor, OptionalLong patience, OptionalDouble factor, boolean bestOnly,
        String text) {}
