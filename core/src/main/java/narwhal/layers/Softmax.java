package narwhal.layers;

import java.util.stream.IntStream;
import narwhal.engine.Shape;

/// eˣ divided by the sum of it over one axis.
///
/// Source: `keras/src/layers/activations/softmax.py` of Keras 3.
///
/// @param axis the batch being axis 0; negative axes count from the end
public record Softmax(int axis) implements Layer {
    public Softmax {
        Checks.argument(axis != 0, "Softmax needs an axis other than the batch's, got 0");
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.sampleAxis(axis, input);
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int place = Checks.sampleAxis(axis, input) + 1;
        int last = input.rank();
        if (place == last) return (x, pass) -> pass.tape().softmax(x);
        int[] order = IntStream.rangeClosed(0, last).toArray();
        order[place] = last;
        order[last] = place;
        return (x, pass) -> {
            var tape = pass.tape();
            var moved = tape.transpose(x, order);
            return tape.transpose(Checks.last(tape, moved, tape.softmax(moved)), order);
        };
    }
}
