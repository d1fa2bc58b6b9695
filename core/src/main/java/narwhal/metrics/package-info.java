/// What is measured and printed beside the loss. A [Metric] describes, a fresh [Tally] counts one pass; called by the
/// trainer with each batch's predictions.
@NullMarked
package narwhal.metrics;

import org.jspecify.annotations.NullMarked;
