package narwhal.layers;

import narwhal.engine.Activation.Elu;
import narwhal.engine.Shape;

/// x above 0, `alpha · (eˣ − 1)` below.
///
/// Source: Clevert, Unterthiner and Hochreiter, arXiv 1511.07289; `keras/src/layers/activations/elu.py` of Keras 3.
///
/// @param alpha value far below 0, with the other sign
public record ELU(double alpha) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var function = new Elu((float) alpha, 1);
        return (x, pass) -> pass.tape().activate(function, x);
    }
}
