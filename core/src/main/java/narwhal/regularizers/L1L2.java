package narwhal.regularizers;

import narwhal.engine.Activation;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// `l1·Σ|w| + l2·Σw²`.
///
/// Source: `keras/src/regularizers/regularizers.py` of Keras 3.
///
/// @param l1 at least 0
/// @param l2 at least 0
public record L1L2(double l1, double l2) implements Regularizer {
    private static final Activation ABS = new Activation.Abs();

    public L1L2 {
        if (!(l1 >= 0 && l2 >= 0 && l1 + l2 < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a regularizer needs factors of 0 or more, got " + l1 + " and " + l2);
        }
    }

    @Override
    public Tensor penalty(Tape tape, Tensor weight) {
        if (l1 == 0) return squares(tape, weight);
        var sizes = tape.scale(tape.sum(tape.activate(ABS, weight)), (float) l1, 0);
        return l2 == 0 ? sizes : tape.add(sizes, squares(tape, weight));
    }

    private Tensor squares(Tape tape, Tensor weight) {
        return tape.scale(tape.sum(tape.multiply(weight, weight)), (float) l2, 0);
    }
}
