package narwhal.layers;

import narwhal.engine.Shape;

/// In training, sets a random share of the inputs to zero and scales the others up so that the mean stays; otherwise does
/// nothing. Which ones is a function of the run's seed, the step and the element.
///
/// Source: Srivastava et al., "Dropout", JMLR 15, 2014; `keras/src/layers/regularization/dropout.py` of Keras 3.
///
/// @param rate share that is dropped, 0 or more and less than 1
public record Dropout(double rate) implements Layer {
    public Dropout {
        Checks.argument(rate >= 0 && rate < 1, "dropout needs a rate of 0 or more and less than 1, got " + rate);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int stream = builder.randomStream();
        return (x, pass) -> pass.training() && rate > 0 ? pass.tape().dropout(x, (float) rate, pass.key(stream)) : x;
    }
}
