package narwhal.training;

/// Where each validation starts in its set. There is one right answer; the others are deliberate emulations of what some
/// versions of Keras did, for demonstrations and tests.
public enum ValidationIterator {
    /// Every validation starts at the first picture.
    FRESH,
    /// Keras 2.1.3, 2.1.4 and 2.2.1 to 2.3.1: one iterator lives through the whole fit, so a validation of fewer steps than
    /// the set has batches goes on where the last one stopped. Source: `keras/engine/training_generator.py` of Keras 2.2.4.
    KERAS_2_2_4,
    /// Keras 3.0 to 3.6: the position is kept while steps are given; the validation that reaches the end stops there, and the
    /// next one starts at the first picture. Source: `keras/src/trainers/epoch_iterator.py` of Keras 3.6.
    KERAS_3_0;

    /// The batches that a validation reads, numbers modulo the batches of the set.
    ///
    /// @param first the first batch
    /// @param length how many, in order
    public record Read(long first, int length) {}

    /// The batches of a validation.
    ///
    /// @param evaluation number of the validation, from 0
    /// @param steps batches asked for
    /// @param count batches in the set
    public Read read(int evaluation, int steps, int count) {
        return switch (this) {
            case FRESH -> new Read(0, Math.min(steps, count));
            case KERAS_2_2_4 -> new Read((long) evaluation * steps, steps);
            case KERAS_3_0 -> {
                int perPass = Math.ceilDiv(count, steps);
                int first = evaluation % perPass * steps;
                yield new Read(first, Math.min(steps, count - first));
            }
        };
    }
}
