package narwhal.losses;

import narwhal.engine.Activation;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// Mean of the absolute differences from the targets: 0 and 1 for one output, otherwise 1 for the class's own output and 0 for
/// the others.
///
/// Source: `keras/src/losses/losses.py` of Keras 3.
public record MeanAbsoluteError() implements Loss {
    private static final Activation ABS = new Activation.Abs();

    @Override
    public Tensor perSample(Tape tape, Tensor predictions, Tensor targets) {
        int batch = predictions.shape().dim(0);
        var difference = tape.add(predictions, tape.engine().scale(targets, -1, 0));
        var sums = tape.sumTo(tape.activate(ABS, difference), Shape.of(batch, 1));
        return tape.scale(tape.reshape(sums, Shape.of(batch)), 1f / predictions.shape().last(), 0);
    }

    @Override
    public Targets targets() {
        return Targets.BY_OUTPUT;
    }

    @Override
    public String name() {
        return "mean_absolute_error";
    }
}
