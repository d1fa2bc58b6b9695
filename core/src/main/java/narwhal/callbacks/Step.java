package narwhal.callbacks;

import java.util.Map;

/// One training step.
///
/// @param epoch from 1
/// @param number of the step in its epoch, from 1
/// @param steps in this epoch
/// @param metrics of the epoch so far, averaged over its samples: `loss` first
public record Step(int epoch, int number, int steps, Map<String, Double> metrics) {}
